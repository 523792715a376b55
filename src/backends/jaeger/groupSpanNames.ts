import type { SpanName } from '../backend';

/** Servers list a name once per kind → each name once, with its kinds; sorted. */
export function groupSpanNames(
  operations: ReadonlyArray<{ readonly name: string; readonly kind: string }>
): SpanName[] {
  const kindsByName = new Map<string, Set<string>>();
  for (const { name, kind } of operations) {
    const kinds = kindsByName.get(name) ?? new Set();
    kindsByName.set(name, kind === '' ? kinds : kinds.add(kind));
  }
  return [...kindsByName]
    .map(([name, kinds]) => ({ name, kinds: [...kinds].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
