import { isAttributeBytes, isAttributeMap, type AttributeValue } from '../../model/attributes';
import { ERROR, OTEL_SCOPE_NAME, OTEL_SCOPE_VERSION, OTEL_STATUS_CODE, SPAN_KIND } from '../../model/semconv';
import type { Span, Trace } from '../../model/trace';
import type { AttributeFilter } from '../../query/query';
import type { SearchRequest } from '../backend';

/**
 * The part of a search that a server would not do, done on whole traces: those stay that hold one span which fulfils
 * every condition, as Jaeger's own storages have it.
 */
export function filterTraces(traces: readonly Trace[], request: SearchRequest): readonly Trace[] {
  return traces.filter((trace) => trace.spans.some((span) => isMatch(span, request)));
}

function isMatch(span: Span, request: SearchRequest): boolean {
  return (
    (request.service === undefined || span.resource.serviceName === request.service) &&
    (request.spanName === undefined || span.name === request.spanName) &&
    (request.minDuration === undefined || span.duration >= request.minDuration) &&
    (request.maxDuration === undefined || span.duration <= request.maxDuration) &&
    request.attributes.every((filter) => hasAttribute(span, filter))
  );
}

/** Looks where Jaeger's storages look: span, resource, scope and events, and the fields that it writes as tags. */
function hasAttribute(span: Span, { key, value }: AttributeFilter): boolean {
  switch (key) {
    case ERROR:
      return (span.status.code === 'error') === (value === 'true');
    case SPAN_KIND:
      return span.kind === value.toLowerCase();
    case OTEL_STATUS_CODE:
      return span.status.code === value.toLowerCase();
    case OTEL_SCOPE_NAME:
      return span.scope?.name === value;
    case OTEL_SCOPE_VERSION:
      return span.scope?.version === value;
  }
  const places = [span.attributes, span.resource.attributes, ...span.events.map((event) => event.attributes)];
  if (span.scope?.attributes) {
    places.push(span.scope.attributes);
  }
  return places.some((place) => place.entries.some((entry) => entry.key === key && textOf(entry.value) === value));
}

function textOf(value: AttributeValue): string | undefined {
  return value === null || Array.isArray(value) || isAttributeMap(value) || isAttributeBytes(value)
    ? undefined
    : String(value);
}
