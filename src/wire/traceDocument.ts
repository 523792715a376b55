import type { Steps } from '../model/cooperative';
import type { DecodedSpans } from '../model/flatSpan';
import type { Trace } from '../model/trace';

/**
 * Reads one kind of file that holds traces. `documents` is what the file's JSON says: one value, or the list of values of
 * a file with one a line. Readers look at the first items only to recognise a list; what does not fit is left out with a
 * warning while decoding.
 */
export interface TraceDocumentReader {
  /** As sentences name it: "Jaeger JSON". */
  readonly name: string;
  recognizes(document: unknown): boolean;
  /** Yields between parts that take a millisecond or so, for a page that must not freeze. */
  decode(document: unknown): Steps<DecodedSpans>;
}

/** Writes one kind of file that holds a trace; a reader of the same format reads it back. */
export interface TraceDocumentWriter {
  /** In file names: lower-case letters. */
  readonly id: string;
  /** In menus: "Jaeger JSON". */
  readonly label: string;
  /** What `JSON.stringify` takes. */
  encode(trace: Trace): unknown;
}
