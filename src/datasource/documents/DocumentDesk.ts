import { displayTraceId } from '../../model/ids';
import { runForPage } from '../../model/runForPage';
import { summarizeTrace } from '../../model/summary';
import { toMillis, unixMillis } from '../../model/time';
import type { Trace } from '../../model/trace';
import type { DocumentQuery } from '../../query/query';
import type { TraceDocumentReader } from '../../wire/traceDocument';
import { QueryRefused } from '../queryRefused';
import { SharedRequests } from '../sharedRequests';
import type { DocumentShelf } from './DocumentShelf';
import { damagedTextSentence, notHeldSentence, tooLargeSentence } from './documentSentences';
import { isPacked, packText, unpackText } from './documentText';
import { readDocument, type DocumentReading } from './readDocument';
import { MAX_DOCUMENT_BYTES, readFile } from './readFile';

/**
 * The longest packed text, in characters, that is put into a query. In Explore the query stands in the address, and
 * servers in front of Grafana commonly take addresses of 8 kB; a saved dashboard has room for more.
 */
const ROOM_IN_ADDRESS = 6_000;
const ROOM_IN_DASHBOARD = 200_000;

/** What a query says about a document. */
export type DocumentFields = Pick<DocumentQuery, 'text' | 'heldAs' | 'name' | 'size'>;

/** One trace of a document, as a picker shows it. */
export interface DocumentEntry {
  readonly traceId: string;
  /** "service: operation" of its root. */
  readonly title: string;
  readonly spanCount: number;
  readonly errorCount: number;
  readonly startMs: number;
  readonly durationMs: number;
}

/** Readings are kept so long after they were made, that switching views does not read again. */
const KEEP_MS = 10 * 60_000;
/** A reading of a large document takes much memory. */
const MAX_KEPT = 3;

export interface DeskOptions {
  readonly readers: readonly TraceDocumentReader[];
  readonly shelf: DocumentShelf;
  /** Milliseconds on a clock that never goes back. */
  now(): number;
}

/** Where documents come in, from a file or a text, and are read again for each run of their query. */
export class DocumentDesk {
  private readonly readings: SharedRequests<DocumentReading>;

  constructor(private readonly options: DeskOptions) {
    this.readings = new SharedRequests(KEEP_MS, options.now, MAX_KEPT);
  }

  /**
   * What a query shall say about a file or a pasted text that holds traces. Rejects with
   * a `QueryRefused` when there is no trace in it.
   */
  async take(source: Blob | string, name: string | undefined, isInAddress: boolean): Promise<DocumentFields> {
    const room = isInAddress ? ROOM_IN_ADDRESS : ROOM_IN_DASHBOARD;
    const text = typeof source === 'string' ? source : await readFile(source);
    if (text.length > MAX_DOCUMENT_BYTES) {
      throw new QueryRefused(tooLargeSentence(text.length, MAX_DOCUMENT_BYTES));
    }
    const reading = await this.readText(text);
    // Only what might fit is packed: it takes a second for 100 MB, and nothing packs better than a hundredth.
    const packed = text.length < room * 100 ? await packText(text) : undefined;
    const place =
      packed !== undefined && packed.length <= room ? { text: packed } : { heldAs: this.options.shelf.hold(text) };
    const fields: DocumentFields = { ...place, ...(name === undefined ? {} : { name }), size: text.length };
    await this.readings.get(keyOf(fields), async () => reading);
    return fields;
  }

  /** Rejects with a `QueryRefused`, and with the signal's reason. */
  read(query: DocumentFields, signal?: AbortSignal): Promise<DocumentReading> {
    return this.readings.get(keyOf(query), async (until) => this.readText(await this.textOf(query), until), signal);
  }

  /** The traces in a document, in its order. */
  async list(query: DocumentFields, signal?: AbortSignal): Promise<readonly DocumentEntry[]> {
    return (await this.read(query, signal)).traces.map(entryOf);
  }

  /** Whether the text is at hand: in the query, or on this page. */
  has({ text, heldAs }: DocumentFields): boolean {
    return text !== undefined || (heldAs !== undefined && this.options.shelf.find(heldAs) !== undefined);
  }

  /** The same document, safe to stand in a link: written by hand, its text may hold what looks like a variable. */
  async inLink(fields: DocumentFields): Promise<DocumentFields> {
    const { text } = fields;
    return text === undefined || isPacked(text) ? fields : { ...fields, text: await packText(text) };
  }

  private async textOf({ text, heldAs, name }: DocumentFields): Promise<string> {
    const held = heldAs === undefined ? undefined : this.options.shelf.find(heldAs);
    if (held !== undefined) {
      return held;
    }
    if (text === undefined) {
      throw new QueryRefused(notHeldSentence(name));
    }
    try {
      return await unpackText(text, MAX_DOCUMENT_BYTES);
    } catch {
      throw new QueryRefused(damagedTextSentence());
    }
  }

  private readText(text: string, signal?: AbortSignal): Promise<DocumentReading> {
    const { readers, now } = this.options;
    return runForPage(readDocument(text, readers), signal, now);
  }
}

function entryOf(trace: Trace): DocumentEntry {
  const { traceId, rootServiceName, rootSpanName, errorCount = 0, startUnixNano, duration } = summarizeTrace(trace);
  return {
    traceId: displayTraceId(traceId),
    title: `${rootServiceName ?? ''}: ${rootSpanName ?? ''}`,
    spanCount: trace.spans.length,
    errorCount,
    startMs: unixMillis(startUnixNano),
    durationMs: toMillis(duration),
  };
}

function keyOf({ text, heldAs }: DocumentFields): string {
  return heldAs ?? text ?? '';
}
