/** What fits where the cursor is. `from` is where the word that is being written begins. */
export type TraceqlCompletion =
  /** A field: of the span, its resource, its trace. */
  | { readonly expects: 'name'; readonly from: number }
  /** Of the field called so, as it is written; `from` includes an opening quote. */
  | { readonly expects: 'value'; readonly from: number; readonly name: string }
  | { readonly expects: 'operator' | 'conjunction' | 'stage' | 'hint' | 'start'; readonly from: number };

const NAME = String.raw`[\w.:-]*(?:"(?:[^"\\]|\\.)*")?[\w.:-]*`;
const VALUE_BEGUN = new RegExp(String.raw`(${NAME})\s*(?:=~|!~|!=|>=|<=|=|<|>)\s*("(?:[^"\\]|\\.)*|[\w.$-]*)$`);
const COMPARED = /(?:=~|!~|!=|>=|<=|=|<|>)\s*(?:"(?:[^"\\]|\\.)*"|`[^`]*`|[\w.-]+)\)*\s+\S*$/;
const NAME_WRITTEN = /[\w."-]\s+[=!<>~]*$/;

/** Judged by what stands before the cursor alone: what follows may be the rest of another thought. */
export function completionAt(text: string): TraceqlCompletion {
  const word = /[\w.:"-]*$/.exec(text)?.[0] ?? '';
  const from = text.length - word.length;
  const before = text.slice(0, from);
  if (/\bwith\s*\([^)]*$/.test(text)) {
    return { expects: 'hint', from };
  }
  if (/\b(?:by|select|(?:min|max|avg|sum|quantile|histogram)(?:_over_time)?)\s*\([^)]*$/.test(before)) {
    return { expects: 'name', from };
  }
  if (!isInBraces(text)) {
    return { expects: /\|\s*$/.test(before) ? 'stage' : before.trim() === '' ? 'start' : 'stage', from };
  }
  if (COMPARED.test(text)) {
    return { expects: 'conjunction', from: text.length - (/[&|]*$/.exec(text)?.[0].length ?? 0) };
  }
  const value = VALUE_BEGUN.exec(text);
  if (value) {
    return { expects: 'value', from: text.length - value[2].length, name: value[1] };
  }
  if (NAME_WRITTEN.test(text) && !/(?:&&|\|\||[({!])\s*$/.test(text)) {
    return { expects: 'operator', from: text.length - (/[=!<>~]*$/.exec(text)?.[0].length ?? 0) };
  }
  return { expects: 'name', from };
}

/** Braces inside of texts do not count. */
function isInBraces(text: string): boolean {
  const plain = text.replace(/"(?:[^"\\]|\\.)*(?:"|$)|`[^`]*(?:`|$)/g, '');
  return plain.lastIndexOf('{') > plain.lastIndexOf('}');
}
