import type { DataFrame, DataLink, FieldConfig } from '@grafana/data';
import { pairKey } from '../analysis/completeServiceGraph';
import type { CompleteServiceGraph, RequestNumbers, ServiceCall, ServiceNumbers } from '../model/serviceGraph';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import type { CallSearch, LinkTarget } from './links';
import { nodeGraphFrames, type NodeGraphOptions } from './nodeGraphFrames';
import { circleText, errorShare, healthText, rateTexts, type RateText } from './requestTexts';
import { edgeLinks, serviceLinks } from './serviceLinks';
import { countText, durationText } from './statText';

export interface ServiceGraphFrameOptions extends NodeGraphOptions {
  /** Gives nodes and edges links that search this data source for traces, errors and metrics of the service. */
  readonly datasource?: LinkTarget;
  /** Where the calls were counted as metrics, if they were. */
  readonly metrics?: LinkTarget;
  /** How that data source searches for a call, if it can. */
  readonly callSearch?: CallSearch;
}

const RED = 'red';
const GREEN = 'green';

/**
 * Who calls whom: a node per service, an edge per pair. On both how often, what share failed and how long it took, as far
 * as the source knows; the ring of a node is its error share.
 */
export function buildServiceGraphFrames(graph: CompleteServiceGraph, options: ServiceGraphFrameOptions): DataFrame[] {
  const rate = rateTexts(graph);
  return nodeGraphFrames(
    graph.services,
    nodeColumns(graph, rate, options),
    graph.calls,
    edgeColumns(graph, rate, options),
    options
  );
}

function nodeColumns(
  graph: CompleteServiceGraph,
  rate: RateText,
  options: ServiceGraphFrameOptions
): Array<Column<ServiceNumbers>> {
  const links = serviceLinks('title', options);
  const columns: Array<Column<ServiceNumbers>> = [
    { name: 'id', type: FIELD_TYPE.string, read: ({ name }) => nodeId(name) },
    { name: 'title', type: FIELD_TYPE.string, config: { displayName: 'Service', links }, read: ({ name }) => name },
    {
      name: 'mainstat',
      type: FIELD_TYPE.string,
      config: { displayName: 'Requests' },
      read: rate,
    },
  ];
  if (hasHealth(graph)) {
    columns.push({
      name: 'secondarystat',
      type: FIELD_TYPE.string,
      config: { displayName: 'Durations, else errors' },
      read: circleText,
    });
  }
  if (graph.services.some(({ errors }) => errors !== undefined)) {
    columns.push(
      { name: 'arc__errors', type: FIELD_TYPE.number, config: arc('Errors', RED), read: errorShare },
      {
        name: 'arc__success',
        type: FIELD_TYPE.number,
        config: arc('Success', GREEN),
        // What nobody called, or whose errors nobody counted, gets no ring: it would say that all went well.
        read: (node) => (node.calls === 0 || node.errors === undefined ? 0 : 1 - errorShare(node)),
      }
    );
  }
  return [...columns, ...detailColumns<ServiceNumbers>(graph)];
}

function edgeColumns(
  graph: CompleteServiceGraph,
  rate: RateText,
  options: ServiceGraphFrameOptions
): Array<Column<ServiceCall>> {
  const most = graph.calls.reduce((max, call) => Math.max(max, call.calls), 1);
  const links = edgeLinks({ caller: 'source', callee: 'target' }, options);
  const end = (name: 'source' | 'target', read: (call: ServiceCall) => string, own: DataLink[] | undefined) => ({
    name,
    type: FIELD_TYPE.string,
    config: { links: own },
    read: (call: ServiceCall) => nodeId(read(call)),
  });
  return [
    { name: 'id', type: FIELD_TYPE.string, read: pairKey },
    end('source', ({ caller }) => caller, links?.caller),
    end('target', ({ callee }) => callee, links?.callee),
    {
      name: 'mainstat',
      type: FIELD_TYPE.string,
      config: { displayName: 'Calls' },
      read: rate,
    },
    {
      name: 'secondarystat',
      type: FIELD_TYPE.string,
      config: { displayName: 'Errors and durations' },
      read: healthText,
    },
    { name: 'thickness', type: FIELD_TYPE.number, read: (call) => 1 + 3 * Math.sqrt(call.calls / most) },
    { name: 'color', type: FIELD_TYPE.string, read: (call) => (call.errors ? RED : undefined) },
    ...detailColumns<ServiceCall>(graph),
  ];
}

/** What the menu of a node or edge lists under its name. */
function detailColumns<T extends RequestNumbers>({ calls, services }: CompleteServiceGraph): Array<Column<T>> {
  const columns: Array<Column<T>> = [
    {
      name: 'detail__calls',
      type: FIELD_TYPE.string,
      config: { displayName: 'Calls' },
      read: (numbers) => countText(numbers.calls, 'call'),
    },
  ];
  if (calls.some(({ errors }) => errors !== undefined)) {
    columns.push({
      name: 'detail__errors',
      type: FIELD_TYPE.string,
      config: { displayName: 'Errors' },
      read: ({ errors }) => (errors === undefined ? '' : countText(errors, 'error')),
    });
  }
  if ([...calls, ...services].some(({ p95 }) => p95 !== undefined)) {
    columns.push({
      name: 'detail__p95',
      type: FIELD_TYPE.string,
      config: { displayName: 'p95' },
      read: ({ p95 }) => (p95 === undefined ? '' : durationText(p95)),
    });
  }
  return columns;
}

function hasHealth({ calls, services }: CompleteServiceGraph): boolean {
  return [...calls, ...services].some(({ errors, p95 }) => errors !== undefined || p95 !== undefined);
}

function arc(displayName: string, fixedColor: string): FieldConfig {
  return { displayName, color: { mode: 'fixed', fixedColor } };
}

/** The panel keeps nodes in a plain object under their ids, where a node called `__proto__` is lost (Grafana 12.4). */
function nodeId(name: string): string {
  return name === '__proto__' ? 'service __proto__' : name;
}
