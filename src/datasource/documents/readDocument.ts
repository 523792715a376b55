import type { Steps } from '../../model/cooperative';
import { assembleTraceSteps } from '../../model/assembleTrace';
import type { FlatSpan } from '../../model/flatSpan';
import type { Notice } from '../../model/notice';
import type { Trace } from '../../model/trace';
import type { TraceDocumentReader } from '../../wire/traceDocument';
import { QueryRefused } from '../queryRefused';
import { describeShape } from './describeShape';
import { brokenLinesSentence, noSpansSentence, otherLinesSentence, otherShapeSentence } from './documentSentences';
import { parseDocument, type ParsedLines } from './parseDocument';

export interface DocumentReading {
  /** At least one, each with at least one span; in the order of the document. */
  readonly traces: readonly Trace[];
  /** The name of what it was read as; several with "and" between. */
  readonly format: string;
  /** What was left out or repaired. */
  readonly notices: readonly Notice[];
}

/** The text of a document → its traces. Throws a `QueryRefused` with a sentence when there is none in it. */
export function* readDocument(text: string, readers: readonly TraceDocumentReader[]): Steps<DocumentReading> {
  const parsed = yield* parseDocument(text);
  const sorted = parsed.kind === 'one' ? sortOne(parsed.value, readers) : sortLines(parsed, readers);
  const spansByTraceId = new Map<string, FlatSpan[]>();
  const warnings: string[] = [];
  for (const [reader, document] of sorted.documents) {
    const decoded = yield* reader.decode(document);
    warnings.push(...decoded.warnings);
    for (const span of decoded.spans) {
      const spans = spansByTraceId.get(span.traceId);
      if (spans) {
        spans.push(span);
      } else {
        spansByTraceId.set(span.traceId, [span]);
      }
    }
    yield;
  }
  const traces: Trace[] = [];
  for (const spans of spansByTraceId.values()) {
    const trace = yield* assembleTraceSteps(spans);
    if (trace) {
      traces.push(trace);
    }
    yield;
  }
  const format = sorted.documents.map(([{ name }]) => name).join(' and ');
  if (traces.length === 0) {
    throw new QueryRefused(noSpansSentence(format, warnings[0]));
  }
  const notices = [...sorted.losses, ...new Set(warnings)].map((remark): Notice => ({
    severity: 'warning',
    text: remark,
  }));
  return { traces, format, notices };
}

interface Sorted {
  /** What to read and who reads it. */
  readonly documents: ReadonlyArray<readonly [TraceDocumentReader, unknown]>;
  readonly losses: readonly string[];
}

/** A list is what its items are: files put together by hand hold an item of one kind and an item of another. */
function sortOne(value: unknown, readers: readonly TraceDocumentReader[]): Sorted {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const { documents, strangers } = sortItems(items, readers);
  if (documents.length === 0) {
    throw new QueryRefused(otherShapeSentence(describeShape(value)));
  }
  return { documents, losses: strangerLosses(strangers, items.length) };
}

/** Each line may be of another kind: the Collector's file exporter writes traces, metrics and logs into one file. */
function sortLines({ values, broken, firstBreak }: ParsedLines, readers: readonly TraceDocumentReader[]): Sorted {
  const { documents, strangers } = sortItems(values, readers);
  if (documents.length === 0) {
    throw new QueryRefused(otherShapeSentence(describeShape(values[0])));
  }
  const total = values.length + broken;
  return {
    documents,
    losses: [
      ...(firstBreak ? [brokenLinesSentence(broken, total, firstBreak)] : []),
      ...strangerLosses(strangers, total),
    ],
  };
}

interface SortedItems {
  /** Each reader with the list of what it reads. */
  readonly documents: Sorted['documents'];
  /** What nobody reads. */
  readonly strangers: readonly unknown[];
}

function sortItems(items: readonly unknown[], readers: readonly TraceDocumentReader[]): SortedItems {
  const itemsByReader = new Map<TraceDocumentReader, unknown[]>();
  const strangers: unknown[] = [];
  for (const item of items) {
    // Some formats know their spans one by one only as items of a list.
    const reader = readers.find(({ recognizes }) => recognizes(item) || recognizes([item]));
    const list = reader === undefined ? strangers : (itemsByReader.get(reader) ?? []);
    list.push(item);
    if (reader !== undefined) {
      itemsByReader.set(reader, list);
    }
  }
  return { documents: [...itemsByReader], strangers: strangers.filter((item) => !isEmptyList(item)) };
}

/** A trace without spans, in a list of traces, is no loss. */
function isEmptyList(item: unknown): boolean {
  return Array.isArray(item) && item.length === 0;
}

function strangerLosses(strangers: readonly unknown[], total: number): readonly string[] {
  return strangers.length === 0 ? [] : [otherLinesSentence(strangers.length, total, describeShape(strangers[0]))];
}
