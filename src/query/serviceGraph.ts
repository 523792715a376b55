/** What a query for the graph of services says, read. */
import type { ServiceGraphQuery } from './query';

/** Who counted the calls: the store, the metrics of a service graph, or this plugin from the traces of a search. */
export const GRAPH_SOURCES = ['store', 'metrics', 'traces'] as const;
export type GraphSource = (typeof GRAPH_SOURCES)[number];

export const GRAPH_VIEWS = ['graph', 'table'] as const;
export type GraphView = (typeof GRAPH_VIEWS)[number];

export const DEFAULT_HOPS = 1;
/** Further away is everything. */
export const MAX_HOPS = 20;

/** Undefined when the query leaves it open. */
export function readGraphSource({ source }: Pick<ServiceGraphQuery, 'source'>): GraphSource | undefined {
  return GRAPH_SOURCES.find((word) => word === source?.trim());
}

/** Undefined for a name that is none. */
export function readGraphView({ view }: Pick<ServiceGraphQuery, 'view'>): GraphView | undefined {
  const text = view?.trim() ?? '';
  return text === '' ? GRAPH_VIEWS[0] : GRAPH_VIEWS.find((word) => word === text);
}

/** How many calls away from the service; NaN when it is no whole number from 1 on. */
export function readHops({ hops }: Pick<ServiceGraphQuery, 'hops'>): number {
  const text = String(hops ?? '').trim();
  if (text === '') {
    return DEFAULT_HOPS;
  }
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  return number >= 1 && number <= MAX_HOPS ? number : NaN;
}
