import { parser } from '@grafana/lezer-traceql';
import type { SyntaxNode } from '@lezer/common';

/** What a text in braces asks of one span, read by a grammar that the product's writer knows nothing of. */
export type SpanCondition =
  { readonly is: 'both' | 'either'; readonly left: SpanCondition; readonly right: SpanCondition } | SpanComparison;

export interface SpanComparison {
  readonly is: 'comparison';
  /** `intrinsic`, `any`, or the scope as written. */
  readonly scope: string;
  /** Without quotes and escapes. */
  readonly key: string;
  readonly operator: string;
  readonly literal: TraceqlLiteral;
}

export type TraceqlLiteral =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'number'; readonly value: number | bigint; readonly isFloat: boolean }
  /** In nanoseconds. */
  | { readonly type: 'duration'; readonly value: number }
  /** `error`, `server`, `true`, `nil`. */
  | { readonly type: 'word'; readonly value: string };

export interface ReadTraceql {
  /** Missing for `{ }`. */
  readonly condition?: SpanCondition;
  readonly selected: readonly string[];
  readonly hints: ReadonlyMap<string, string>;
}

/** Reads `{…} | select(…) with (…)`. Throws on everything else, and where the grammar finds an error. */
export function readTraceql(text: string): ReadTraceql {
  // The grammar knows two escapes, Tempo itself all of Go's: to it they are as many plain letters.
  const plain = text.replace(/\\(?:u[0-9a-fA-F]{4}|.)/g, (escape) =>
    /\\["\\]/.test(escape) ? escape : '_'.repeat(escape.length)
  );
  const tree = parser.parse(plain);
  const nodes: SyntaxNode[] = [];
  tree.iterate({
    enter: ({ node, type }) => {
      if (type.isError) {
        throw new Error(`${text}\n${' '.repeat(node.from)}^ is no TraceQL`);
      }
      nodes.push(node);
    },
  });
  const textOf = ({ from, to }: SyntaxNode) => text.slice(from, to);
  const filters = nodes.filter(({ name }) => name === 'SpansetFilter');
  if (filters.length !== 1) {
    throw new Error(`${text} has ${filters.length} pairs of braces.`);
  }
  const condition = filters[0].getChild('FieldExpression');
  const select = nodes.find(({ name }) => name === 'SelectOperation');
  return {
    ...(condition && { condition: readCondition(condition, text) }),
    selected: nodes
      .filter(({ name, from, to }) => select && /Field$/.test(name) && from >= select.from && to <= select.to)
      .map(textOf),
    hints: new Map(
      nodes
        .filter(({ name }) => name === 'HintParameter')
        .map((hint) => {
          const [key, value] = textOf(hint).split('=');
          return [key.trim(), value.trim()] as const;
        })
    ),
  };
}

function readCondition(node: SyntaxNode, text: string): SpanCondition {
  const [left, operator, right] = childrenOf(node);
  if (operator === undefined) {
    // Parentheses.
    return readCondition(left, text);
  }
  switch (operator.name) {
    case 'And':
      return { is: 'both', left: readCondition(left, text), right: readCondition(right, text) };
    case 'Or':
      return { is: 'either', left: readCondition(left, text), right: readCondition(right, text) };
    default:
      return {
        is: 'comparison',
        ...readField(left, text),
        operator: text.slice(operator.from, operator.to),
        literal: readLiteral(text.slice(right.from, right.to)),
      };
  }
}

function readField(node: SyntaxNode, text: string): { readonly scope: string; readonly key: string } {
  const field = node.firstChild;
  if (field?.name === 'IntrinsicField') {
    return { scope: 'intrinsic', key: text.slice(field.from, field.to) };
  }
  const identifier = field?.getChild('Identifier');
  if (!field || !identifier) {
    throw new Error(`${text.slice(node.from, node.to)} is no field.`);
  }
  const written = text.slice(identifier.from, identifier.to);
  return {
    scope: text.slice(field.from, identifier.from).replace(/\.$/, '') || 'any',
    key: written.startsWith('"') ? written.slice(1, -1).replace(/\\(["\\])/g, '$1') : written,
  };
}

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

function readLiteral(text: string): TraceqlLiteral {
  if (text.startsWith('"')) {
    return { type: 'text', value: unquote(text) };
  }
  const duration = /^(\d+)(ns|us|ms|s|m|h)$/.exec(text);
  if (duration) {
    return { type: 'duration', value: Number(duration[1]) * UNITS[duration[2]] };
  }
  if (/^-?\d/.test(text)) {
    const isFloat = text.includes('.');
    return { type: 'number', value: isFloat ? Number(text) : BigInt(text), isFloat };
  }
  return { type: 'word', value: text };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '"': '"', '\\': '\\' };

/** As Go's `strconv.Unquote`, for the escapes that JSON has too. */
function unquote(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (all, unicode: string | undefined, one: string) => {
      const character = unicode === undefined ? ESCAPES[one] : String.fromCharCode(parseInt(unicode, 16));
      if (character === undefined || /\p{Surrogate}/u.test(character)) {
        throw new Error(`${all} is no escape in Go.`);
      }
      return character;
    });
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    children.push(child);
  }
  return children;
}
