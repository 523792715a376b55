import type { CompleteServiceGraph, ServiceCall, ServiceGraph, ServiceNumbers } from '../model/serviceGraph';

/**
 * Each pair once, and every service: with its own numbers where the source has them, else with the sum of the calls it
 * got. To be done before anything is left out, or a service would seem to get fewer calls the less of it is shown.
 */
export function completeServiceGraph(graph: ServiceGraph): CompleteServiceGraph {
  const calls = mergeRepeatedCalls(graph.calls);
  return { ...graph, calls, services: sumServices(calls, graph.services ?? []) };
}

/** Two names joined by any separator can be the same text for two pairs. */
export function pairKey({ caller, callee }: Pick<ServiceCall, 'caller' | 'callee'>): string {
  return JSON.stringify([caller, callee]);
}

/** A store that keeps one batch a day answers a pair once per batch: the same pair once, with the sum of its calls. */
function mergeRepeatedCalls(calls: readonly ServiceCall[]): readonly ServiceCall[] {
  const byPair = new Map<string, ServiceCall>();
  for (const call of calls) {
    const key = pairKey(call);
    const known = byPair.get(key);
    byPair.set(key, known ? addCalls(known, call) : call);
  }
  return [...byPair.values()];
}

function sumServices(calls: readonly ServiceCall[], known: readonly ServiceNumbers[]): readonly ServiceNumbers[] {
  const byName = new Map<string, { name: string; calls: number; errors?: number }>();
  const service = (name: string) => {
    const found = byName.get(name) ?? { name, calls: 0 };
    byName.set(name, found);
    return found;
  };
  for (const call of calls) {
    service(call.caller);
    const callee = service(call.callee);
    callee.calls += call.calls;
    if (call.errors !== undefined) {
      callee.errors = (callee.errors ?? 0) + call.errors;
    }
  }
  const summed: Map<string, ServiceNumbers> = byName;
  known.forEach((numbers) => summed.set(numbers.name, numbers));
  return [...summed.values()];
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
