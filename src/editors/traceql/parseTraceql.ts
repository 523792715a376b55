import { parser } from '@grafana/lezer-traceql';
import type { Tree } from '@lezer/common';

import { splitTexts } from '../../query/traceqlText';

/** A place in a text, `to` excluded. */
export interface TraceqlProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/**
 * The tree of a text, whole or half written. In the grammar (1.0.0) a text knows the escapes `\"` and `\\` only, a number
 * begins with a digit, and a variable with `$`; Tempo and Grafana know more, which is put into as many other letters.
 */
export function parseTraceql(text: string): Tree {
  const parts = splitTexts(text).map(({ text: part, isQuoted }) =>
    isQuoted
      ? part.replace(/\\(?:(["\\])|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[abfnrtv])/g, (escape, known) =>
          known ? escape : 'x'.repeat(escape.length)
        )
      : part
          .replace(/(?<![\w.])\.(?=\d)/g, '0')
          .replace(/\[\[\w+(?::\w+)?\]\]/g, (variable) => `$${'x'.repeat(variable.length - 1)}`)
  );
  return parser.parse(parts.join(''));
}

/** Where the grammar loses its way, in words; at most one, since what follows an error is guessed. */
export function findProblem(text: string): TraceqlProblem | undefined {
  if (text.trim() === '') {
    return undefined;
  }
  // The grammar knows few hints; new versions of Tempo bring new ones.
  const hints = /\bwith\s*\([^)]*\)\s*$/.exec(text)?.index ?? text.length;
  let problem: TraceqlProblem | undefined;
  parseTraceql(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError && problem === undefined && (from < hints || hints === text.length)) {
        problem = describe(text, from, to);
      }
    },
  });
  return problem;
}

const WORD = /^\s*("(?:[^"\\]|\\.)*"?|[\w.:$-]+|\S)/;

function describe(text: string, from: number, to: number): TraceqlProblem {
  const rest = text.slice(from);
  const word = WORD.exec(rest)?.[1];
  if (word === undefined) {
    const message = 'The query ends too early: something is missing here.';
    return { from: Math.max(0, text.trimEnd().length - 1), to: text.length, message };
  }
  const start = from + rest.indexOf(word);
  return {
    from: start,
    to: Math.max(to, start + word.length),
    message: `TraceQL does not expect “${word.slice(0, 40)}” here.`,
  };
}
