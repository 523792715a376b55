import { runForPage } from '../../model/runForPage';
import { OTLP_PROTOBUF } from '../../wire/otlp/otlpDocuments';
import { QueryRefused } from '../queryRefused';
import {
  binaryDocumentSentence,
  damagedGzipSentence,
  tooLargeSentence,
  tooLargeUnpackedSentence,
  unreadableFileSentence,
} from './documentSentences';
import { gunzip, isGzip } from './documentText';

/**
 * What is read of one document, in bytes. Its text, the parsed JSON and the trace are in memory at the same time: at
 * 100 MB, about 100,000 spans, that is some 1.5 GB.
 */
export const MAX_DOCUMENT_BYTES = 100_000_000;

/** The text of a file that somebody chose; unpacks gzip, and writes OTLP protobuf as OTLP JSON. Rejects with a `QueryRefused`. */
export async function readFile(file: Blob): Promise<string> {
  if (file.size > MAX_DOCUMENT_BYTES) {
    throw new QueryRefused(tooLargeSentence(file.size, MAX_DOCUMENT_BYTES));
  }
  const bytes = await bytesOf(file);
  const plain = isGzip(bytes) ? await unpack(bytes) : bytes;
  // Text holds no zero bytes, except as UTF-16, which no writer of traces uses.
  const mayBeText = !plain.subarray(0, 4_000).includes(0);
  const text = mayBeText ? decodeWhole(plain) : undefined;
  const decoded = text ?? (await textOfProtobuf(plain)) ?? (mayBeText ? new TextDecoder().decode(plain) : undefined);
  if (decoded === undefined) {
    throw new QueryRefused(binaryDocumentSentence());
  }
  return decoded;
}

/** Undefined where a byte is not of UTF-8. */
function decodeWhole(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** OTLP in protobuf as OTLP JSON, a line a body; undefined when the bytes are something else. */
async function textOfProtobuf(bytes: Uint8Array): Promise<string | undefined> {
  // Few files are in protobuf, and what reads it is not loaded before one comes.
  const { readOtlpProtobufSteps } = await import('../../wire/otlp/otlpProtobuf');
  const bodies = await runForPage(readOtlpProtobufSteps(bytes), undefined);
  return bodies?.map((body) => JSON.stringify({ format: OTLP_PROTOBUF, ...body })).join('\n');
}

async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new QueryRefused(unreadableFileSentence(error instanceof Error ? error.message : String(error)));
  }
}

async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await gunzip(bytes, MAX_DOCUMENT_BYTES);
  } catch (error) {
    throw new QueryRefused(
      error instanceof RangeError ? tooLargeUnpackedSentence(MAX_DOCUMENT_BYTES) : damagedGzipSentence()
    );
  }
}
