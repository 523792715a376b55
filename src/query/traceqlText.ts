/** A text in quotes of either kind, or a comment. */
const TEXT_OR_COMMENT = /"(?:[^"\\]|\\.)*"?|`[^`]*`?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** TraceQL with its texts emptied and its comments gone, so that words of the language can be looked for. */
export function withoutTexts(traceql: string): string {
  return traceql.replace(TEXT_OR_COMMENT, (found) => (found.startsWith('/') ? ' ' : '""'));
}

const METRICS_FUNCTION = /[|}]\s*(?:rate|(?:count|min|max|avg|sum|quantile|histogram)_over_time|compare)\s*\(/;

/** Whether TraceQL asks for numbers over time rather than for traces. */
export function isTraceqlMetrics(traceql: string): boolean {
  return METRICS_FUNCTION.test(withoutTexts(traceql));
}

/** What stands in double quotes, where a value must be escaped, and what stands elsewhere. */
export function splitTexts(traceql: string): ReadonlyArray<{ readonly text: string; readonly isQuoted: boolean }> {
  const parts: Array<{ text: string; isQuoted: boolean }> = [];
  let end = 0;
  for (const { 0: found, index } of traceql.matchAll(TEXT_OR_COMMENT)) {
    if (found.startsWith('"')) {
      parts.push({ text: traceql.slice(end, index), isQuoted: false }, { text: found, isQuoted: true });
      end = index + found.length;
    }
  }
  return [...parts, { text: traceql.slice(end), isQuoted: false }];
}
