import type { ServiceCall, ServiceGraph } from '../model/serviceGraph';

/** A store that keeps one batch a day answers a pair once per batch: the same pair once, with the sum of its calls. */
export function mergeRepeatedCalls(graph: ServiceGraph): ServiceGraph {
  const byPair = new Map<string, ServiceCall>();
  for (const call of graph.calls) {
    const key = pairKey(call);
    const known = byPair.get(key);
    byPair.set(key, known ? addCalls(known, call) : call);
  }
  return { ...graph, calls: [...byPair.values()] };
}

/** Two names joined by any separator can be the same text for two pairs. */
export function pairKey({ caller, callee }: Pick<ServiceCall, 'caller' | 'callee'>): string {
  return JSON.stringify([caller, callee]);
}

/**
 * The calls on the ways of at most `hops` calls that lead to the service or away from it.
 *
 *     hops 1 around b      a → b → c        not c → d, nor a → e
 */
export function focusServiceGraph(graph: ServiceGraph, service: string, hops: number): ServiceGraph {
  const kept = new Set<ServiceCall>();
  for (const [from, to] of [
    ['caller', 'callee'],
    ['callee', 'caller'],
  ] as const) {
    let reached = new Set([service]);
    const seen = new Set([service]);
    for (let hop = 0; hop < hops && reached.size > 0; hop++) {
      const next = new Set<string>();
      for (const call of graph.calls.filter((candidate) => reached.has(candidate[from]))) {
        kept.add(call);
        if (!seen.has(call[to])) {
          seen.add(call[to]);
          next.add(call[to]);
        }
      }
      reached = next;
    }
  }
  return withServicesOf({ ...graph, calls: graph.calls.filter((call) => kept.has(call)) }, service);
}

export interface CutServiceGraph {
  readonly graph: ServiceGraph;
  readonly omittedServices: number;
  readonly omittedCalls: number;
}

/** At most so many services: those on the strongest edges, with every call between them. */
export function cutServiceGraph(graph: ServiceGraph, maxServices: number): CutServiceGraph {
  const all = servicesOf(graph);
  if (all.size <= maxServices) {
    return { graph, omittedServices: 0, omittedCalls: 0 };
  }
  const kept = new Set<string>();
  for (const { caller, callee } of [...graph.calls].sort((a, b) => b.calls - a.calls)) {
    const added = [...new Set([caller, callee])].filter((name) => !kept.has(name));
    if (kept.size + added.length <= maxServices) {
      added.forEach((name) => kept.add(name));
    }
  }
  const calls = graph.calls.filter(({ caller, callee }) => kept.has(caller) && kept.has(callee));
  return {
    graph: withServicesOf({ ...graph, calls }),
    omittedServices: all.size - kept.size,
    omittedCalls: graph.calls.length - calls.length,
  };
}

function servicesOf({ calls, services = [] }: ServiceGraph): Set<string> {
  return new Set([...calls.flatMap(({ caller, callee }) => [caller, callee]), ...services.map(({ name }) => name)]);
}

/** Without the numbers of services that no call leads to or from any more. */
function withServicesOf(graph: ServiceGraph, focus?: string): ServiceGraph {
  const named = new Set(graph.calls.flatMap(({ caller, callee }) => [caller, callee]));
  return graph.services === undefined
    ? graph
    : { ...graph, services: graph.services.filter(({ name }) => named.has(name) || name === focus) };
}

function addCalls(a: ServiceCall, b: ServiceCall): ServiceCall {
  const errors = a.errors === undefined && b.errors === undefined ? {} : { errors: (a.errors ?? 0) + (b.errors ?? 0) };
  // Quantiles do not add up; the longer one is wrong by the least that matters.
  const p95 = a.p95 !== undefined && b.p95 !== undefined ? (a.p95 > b.p95 ? a.p95 : b.p95) : (a.p95 ?? b.p95);
  return {
    caller: a.caller,
    callee: a.callee,
    calls: a.calls + b.calls,
    ...errors,
    ...(p95 === undefined ? {} : { p95 }),
  };
}
