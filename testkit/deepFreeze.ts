/** Freezes a value and all it holds, so that code which edits its input fails in the act. Answers the value. */
export function deepFreeze<T>(value: T): T {
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'object' && next !== null && !Object.isFrozen(next)) {
      Object.freeze(next);
      open.push(...Object.values(next));
    }
  }
  return value;
}
