import { QueryRefused } from '../queryRefused';
import {
  cutJsonSentence,
  damagedJsonSentence,
  emptyDocumentSentence,
  htmlDocumentSentence,
  noJsonSentence,
  tableDocumentSentence,
  traceIdDocumentSentence,
  type Break,
} from './documentSentences';
import { findJsonBreak } from './findJsonBreak';

/** One JSON value, or those of a file with one a line. */
export type ParsedDocument =
  { readonly kind: 'one'; readonly value: unknown } | ({ readonly kind: 'lines' } & ParsedLines);

export interface ParsedLines {
  readonly values: readonly unknown[];
  readonly broken: number;
  /** Set when a line is broken. */
  readonly firstBreak?: Break;
}

/** So many characters of lines are parsed between two yields: some milliseconds. */
const CHARACTERS_PER_STEP = 1_000_000;

/**
 * The text of a document → what its JSON says. One JSON value is parsed in one step, as a browser offers nothing else;
 * lines are parsed in steps. Throws a `QueryRefused` with a sentence.
 */
export function* parseDocument(text: string): Generator<void, ParsedDocument, void> {
  const json = text.replace(/^\uFEFF/, '').trimEnd();
  refuseOther(json);
  try {
    return { kind: 'one', value: JSON.parse(json) as unknown };
  } catch {
    const lines = yield* parseLines(json);
    // In JSON that is laid out over lines and broken, a line that is a value by itself is the exception. Of two
    // lines the first is one where the file is still being written.
    const isGrowing = lines.values.length === 1 && lines.broken === 1 && (lines.firstBreak?.line ?? 1) > 1;
    if (lines.values.length > lines.broken || isGrowing) {
      return { kind: 'lines', ...lines };
    }
    throw new QueryRefused(breakSentence(json, breakOf(json)));
  }
}

/** What is not JSON by its looks. */
function refuseOther(text: string): void {
  const start = text.slice(0, 2_000).trimStart();
  if (start === '') {
    throw new QueryRefused(emptyDocumentSentence());
  }
  if (/^[[{]/.test(start)) {
    return;
  }
  if (/^<[!?a-z]/i.test(start)) {
    throw new QueryRefused(htmlDocumentSentence());
  }
  if (/^[0-9a-f]{16,32}$/i.test(text.trim())) {
    throw new QueryRefused(traceIdDocumentSentence(text.trim()));
  }
  const [head, second = ''] = start.split('\n');
  const separators = (line: string) => line.split(/[,;\t]/).length - 1;
  if (separators(head) > 0 && separators(head) === separators(second) && !second.includes('{')) {
    throw new QueryRefused(tableDocumentSentence());
  }
  if (!start.includes('{')) {
    throw new QueryRefused(noJsonSentence(start));
  }
}

function* parseLines(text: string): Generator<void, ParsedLines, void> {
  const values: unknown[] = [];
  let broken = 0;
  let firstBreak: Break | undefined;
  let charactersInStep = 0;
  let number = 0;
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    const line = text.slice(from, to).trim();
    from = to + 1;
    number++;
    if (line === '') {
      continue;
    }
    try {
      const value: unknown = line.startsWith('{') || line.startsWith('[') ? JSON.parse(line) : undefined;
      if (value === undefined) {
        broken++;
        firstBreak ??= { line: number, column: 1, excerpt: line };
      } else {
        values.push(value);
      }
    } catch {
      broken++;
      firstBreak ??= { ...breakOf(line), line: number };
    }
    // Broken JSON over very many lines is not worth a try on each.
    if (values.length === 0 && broken >= 100) {
      break;
    }
    charactersInStep += line.length;
    if (charactersInStep >= CHARACTERS_PER_STEP) {
      charactersInStep = 0;
      yield;
    }
  }
  return { values, broken, firstBreak };
}

function breakSentence(text: string, at: Break): string {
  return at.excerpt === '' ? cutJsonSentence(at, text.length) : damagedJsonSentence(at);
}

function breakOf(text: string): Break {
  const at = findJsonBreak(text);
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n'), excerpt: text.slice(at, at + 40) };
}
