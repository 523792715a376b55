import type { DataFrame } from '@grafana/data';

import { displayTraceId } from '../model/ids';
import type { TraceSummary } from '../model/summary';
import { toSeconds, unixMillis } from '../model/time';
import { buildFrame } from './buildFrame';
import { FIELD_TYPE } from './fieldType';
import { metaFor, type LatencyFrameOptions } from './latencyFrames';
import { traceLink, traceOfRowLink, type LinkTarget } from './links';
import { lookupWindows } from './searchFrame';

export interface ScatterOptions extends LatencyFrameOptions {
  /** Where the dots lead. */
  readonly datasource: LinkTarget;
}

/** A dot for each trace, when it began and how long it took, for Grafana's XY chart; those with errors in red. */
export function buildScatterFrames(summaries: readonly TraceSummary[], options: ScatterOptions): DataFrame[] {
  const inTime = [...summaries].sort((a, b) => (a.startUnixNano < b.startUnixNano ? -1 : 1));
  const failed = inTime.filter(({ errorCount = 0 }) => errorCount > 0);
  const sound = inTime.filter(({ errorCount = 0 }) => errorCount === 0);
  return [
    scatterFrame(sound, 'Traces', 'blue', options),
    ...(failed.length > 0 ? [scatterFrame(failed, 'Traces with errors', 'red', { ...options, notices: [] })] : []),
  ];
}

function scatterFrame(
  summaries: readonly TraceSummary[],
  name: string,
  fixedColor: string,
  options: ScatterOptions
): DataFrame {
  const windows = lookupWindows(summaries);
  return buildFrame(
    summaries,
    [
      { name: 'Time', type: FIELD_TYPE.time, read: ({ startUnixNano }) => unixMillis(startUnixNano) },
      {
        name: 'Duration',
        type: FIELD_TYPE.number,
        config: {
          displayNameFromDS: name,
          unit: 's',
          color: { mode: 'fixed', fixedColor },
          links: [traceOfRowLink(options.datasource, windows, 'traceID')],
        },
        read: ({ duration }) => toSeconds(duration),
      },
      {
        name: 'traceID',
        type: FIELD_TYPE.string,
        config: { displayNameFromDS: 'Trace ID', links: [traceLink(options.datasource, windows, {})] },
        read: ({ traceId }) => displayTraceId(traceId),
      },
      {
        name: 'rootService',
        type: FIELD_TYPE.string,
        config: { displayNameFromDS: 'Root service' },
        read: ({ rootServiceName = '' }) => rootServiceName,
      },
      {
        name: 'rootOperation',
        type: FIELD_TYPE.string,
        config: { displayNameFromDS: 'Root operation' },
        read: ({ rootSpanName = '' }) => rootSpanName,
      },
    ],
    { name, refId: options.refId, meta: metaFor('xychart', undefined, options) }
  );
}
