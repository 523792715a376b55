/** What a text with variables stands for when a variable may hold several values. */
import { escapePattern } from '../model/valuePattern';
import { hasVariable } from './variableText';

/** Turns the value of a variable, a text or the list of chosen texts, into what stands in its place. */
export type VariableFormat = (value: unknown) => string;

/** Grafana's `TemplateSrv.replace` with the scoped variables already given. */
export type ReplaceVariables = (text: string, format?: VariableFormat) => string;

/** A literal piece, or the values of a variable in its place. */
type Piece = string | readonly string[];

/** More combinations than anyone asks for in one field. */
const MAX_TEXTS = 1000;

/** A text whose variables are replaced, all their values kept. */
export class ExpandedText {
  constructor(
    private readonly pieces: readonly Piece[],
    /** Whether a variable was replaced by nothing, and nothing else is left. */
    readonly isEmptied: boolean
  ) {}

  /** Whether a variable holds several values. */
  get isSeveral(): boolean {
    return this.pieces.some((piece) => typeof piece !== 'string' && piece.length > 1);
  }

  /** One text for each combination of values, each once. */
  get texts(): readonly string[] {
    let texts: readonly string[] = [''];
    for (const piece of this.pieces) {
      const values = typeof piece === 'string' ? [piece] : piece;
      texts = texts.flatMap((text) => values.map((value) => text + value)).slice(0, MAX_TEXTS);
    }
    return [...new Set(texts)];
  }

  /** A pattern of one of the texts: literal pieces escaped, or as they are in a text that is a pattern itself. */
  pattern(isPattern: boolean): string {
    return this.pieces
      .map((piece) => {
        if (typeof piece === 'string') {
          return isPattern ? piece : escapePattern(piece);
        }
        const values = piece.map(escapePattern);
        return values.length === 1 ? values[0] : `(${values.join('|')})`;
      })
      .join('');
  }
}

/** Private-use characters: they stand for the values while Grafana replaces the variables around them. */
const OPEN = '\ue000';
const CLOSE = '\ue001';

/** A variable of one value becomes a part of the text around it, so that a text box may hold a pattern. */
export function expandVariables(text: string, replace: ReplaceVariables): ExpandedText {
  if (!hasVariable(text)) {
    return new ExpandedText([text], false);
  }
  const lists: string[][] = [];
  const replaced = replace(text, (value) => {
    if (!Array.isArray(value)) {
      return String(value ?? '');
    }
    lists.push(value.map((one) => String(one ?? '')));
    return value.length === 0 ? '' : OPEN + (lists.length - 1) + CLOSE;
  });
  const pieces = replaced.split(/\ue000(\d+)\ue001/).map((piece, index): Piece => {
    return index % 2 === 0 ? piece : (lists[Number(piece)] ?? '');
  });
  return new ExpandedText(pieces, replaced.trim() === '');
}
