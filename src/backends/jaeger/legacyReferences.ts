import { Attributes } from '../../model/attributes';
import { normalizeTraceId } from '../../model/ids';
import type { SpanLink } from '../../model/trace';
import type { LegacyReference, Unchecked } from './legacyJson';
import { readSpanId } from './legacyReaders';
import { objectOf } from './legacyTags';

/**
 * The reference that names the parent, as Jaeger itself decides: the first CHILD_OF into the span's own trace, else the
 * first FOLLOWS_FROM into it. `traceIdText` is the span's trace id as the wire spells it, `traceId` the normalised one.
 */
export function findParent(
  references: readonly unknown[],
  traceIdText: unknown,
  traceId: string
): Unchecked<LegacyReference> | undefined {
  let followed: Unchecked<LegacyReference> | undefined;
  for (const raw of references) {
    const reference = objectOf<LegacyReference>(raw);
    if (reference === undefined || readSpanId(reference.spanID) === undefined) {
      continue;
    }
    if (reference.traceID !== traceIdText && readTarget(reference, traceId) !== traceId) {
      continue;
    }
    if (reference.refType === 'CHILD_OF') {
      return reference;
    }
    followed ??= reference.refType === 'FOLLOWS_FROM' ? reference : undefined;
  }
  return followed;
}

/** Every reference but the parent's; what points nowhere is no link. */
export function decodeLinks(references: readonly unknown[], parent: unknown, traceId: string): readonly SpanLink[] {
  const links: SpanLink[] = [];
  for (const raw of references) {
    const reference = raw === parent ? undefined : objectOf<LegacyReference>(raw);
    const spanId = reference && readSpanId(reference.spanID);
    const target = reference && readTarget(reference, traceId);
    if (spanId !== undefined && target !== undefined) {
      links.push({ traceId: target, spanId, attributes: Attributes.empty });
    }
  }
  return links;
}

function readTarget(reference: Unchecked<LegacyReference>, ownTraceId: string): string | undefined {
  const text = reference.traceID;
  return text === undefined ? ownTraceId : typeof text === 'string' ? normalizeTraceId(text) : undefined;
}
