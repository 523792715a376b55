import type { CompleteServiceGraph, ServiceCall } from '../model/serviceGraph';

/**
 * The calls on the ways of at most `hops` calls that lead to one of these services or away from it. Services keep the
 * numbers of the whole graph.
 *
 *     hops 1 around b      a → b → c        not c → d, nor a → e
 */
export function focusServiceGraph(
  graph: CompleteServiceGraph,
  services: readonly string[],
  hops: number
): CompleteServiceGraph {
  const kept = new Set<ServiceCall>();
  for (const [from, to] of [
    ['caller', 'callee'],
    ['callee', 'caller'],
  ] as const) {
    let reached = new Set(services);
    const seen = new Set(services);
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
  return withCalls(
    graph,
    graph.calls.filter((call) => kept.has(call)),
    services
  );
}

export interface CutServiceGraph {
  readonly graph: CompleteServiceGraph;
  readonly omittedServices: number;
  readonly omittedCalls: number;
}

/** At most so many services, those on the strongest edges, and at most so many of the calls between them. */
export function cutServiceGraph(graph: CompleteServiceGraph, maxServices: number, maxCalls: number): CutServiceGraph {
  if (graph.services.length <= maxServices && graph.calls.length <= maxCalls) {
    return { graph, omittedServices: 0, omittedCalls: 0 };
  }
  const strongest = [...graph.calls].sort((a, b) => b.calls - a.calls);
  const named = new Set<string>();
  for (const { caller, callee } of strongest) {
    const added = [...new Set([caller, callee])].filter((name) => !named.has(name));
    if (named.size + added.length <= maxServices) {
      added.forEach((name) => named.add(name));
    }
  }
  const kept = new Set(
    strongest.filter(({ caller, callee }) => named.has(caller) && named.has(callee)).slice(0, maxCalls)
  );
  const cut = withCalls(
    graph,
    graph.calls.filter((call) => kept.has(call))
  );
  return {
    graph: cut,
    omittedServices: graph.services.length - cut.services.length,
    omittedCalls: graph.calls.length - cut.calls.length,
  };
}

/** With these calls only, and without the services that none of them leads to or from, but for `keep`. */
function withCalls(
  graph: CompleteServiceGraph,
  calls: readonly ServiceCall[],
  keep: readonly string[] = []
): CompleteServiceGraph {
  const named = new Set([...calls.flatMap(({ caller, callee }) => [caller, callee]), ...keep]);
  return { ...graph, calls, services: graph.services.filter(({ name }) => named.has(name)) };
}
