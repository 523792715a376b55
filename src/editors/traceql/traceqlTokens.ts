import { parseTraceql } from './parseTraceql';

/** A coloured piece; the names are those that Monaco's themes know. */
export interface TraceqlToken {
  readonly from: number;
  readonly type:
    'comment' | 'delimiter' | 'keyword' | 'number' | 'operator' | 'string' | 'tag' | 'type' | 'variable' | '';
}

const TYPES: ReadonlyMap<string, TraceqlToken['type']> = new Map([
  ['LineComment', 'comment'],
  ['BlockComment', 'comment'],
  ['String', 'string'],
  ['Integer', 'number'],
  ['Float', 'number'],
  ['Duration', 'number'],
  ['Static', 'keyword'],
  ['HintValue', 'keyword'],
  ['IntrinsicField', 'type'],
  ['Resource', 'tag'],
  ['Span', 'tag'],
  ['Event', 'tag'],
  ['Link', 'tag'],
  ['Instrumentation', 'tag'],
  ['Parent', 'tag'],
  ['Identifier', 'variable'],
  ['HintIdentifier', 'variable'],
  ['And', 'operator'],
  ['Or', 'operator'],
  ['Gt', 'operator'],
  ['Lt', 'operator'],
  ['Desc', 'operator'],
  ['Anc', 'operator'],
  ['FieldOp', 'operator'],
  ['ScalarOp', 'operator'],
  ['ComparisonOp', 'operator'],
  ['ExperimentalOp', 'operator'],
  ['UnionStructuralOp', 'operator'],
]);

/** Every piece of a text in its order. What has no name in the grammar is a word of the language or punctuation. */
export function traceqlTokens(text: string): readonly TraceqlToken[] {
  const tokens: TraceqlToken[] = [];
  let end = 0;
  const fill = (to: number) => {
    for (const found of text.slice(end, to).matchAll(/[\w]+|[^\w\s]+|\s+/g)) {
      const type = /\w/.test(found[0]) ? 'keyword' : /\S/.test(found[0]) ? 'delimiter' : '';
      tokens.push({ from: end + found.index, type });
    }
    end = Math.max(end, to);
  };
  parseTraceql(text).iterate({
    enter: ({ name, node, from, to }) => {
      const isLeaf = node.firstChild === null;
      const type = isLeaf
        ? (TYPES.get(name) ?? (/Type$|^Aggregate$|^With$/.test(name) ? 'keyword' : undefined))
        : undefined;
      if (type !== undefined && to > from) {
        fill(from);
        tokens.push({ from, type });
        end = to;
      }
    },
  });
  fill(text.length);
  return tokens;
}
