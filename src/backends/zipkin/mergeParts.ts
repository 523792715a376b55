import { isJsonObject, type JsonObject } from '../../wire/read';

/**
 * Puts together what was sent of one span in several parts: instrumentation flushes early, and adds an annotation or the
 * duration later. Parts agree in ids, `shared`, kind and service as far as they name them; the two halves of a call do
 * not. First come, first served for single fields; annotations and tags are collected.
 */
export function mergeParts(spans: readonly JsonObject[]): readonly JsonObject[] {
  const places = new Map<string, number[]>();
  const merged: JsonObject[] = [];
  for (const span of spans) {
    const key = `${text(span.traceId)}/${text(span.id)}/${span.shared === true}`;
    const known = places.get(key);
    if (known === undefined) {
      places.set(key, [merged.length]);
      merged.push(span);
      continue;
    }
    const place = known.find((index) => arePartsOfOne(merged[index], span));
    if (place === undefined) {
      known.push(merged.length);
      merged.push(span);
    } else {
      merged[place] = mergeTwo(merged[place], span);
    }
  }
  return merged;
}

function arePartsOfOne(a: JsonObject, b: JsonObject): boolean {
  const [here, there] = [a, b].map(({ localEndpoint }) => (isJsonObject(localEndpoint) ? localEndpoint : {}));
  return (
    agree(a.kind, b.kind) &&
    agree(a.parentId, b.parentId) &&
    agree(here.serviceName, there.serviceName) &&
    agree(here.ipv4, there.ipv4) &&
    agree(here.ipv6, there.ipv6)
  );
}

function agree(a: unknown, b: unknown): boolean {
  return a === b || isMissing(a) || isMissing(b);
}

function mergeTwo(a: JsonObject, b: JsonObject): JsonObject {
  const fields = new Map(Object.entries(a));
  for (const [key, value] of Object.entries(b)) {
    if (isMissing(fields.get(key)) || fields.get(key) === 0) {
      fields.set(key, value);
    }
  }
  return {
    ...Object.fromEntries(fields),
    tags: { ...(isJsonObject(a.tags) ? a.tags : {}), ...(isJsonObject(b.tags) ? b.tags : {}) },
    annotations: uniqueAnnotations([...listOf(a.annotations), ...listOf(b.annotations)]),
  };
}

function uniqueAnnotations(annotations: readonly unknown[]): unknown[] {
  const known = new Set<string>();
  return annotations.filter((annotation) => {
    const print = JSON.stringify(annotation);
    return !known.has(print) && known.add(print);
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
