import type { TraceKeyValuePair, TraceSpanReference } from '@grafana/data';
import { displayTraceId } from '../model/ids';
import { W3C_TRACESTATE } from '../model/semconv';
import type { Span, SpanLink, Trace } from '../model/trace';
import { buildTags } from './tags';

/** Grafana lets an entry override the kind it would assume; its published type does not say so. */
type Reference = TraceSpanReference & { readonly refType?: 'CHILD_OF' | 'FOLLOWS_FROM' };

/** Never the id of a span (W3C Trace Context forbids it), so Grafana finds no parent and leaves the span a root. */
const NO_SPAN = '0000000000000000';

/**
 * Who Grafana's trace view shall take for the parent, and what it shall list under "References".
 *
 * The view reads the parent from the first of [parent, ...references] and from nowhere else (12.4, TraceView
 * selectors/trace.ts): a root whose first link points to a span of its own trace would be hung under that span. Such a
 * root lists a link to another trace first, and where it has none, a parent that does not exist.
 */
export class SpanReferences {
  private spanIds: Set<string> | undefined = undefined;

  constructor(
    private readonly trace: Trace,
    private readonly shownTraceId: string
  ) {}

  /** The id of the parent that `assembleTrace` settled on; of a parent missing from the trace, the id it had. */
  parentSpanId(span: Span): string | undefined {
    if (span.parent) {
      return span.parent.spanId;
    }
    // A parent that was cut off (a cycle, a span that named itself) is in the trace but is not the parent any more.
    return span.parentSpanId !== undefined && !this.hasSpan(span.parentSpanId) ? span.parentSpanId : undefined;
  }

  /** Undefined for the many spans without links. */
  references(span: Span): Reference[] | undefined {
    if (span.links.length === 0) {
      return undefined;
    }
    const references = span.links.map((link) => this.reference(link));
    if (this.parentSpanId(span) !== undefined) {
      return references;
    }
    const foreign = references.findIndex((reference) => !this.hasSpan(reference.spanID));
    if (foreign === -1) {
      return [{ refType: 'CHILD_OF', traceID: this.shownTraceId, spanID: NO_SPAN }, ...references];
    }
    return [references[foreign], ...references.slice(0, foreign), ...references.slice(foreign + 1)];
  }

  private reference(link: SpanLink): Reference {
    const tags: TraceKeyValuePair[] = [...buildTags(link.attributes)];
    if (link.traceState) {
      tags.push({ key: W3C_TRACESTATE, value: link.traceState });
    }
    return {
      // The view compares this with the span's own trace id to tell links within the trace from links out of it.
      traceID: link.traceId === this.trace.traceId ? this.shownTraceId : displayTraceId(link.traceId),
      spanID: link.spanId,
      tags,
    };
  }

  private hasSpan(spanId: string): boolean {
    this.spanIds ??= new Set(this.trace.spans.map((span) => span.spanId));
    return this.spanIds.has(spanId);
  }
}
