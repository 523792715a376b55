import { compileSpanTest } from '../../model/matchSpan';
import type { Trace } from '../../model/trace';
import type { SearchRequest } from '../backend';

/**
 * The part of a search that a server would not do, done on whole traces: those stay that hold one span which fulfils
 * every condition, as Jaeger's own storages have it.
 */
export function filterTraces(traces: readonly Trace[], request: SearchRequest): readonly Trace[] {
  const { service, spanName, minDuration, maxDuration, attributes } = request;
  const test = compileSpanTest({
    services: service === undefined ? undefined : [service],
    spanNames: spanName === undefined ? undefined : [spanName],
    minDuration,
    maxDuration,
    attributes,
  });
  return traces.filter(({ spans }) => spans.some(test));
}
