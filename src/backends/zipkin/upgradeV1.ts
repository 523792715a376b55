import { isJsonObject, type JsonObject } from '../../wire/read';

/** What begins and ends each side of a call or a message in version 1. */
const SIDES = [
  { kind: 'CLIENT', start: 'cs', end: 'cr', address: 'sa' },
  { kind: 'SERVER', start: 'sr', end: 'ss', address: 'ca' },
  { kind: 'PRODUCER', start: 'ms', end: 'ws', address: 'ma' },
  { kind: 'CONSUMER', start: 'mr', end: 'wr', address: 'ma' },
] as const;

const CORE: ReadonlySet<unknown> = new Set(SIDES.flatMap(({ start, end }) => [start, end]));
const ADDRESSES: ReadonlySet<unknown> = new Set(SIDES.map(({ address }) => address));

/** Version 1 describes a span by annotations with endpoints, in place of a kind. */
export function isVersion1({ annotations, binaryAnnotations }: JsonObject): boolean {
  const [first]: readonly unknown[] = Array.isArray(annotations) ? annotations : [];
  return Array.isArray(binaryAnnotations) || (isJsonObject(first) && 'endpoint' in first);
}

/**
 * A span of version 1 of Zipkin's JSON (before 2017; Finagle and others still write it) → one span of version 2 for each
 * side that it tells of: client and server share such a span, and become the halves of a call.
 */
export function upgradeV1(span: JsonObject): readonly JsonObject[] {
  const annotations = objectsOf(span.annotations);
  const facts = objectsOf(span.binaryAnnotations);
  const find = (value: string) => annotations.find((annotation) => annotation.value === value);
  const sides = SIDES.filter(({ start, end }) => find(start) ?? find(end));
  const { traceId, id, parentId, name, debug, timestamp, duration } = span;
  const ids = { traceId, id, parentId, name, debug };
  if (sides.length === 0) {
    const endpoint = [...facts, ...annotations].find((fact) => isJsonObject(fact.endpoint))?.endpoint;
    return [{ ...ids, timestamp, duration, localEndpoint: endpoint, ...contents(annotations, facts) }];
  }
  const hasClient = sides.some(({ kind }) => kind === 'CLIENT');
  return sides.map(({ kind, start, end, address }, index) => {
    const [from, to] = [find(start), find(end)];
    const endpoint = from?.endpoint ?? to?.endpoint;
    const isOwn = (fact: JsonObject) => {
      const owner = sides.findIndex((side) => isSame(fact.endpoint, (find(side.start) ?? find(side.end))?.endpoint));
      return Math.max(owner, 0) === index;
    };
    // A server alone that tells no start of the span itself took the span over from its caller.
    const isShared = kind === 'SERVER' && (hasClient || timestamp === undefined);
    const isTimeOwn = !isShared && index === 0;
    return {
      ...ids,
      kind,
      timestamp: from?.timestamp ?? (isTimeOwn ? timestamp : undefined),
      duration: between(from?.timestamp, to?.timestamp) ?? (isTimeOwn ? duration : undefined),
      localEndpoint: endpoint,
      remoteEndpoint: facts.find(({ key, value }) => key === address && value === true)?.endpoint,
      ...contents(annotations.filter(isOwn), facts.filter(isOwn)),
      ...(isShared && { shared: true }),
    };
  });
}

function contents(annotations: readonly JsonObject[], facts: readonly JsonObject[]): JsonObject {
  const tags = facts.filter(({ key, value }) => typeof key === 'string' && !(ADDRESSES.has(key) && value === true));
  return {
    annotations: annotations
      .filter(({ value }) => !CORE.has(value))
      .map(({ timestamp, value }) => ({ timestamp, value })),
    tags: Object.fromEntries(
      tags.map(({ key, value }) => [key, typeof value === 'string' ? value : JSON.stringify(value ?? '')])
    ),
  };
}

function between(start: unknown, end: unknown): number | undefined {
  return typeof start === 'number' && typeof end === 'number' && end > start ? end - start : undefined;
}

function isSame(a: unknown, b: unknown): boolean {
  return isJsonObject(a) && isJsonObject(b) && a.serviceName === b.serviceName && a.ipv4 === b.ipv4;
}

function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
