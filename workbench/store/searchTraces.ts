import {
  findAttribute,
  kindNumber,
  serviceNameOf,
  STATUS_ERROR,
  STATUS_OK,
  valueAsText,
  type StoredSpan,
} from './otlpSpan';
import type { StoredTrace, TraceStore } from './TraceStore';

/** Times and durations in nanoseconds; empty texts and zero durations do not filter. */
export interface TraceSearch {
  readonly service: string;
  readonly operation: string;
  readonly startMin: bigint;
  readonly startMax: bigint;
  readonly durationMin: bigint;
  readonly durationMax: bigint;
  readonly attributes: ReadonlyMap<string, string>;
  readonly depth: number;
}

/**
 * Traces with a span that meets every condition, newest first. The rules are those of Jaeger's memory storage
 * (internal/storage/v2/memory/tenant.go), special keys included; the order is by start as in its other storages.
 */
export function searchTraces(store: TraceStore, search: TraceSearch, errorFalseMeansOk: boolean): StoredTrace[] {
  if (search.depth <= 0 || search.depth > store.maxTraces) {
    throw new Error('search depth must be greater than 0 and less than max traces');
  }
  const found: StoredTrace[] = [];
  for (const trace of store.newestFirst()) {
    if (trace.spans.some((span) => matches(span, search, errorFalseMeansOk))) {
      found.push(trace);
    }
  }
  return found
    .sort((a, b) => (a.startUnixNano < b.startUnixNano ? 1 : a.startUnixNano > b.startUnixNano ? -1 : 0))
    .slice(0, search.depth);
}

function matches(span: StoredSpan, search: TraceSearch, errorFalseMeansOk: boolean): boolean {
  const duration = span.endUnixNano - span.startUnixNano;
  return (
    (search.service === '' || serviceNameOf(span.resource) === search.service) &&
    (search.operation === '' || span.name === search.operation) &&
    span.startUnixNano >= search.startMin &&
    span.startUnixNano <= search.startMax &&
    (search.durationMin === 0n || duration >= search.durationMin) &&
    (search.durationMax === 0n || duration <= search.durationMax) &&
    [...search.attributes].every(([key, value]) => matchesAttribute(span, key, value, errorFalseMeansOk))
  );
}

function matchesAttribute(span: StoredSpan, key: string, value: string, errorFalseMeansOk: boolean): boolean {
  switch (key) {
    case 'error':
      return matchesError(span, value, errorFalseMeansOk);
    case 'span.status':
      return span.statusCode === Math.max(0, ['UNSET', 'OK', 'ERROR'].indexOf(value.toUpperCase()));
    case 'span.kind':
      return span.kind === kindNumber(value);
    case 'scope.name':
      return span.scope.name === value;
    case 'scope.version':
      return span.scope.version === value;
  }
  const levels = key.startsWith('resource.')
    ? [span.resource.attributes]
    : [
        span.attributes,
        span.scope.attributes,
        span.resource.attributes,
        ...span.events.map((event) => event.attributes),
        ...span.links.map((link) => link.attributes),
      ];
  const plainKey = key.startsWith('resource.') ? key.slice('resource.'.length) : key;
  return levels.some((attributes) => {
    const found = findAttribute(attributes, plainKey);
    return found !== undefined && valueAsText(found) === value;
  });
}

function matchesError(span: StoredSpan, value: string, errorFalseMeansOk: boolean): boolean {
  if (['1', 't', 'true'].includes(value.toLowerCase())) {
    return span.statusCode === STATUS_ERROR;
  }
  if (['0', 'f', 'false'].includes(value.toLowerCase())) {
    return errorFalseMeansOk ? span.statusCode === STATUS_OK : span.statusCode !== STATUS_ERROR;
  }
  return false;
}
