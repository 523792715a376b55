/** Every sentence about a document that a user can see: what is wrong with it, where, and what to do. */

export const FORMATS_READ =
  'Jaeger JSON, OTLP as JSON or protobuf, Zipkin JSON, answers of Tempo and trace frames of Grafana';

const MAX_QUOTE = 40;

export function emptyDocumentSentence(): string {
  return 'There is nothing in this document. Choose a file with traces, or paste its text.';
}

export function htmlDocumentSentence(): string {
  return 'This is a web page, not JSON: a login form or an error page was saved in place of the data. Download it again, logged in.';
}

export function tableDocumentSentence(): string {
  return `This looks like a table (CSV), which does not hold a trace. Download the trace as JSON; what is read is ${FORMATS_READ}.`;
}

export function traceIdDocumentSentence(traceId: string): string {
  return `This text is the trace ID ${quote(traceId)}, not a trace. Choose “Trace ID” to look it up.`;
}

export function noJsonSentence(text: string): string {
  return `This is not JSON: it begins with ${quote(text)}. What is read is ${FORMATS_READ}.`;
}

export interface Break {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** What stands there. */
  readonly excerpt: string;
}

export function cutJsonSentence({ line, column }: Break, length: number): string {
  return `The JSON breaks off at its end, in line ${count(line)}, column ${count(column)}, after ${count(length)} characters: a part is missing. Download or copy the whole of it.`;
}

export function damagedJsonSentence({ line, column, excerpt }: Break): string {
  return `The JSON is damaged at line ${count(line)}, column ${count(column)}, before ${quote(excerpt)}. Download or copy it again.`;
}

export function otherShapeSentence(looks: string): string {
  return `This JSON holds no trace: it is ${looks}. What is read is ${FORMATS_READ}.`;
}

export function noSpansSentence(format: string, remark: string | undefined): string {
  return `There is no span in this document, which was read as ${format}.${remark === undefined ? '' : ` ${remark}`}`;
}

export function brokenLinesSentence(broken: number, total: number, first: Break): string {
  const which = broken === 1 ? 'One line' : `${count(broken)} lines`;
  return `${which} of ${count(total)} could not be read and ${broken === 1 ? 'is' : 'are'} left out; the first is line ${count(first.line)}, damaged at column ${count(first.column)}.`;
}

export function otherLinesSentence(left: number, total: number, looks: string): string {
  return left === 1
    ? `One entry of ${count(total)} holds no spans and is left out: it is ${looks}.`
    : `${count(left)} entries of ${count(total)} hold no spans and are left out; the first is ${looks}.`;
}

export function tooLargeSentence(bytes: number, limit: number): string {
  return `The file has ${megabytes(bytes)}, and no more than ${megabytes(limit)} are read, since the browser holds all of it at once. Cut it into smaller files; a file with one JSON value a line can be cut between lines.`;
}

export function tooLargeUnpackedSentence(limit: number): string {
  return `Unpacked this file has more than ${megabytes(limit)}, which is all that is read. Unpack it and cut it into smaller files.`;
}

export function damagedGzipSentence(): string {
  return 'This is a gzip file, but it cannot be unpacked: it is damaged or not complete. Download it again.';
}

export function unreadableFileSentence(reason: string): string {
  return `The browser could not read the file: ${reason}. Check that it still exists and that you may read it, then choose it again.`;
}

export function binaryDocumentSentence(): string {
  return `This file is binary, and neither a packed text (gzip) nor OTLP protobuf with spans in it. What is read is ${FORMATS_READ}.`;
}

export function notHeldSentence(name: string | undefined): string {
  const what = name === undefined ? 'The pasted text' : `The file ${quote(name)}`;
  const again = name === undefined ? 'Paste it again' : 'Choose it again';
  return `${what} was too long to be kept in the query, and this page does not have it any more. ${again}.`;
}

export function damagedTextSentence(): string {
  return 'The text of the document in this query is damaged: it was cut or changed outside. Choose the file again, or paste the text again.';
}

export function chooseTraceSentence(): string {
  return 'Choose one of the traces of the document first: a file is written of one trace.';
}

export function readSentence(read: { name?: string; format: string; traces: number; spans: number }): string {
  const { name, format, traces, spans } = read;
  const what = `${traces === 1 ? '1 trace' : `${count(traces)} traces`} with ${spans === 1 ? '1 span' : `${count(spans)} spans`}`;
  return `Read ${what} from ${name === undefined ? 'the pasted text' : quote(name)}, as ${format}.`;
}

export function elsewhereSentence(traceId: string, product: string): string {
  return `The document holds no trace ${traceId.slice(0, MAX_QUOTE)}, so it was looked up in ${product}.`;
}

export function filteredDocumentSentence(kept: number, all: number): string {
  return `The filters of the dashboard leave ${kept} of the ${all} traces in it.`;
}

export function neitherSentence(traceId: string, failure: string): string {
  return `The document holds no trace ${traceId.slice(0, MAX_QUOTE)}, and looking it up failed too: ${failure}`;
}

function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `“${line.length > MAX_QUOTE ? `${line.slice(0, MAX_QUOTE)}…` : line}”`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000).toLocaleString('en-US')} MB`;
}
