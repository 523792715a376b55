/**
 * The pattern of a `=~` filter. It must match the whole value, and a dot matches line breaks, as in Prometheus and
 * TraceQL; `(?i)` in front, which JavaScript does not know, ignores case. Undefined when it is no regular expression.
 */
export function compileValuePattern(text: string): RegExp | undefined {
  const flags = /^\(\?([ims]+)\)/.exec(text);
  const pattern = flags ? text.slice(flags[0].length) : text;
  const wanted = new Set(['s', ...(flags?.[1] ?? '')]);
  try {
    // Alone first: `a)(b` is no expression, but would be one between the parentheses that anchor it.
    new RegExp(pattern);
    return new RegExp(`^(?:${pattern})$`, [...wanted].join(''));
  } catch {
    return undefined;
  }
}

/** A pattern that matches this text only, and reads as well in RE2, which servers use. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
