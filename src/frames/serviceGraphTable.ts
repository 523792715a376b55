import type { DataFrame } from '@grafana/data';
import type { CompleteServiceGraph, ServiceCall } from '../model/serviceGraph';
import { toSeconds } from '../model/time';
import { buildFrame } from './buildFrame';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import { buildNotices } from './notices';
import { callsPerSecond, errorShare } from './requestTexts';
import type { ServiceGraphFrameOptions } from './serviceGraphFrames';
import { edgeLinks } from './serviceLinks';
import { tableConfig } from './tableConfig';

/** The edges of a service graph as a table, the strongest first; columns that the source knows nothing of are left out. */
export function buildServiceGraphTable(
  { calls, window }: CompleteServiceGraph,
  options: ServiceGraphFrameOptions
): DataFrame {
  const links = edgeLinks({ caller: 'caller', callee: 'callee' }, options);
  const columns: Array<Column<ServiceCall>> = [
    {
      name: 'caller',
      type: FIELD_TYPE.string,
      config: { ...tableConfig('Caller'), links: links?.caller },
      read: ({ caller }) => caller,
    },
    {
      name: 'callee',
      type: FIELD_TYPE.string,
      config: { ...tableConfig('Called service'), links: links?.callee },
      read: ({ callee }) => callee,
    },
    {
      name: 'calls',
      type: FIELD_TYPE.number,
      config: tableConfig('Calls', { width: 110 }),
      read: (call) => call.calls,
    },
  ];
  if (window) {
    columns.push({
      name: 'rate',
      type: FIELD_TYPE.number,
      config: tableConfig('Rate', { unit: 'reqps', width: 120 }),
      read: (call) => callsPerSecond(call.calls, window),
    });
  }
  if (calls.some(({ errors }) => errors !== undefined)) {
    columns.push(
      {
        name: 'errors',
        type: FIELD_TYPE.number,
        config: tableConfig('Errors', { width: 100 }),
        read: (call) => call.errors,
      },
      {
        name: 'errorShare',
        type: FIELD_TYPE.number,
        config: tableConfig('Error share', { unit: 'percentunit', width: 120 }),
        read: (call) => (call.errors === undefined ? undefined : errorShare(call)),
      }
    );
  }
  if (calls.some(({ p95 }) => p95 !== undefined)) {
    columns.push({
      name: 'p95',
      type: FIELD_TYPE.number,
      config: tableConfig('p95', { unit: 's', width: 110 }),
      read: ({ p95 }) => (p95 === undefined ? undefined : toSeconds(p95)),
    });
  }
  return buildFrame(
    [...calls].sort((a, b) => b.calls - a.calls),
    columns,
    {
      name: 'Calls',
      refId: options.refId,
      meta: { preferredVisualisationType: 'table', notices: buildNotices(options.notices ?? []) },
    }
  );
}
