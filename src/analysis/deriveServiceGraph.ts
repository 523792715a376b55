import { runAtOnce, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import { PEER_SERVICE } from '../model/semconv';
import type { ServiceGraph } from '../model/serviceGraph';
import type { Nanoseconds } from '../model/time';
import type { Span, Trace } from '../model/trace';
import { percentile } from './percentile';

class Numbers {
  private errors = 0;
  private readonly durations: Nanoseconds[] = [];

  add({ status, duration }: Span): void {
    this.errors += status.code === 'error' ? 1 : 0;
    this.durations.push(duration);
  }

  sum() {
    const sorted = this.durations.sort((a, b) => a - b);
    return { calls: sorted.length, errors: this.errors, p95: percentile(sorted, 95) as Nanoseconds };
  }
}

/**
 * Who called whom in these traces. A call is a span whose parent belongs to another service; it failed and took as long
 * as the called span says. A service without spans of its own is known by the name that its caller gave it
 * (`peer.service` on a span without children).
 *
 *     web  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇            web → cart 1, web → db 1
 *       web  ▇▇▇▇▇▇                    web and cart served 1 request each
 *         cart  ▇▇▇▇
 *       web  ▇▇▇ peer.service=db
 */
export function deriveServiceGraph(traces: readonly Trace[]): ServiceGraph {
  return runAtOnce(serviceGraphSteps(traces));
}

/** `deriveServiceGraph` in steps. */
export function* serviceGraphSteps(traces: readonly Trace[]): Steps<ServiceGraph> {
  const callsByPair = new Map<string, { readonly caller: string; readonly callee: string; readonly sum: Numbers }>();
  const byService = new Map<string, Numbers>();
  const count = (caller: string, callee: string, span: Span) => {
    const key = JSON.stringify([caller, callee]);
    const call = callsByPair.get(key) ?? { caller, callee, sum: new Numbers() };
    callsByPair.set(key, call);
    call.sum.add(span);
  };
  const serve = (name: string, span: Span) => {
    const numbers = byService.get(name) ?? new Numbers();
    byService.set(name, numbers);
    numbers.add(span);
  };
  let seen = 0;
  for (const { spans } of traces) {
    for (const span of spans) {
      const service = span.resource.serviceName;
      const caller = span.parent?.resource.serviceName;
      if (caller !== service) {
        serve(service, span);
        if (caller !== undefined) {
          count(caller, service, span);
        }
      }
      const peer = unseenPeer(span);
      if (peer !== undefined) {
        count(service, peer, span);
        serve(peer, span);
      }
      if (++seen % SPANS_PER_STEP === 0) {
        yield;
      }
    }
  }
  return {
    calls: [...callsByPair.values()].map(({ caller, callee, sum }) => ({ caller, callee, ...sum.sum() })),
    services: [...byService].map(([name, numbers]) => ({ name, ...numbers.sum() })),
  };
}

function unseenPeer({ kind, children, attributes, resource }: Span): string | undefined {
  const calls = kind === 'client' || kind === 'producer';
  const peer = calls && children.length === 0 ? attributes.getString(PEER_SERVICE) : undefined;
  return peer === '' || peer === resource.serviceName ? undefined : peer;
}
