import { findCycles } from './findCycles';
import { importsOf, productionFiles, sourceFiles } from './sources';

// Types are erased, so a circle of types alone costs nothing when the code runs.
const graphOf = (files: readonly string[]) =>
  new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter(({ isPackage, isTypeOnly }) => !isPackage && !isTypeOnly)
        .map(({ target }) => target),
    ])
  );

it('no file imports itself by a detour', () => {
  const graph = graphOf([...productionFiles(), ...sourceFiles('testkit')]);
  // Guards the guard: an empty graph has no cycles either.
  expect(graph.size).toBeGreaterThan(50);
  expect([...graph.values()].flat().length).toBeGreaterThan(100);
  expect(findCycles(graph)).toEqual([]);
});

test.each<[string, Record<string, string[]>, string[][]]>([
  ['a line', { a: ['b'], b: ['c'], c: [] }, []],
  ['a diamond', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
  ['itself', { a: ['a'] }, [['a']]],
  ['a circle with a tail', { t: ['a'], a: ['b'], b: ['c'], c: ['a'], d: ['a'] }, [['a', 'b', 'c']]],
  [
    'two circles',
    { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] },
    [
      ['c', 'd'],
      ['a', 'b'],
    ],
  ],
])('finds %s', (_name, graph, cycles) => {
  expect(findCycles(new Map(Object.entries(graph)))).toEqual(cycles);
});
