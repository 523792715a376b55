/** Something the user must know about an answer that is otherwise fine: a cut, a widening, a guess. */
export interface Notice {
  readonly severity: 'info' | 'warning' | 'error';
  /** A whole sentence. */
  readonly text: string;
}

/** Worth knowing, nothing to do about. */
export function info(text: string): Notice {
  return { severity: 'info', text };
}
