import type { DataFrame, FieldConfig } from '@grafana/data';
import type { ServiceCall, ServiceGraph } from '../model/serviceGraph';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import { serviceSearchLink, type LinkTarget } from './links';
import { nodeGraphFrames, type NodeGraphOptions } from './nodeGraphFrames';
import { countText } from './statText';

export interface ServiceGraphFrameOptions extends NodeGraphOptions {
  /** Gives nodes and edges a link that searches this data source for traces of the service. */
  readonly datasource?: LinkTarget;
}

interface ServiceNode {
  readonly name: string;
  /** Received, not sent. */
  calls: number;
  errors: number;
}

const RED = 'red';
const GREEN = 'green';

/** Who calls whom: a node per service, an edge per pair; calls and, where the source counts them, errors on both. */
export function buildServiceGraphFrames(graph: ServiceGraph, options: ServiceGraphFrameOptions): DataFrame[] {
  const calls = mergeRepeatedPairs(graph.calls);
  const knowsErrors = calls.some((call) => call.errors !== undefined);
  return nodeGraphFrames(
    collectNodes(calls),
    nodeColumns(knowsErrors, options.datasource),
    calls,
    edgeColumns(calls, options.datasource),
    options
  );
}

function nodeColumns(knowsErrors: boolean, datasource: LinkTarget | undefined): Array<Column<ServiceNode>> {
  const links = datasource && [serviceSearchLink(datasource, 'title', 'Search traces of this service')];
  const columns: Array<Column<ServiceNode>> = [
    { name: 'id', type: FIELD_TYPE.string, read: ({ name }) => nodeId(name) },
    { name: 'title', type: FIELD_TYPE.string, config: { displayName: 'Service', links }, read: ({ name }) => name },
    {
      name: 'mainstat',
      type: FIELD_TYPE.string,
      config: { displayName: 'Calls received' },
      read: ({ calls }) => (calls > 0 ? countText(calls, 'call') : ''),
    },
  ];
  if (knowsErrors) {
    columns.push(
      {
        name: 'secondarystat',
        type: FIELD_TYPE.string,
        config: { displayName: 'Errors' },
        read: ({ errors }) => (errors > 0 ? countText(errors, 'error') : ''),
      },
      { name: 'arc__errors', type: FIELD_TYPE.number, config: arc('Errors', RED), read: errorShare },
      {
        name: 'arc__success',
        type: FIELD_TYPE.number,
        config: arc('Success', GREEN),
        read: (node) => 1 - errorShare(node),
      }
    );
  }
  return columns;
}

function edgeColumns(calls: readonly ServiceCall[], datasource: LinkTarget | undefined): Array<Column<ServiceCall>> {
  const most = calls.reduce((max, call) => Math.max(max, call.calls), 1);
  const callerLinks = datasource && [serviceSearchLink(datasource, 'source', 'Search traces of the caller')];
  const calleeLinks = datasource && [serviceSearchLink(datasource, 'target', 'Search traces of the called service')];
  return [
    { name: 'id', type: FIELD_TYPE.string, read: (call) => pairKey(call) },
    { name: 'source', type: FIELD_TYPE.string, config: { links: callerLinks }, read: (call) => nodeId(call.caller) },
    { name: 'target', type: FIELD_TYPE.string, config: { links: calleeLinks }, read: (call) => nodeId(call.callee) },
    {
      name: 'mainstat',
      type: FIELD_TYPE.string,
      config: { displayName: 'Calls' },
      read: (call) => countText(call.calls, 'call'),
    },
    {
      name: 'secondarystat',
      type: FIELD_TYPE.string,
      config: { displayName: 'Errors' },
      read: (call) => (call.errors ? countText(call.errors, 'error') : ''),
    },
    { name: 'thickness', type: FIELD_TYPE.number, read: (call) => 1 + 3 * Math.sqrt(call.calls / most) },
    { name: 'color', type: FIELD_TYPE.string, read: (call) => (call.errors ? RED : undefined) },
  ];
}

function arc(displayName: string, fixedColor: string): FieldConfig {
  return { displayName, color: { mode: 'fixed', fixedColor } };
}

function errorShare({ calls, errors }: ServiceNode): number {
  return calls > 0 ? Math.min(1, errors / calls) : 0;
}

function collectNodes(calls: readonly ServiceCall[]): ServiceNode[] {
  const nodeByName = new Map<string, ServiceNode>();
  const node = (name: string) => {
    let known = nodeByName.get(name);
    if (!known) {
      known = { name, calls: 0, errors: 0 };
      nodeByName.set(name, known);
    }
    return known;
  };
  for (const call of calls) {
    node(call.caller);
    const callee = node(call.callee);
    callee.calls += call.calls;
    callee.errors += call.errors ?? 0;
  }
  return [...nodeByName.values()];
}

/** A store that keeps one batch a day answers a pair once per batch. */
function mergeRepeatedPairs(calls: readonly ServiceCall[]): ServiceCall[] {
  const callByPair = new Map<string, ServiceCall>();
  for (const call of calls) {
    const key = pairKey(call);
    const known = callByPair.get(key);
    callByPair.set(key, known ? addCalls(known, call) : call);
  }
  return [...callByPair.values()];
}

function addCalls(a: ServiceCall, b: ServiceCall): ServiceCall {
  const errors = a.errors === undefined && b.errors === undefined ? undefined : (a.errors ?? 0) + (b.errors ?? 0);
  return { caller: a.caller, callee: a.callee, calls: a.calls + b.calls, errors };
}

/** Two names joined by any separator can be the same text for two pairs. */
function pairKey({ caller, callee }: ServiceCall): string {
  return JSON.stringify([caller, callee]);
}

/** The panel keeps nodes in a plain object under their ids, where a node called `__proto__` is lost (Grafana 12.4). */
function nodeId(name: string): string {
  return name === '__proto__' ? 'service __proto__' : name;
}
