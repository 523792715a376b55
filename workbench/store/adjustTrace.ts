/**
 * What Jaeger's query service changes when a trace is read (jaegerquery/internal/adjuster), in its order: server spans
 * get an id of their own, attributes are sorted by key and events by name, duplicates go, suspected clock skew is told (correcting it
 * is off by default), empty links go.
 */
import { groupBy } from './groupBy';
import { findAttribute, valueAsText, withWarning, type OtlpAttribute, type StoredSpan } from './otlpSpan';
import type { StoredTrace } from './TraceStore';

const CLIENT = 3;
const SERVER = 2;

export function adjustTrace(trace: StoredTrace): StoredTrace {
  const own = sortCollections(separateSharedIds(trace.spans));
  const told = warnOfClockSkew(withoutDuplicates(own));
  return { ...trace, spans: moveLibraryAttributes(told).map(withoutEmptyLinks) };
}

/** Zipkin's clients and servers share a span's id: the server's side becomes a child of the client's. */
function separateSharedIds(spans: readonly StoredSpan[]): StoredSpan[] {
  const byId = groupBy(spans, ({ spanId }) => spanId);
  const newIds = new Map<string, string>();
  let counter = 0n;
  const nextId = () => {
    let id: string;
    do {
      id = (++counter).toString(16).padStart(16, '0');
    } while (byId.has(id));
    return id;
  };
  const separated = spans.map((span) => {
    if (span.kind !== SERVER || !byId.get(span.spanId)?.some(({ kind }) => kind === CLIENT)) {
      return span;
    }
    const spanId = nextId();
    newIds.set(span.spanId, spanId);
    return { ...span, spanId, parentSpanId: span.spanId };
  });
  return separated.map((span) => {
    const parentSpanId = newIds.get(span.parentSpanId);
    return parentSpanId === undefined || parentSpanId === span.spanId ? span : { ...span, parentSpanId };
  });
}

function sortCollections(spans: readonly StoredSpan[]): StoredSpan[] {
  // Resources and scopes stay shared: what belongs together is told by identity.
  const resources = new Map(spans.map(({ resource }) => [resource, { attributes: sorted(resource.attributes) }]));
  const scopes = new Map(spans.map(({ scope }) => [scope, { ...scope, attributes: sorted(scope.attributes) }]));
  return spans.map((span) => ({
    ...span,
    resource: resources.get(span.resource) ?? span.resource,
    scope: scopes.get(span.scope) ?? span.scope,
    attributes: sorted(span.attributes),
    events: span.events
      .map((event) => ({ ...event, attributes: sorted(event.attributes) }))
      // By name, not by time: sort.go.
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    links: span.links.map((link) => ({ ...link, attributes: sorted(link.attributes) })),
  }));
}

/** What describes the SDK belongs to the resource, wherever the sender put it. */
function moveLibraryAttributes(spans: readonly StoredSpan[]): StoredSpan[] {
  return [...groupBy(spans, ({ resource }) => resource)].flatMap(([resource, members]) => {
    const moved = new Map(
      members.flatMap(({ attributes }) => attributes.filter(isOfLibrary).map((attribute) => [attribute.key, attribute]))
    );
    if (moved.size === 0) {
      return members;
    }
    const completed = { attributes: [...resource.attributes.filter(({ key }) => !moved.has(key)), ...moved.values()] };
    return members.map((span) => ({
      ...span,
      resource: completed,
      attributes: span.attributes.filter((attribute) => !isOfLibrary(attribute)),
    }));
  });
}

function isOfLibrary({ key }: OtlpAttribute): boolean {
  return key.startsWith('telemetry.sdk.') || key.startsWith('telemetry.distro.');
}

function sorted(attributes: readonly OtlpAttribute[]): OtlpAttribute[] {
  return [...attributes].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function withoutDuplicates(spans: readonly StoredSpan[]): StoredSpan[] {
  const text = (span: StoredSpan) =>
    JSON.stringify(span, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  return [...groupBy(spans, text).values()].map(([first]) => first);
}

function warnOfClockSkew(spans: readonly StoredSpan[]): StoredSpan[] {
  const byId = new Map<string, StoredSpan>();
  const warnings = new Map<StoredSpan, string>();
  for (const span of spans) {
    if (byId.has(span.spanId)) {
      warnings.set(span, 'duplicate span IDs; skipping clock skew adjustment');
    } else {
      byId.set(span.spanId, span);
    }
  }
  const childrenById = groupBy(byId.values(), ({ parentSpanId }) => parentSpanId);
  const roots = [...byId.values()].filter(({ parentSpanId }) => parentSpanId === '' || !byId.has(parentSpanId));
  for (const root of roots.filter(({ parentSpanId }) => parentSpanId !== '')) {
    warnings.set(root, `parent span ID=${root.parentSpanId} is not in the trace; skipping clock skew adjustment`);
  }
  const waiting = roots.map((span) => ({ span, host: hostOf(span), delta: 0n }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { span, host, delta } = next;
    if (delta !== 0n) {
      warnings.set(span, `clock skew adjustment disabled; not applying calculated delta of ${goDuration(delta)}`);
    }
    for (const child of childrenById.get(span.spanId) ?? []) {
      const childHost = hostOf(child);
      const isElsewhere = childHost !== host || childHost === '';
      waiting.push({ span: child, host: childHost, delta: isElsewhere ? skewOf(child, span) : delta });
    }
  }
  return spans.map((span) => {
    const warning = warnings.get(span);
    return warning === undefined ? span : withWarning(span, warning);
  });
}

function hostOf({ resource }: StoredSpan): string {
  for (const key of ['host.id', 'host.ip', 'host.name']) {
    const value = findAttribute(resource.attributes, key);
    if (value) {
      return valueAsText(value);
    }
  }
  return '';
}

/** By how much the child would have to move to lie in the middle of its parent; 0 when it fits. */
function skewOf(child: StoredSpan, parent: StoredSpan): bigint {
  const parentDuration = parent.endUnixNano - parent.startUnixNano;
  const childDuration = child.endUnixNano - child.startUnixNano;
  const isEarly = child.startUnixNano < parent.startUnixNano;
  if (childDuration > parentDuration) {
    return isEarly ? parent.startUnixNano - child.startUnixNano : 0n;
  }
  if (!isEarly && child.endUnixNano <= parent.endUnixNano) {
    return 0n;
  }
  return parent.startUnixNano + (parentDuration - childDuration) / 2n - child.startUnixNano;
}

/** As Go prints a duration: `1m0.5s`, `35ms`, `1.2µs`. */
function goDuration(nanos: bigint): string {
  const sign = nanos < 0n ? '-' : '';
  const size = nanos < 0n ? -nanos : nanos;
  if (size >= 1_000_000_000n) {
    const minutes = size / 60_000_000_000n;
    const hours = minutes / 60n;
    const seconds = `${Number(size % 60_000_000_000n) / 1e9}s`;
    return sign + (hours > 0n ? `${hours}h` : '') + (minutes > 0n ? `${minutes % 60n}m` : '') + seconds;
  }
  const [unit, factor] =
    size >= 1_000_000n ? (['ms', 1e6] as const) : size >= 1_000n ? (['µs', 1e3] as const) : (['ns', 1] as const);
  return `${sign}${Number(size) / factor}${unit}`;
}

function withoutEmptyLinks(span: StoredSpan): StoredSpan {
  const links = span.links.filter(({ traceId }) => traceId !== '');
  return links.length === span.links.length ? span : withWarning({ ...span, links }, 'Invalid span link removed');
}
