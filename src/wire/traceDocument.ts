import type { DecodedSpans } from '../model/flatSpan';

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
  decode(document: unknown): Generator<void, DecodedSpans, void>;
}
