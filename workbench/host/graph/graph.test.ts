/** @jest-environment jsdom */
import { createDataFrame, createTheme } from '@grafana/data';
import { layoutGraph } from './layoutGraph';
import { readNodeGraph } from './readNodeGraph';

const theme = createTheme();
const nodes = (...ids: string[]) =>
  createDataFrame({
    name: 'nodes',
    fields: [
      { name: 'id', values: ids },
      { name: 'mainStat', values: ids.map(() => 'x') },
      { name: 'detail__calls', values: ids.map((_, index) => index), config: { displayName: 'Calls' } },
    ],
  });
const edges = (...pairs: string[]) =>
  createDataFrame({
    name: 'edges',
    fields: [
      { name: 'id', values: pairs },
      { name: 'source', values: pairs.map((pair) => pair[0]) },
      { name: 'target', values: pairs.map((pair) => pair[1]) },
    ],
  });

describe('readNodeGraph', () => {
  test('columns are found whatever their case, frames whatever their order', () => {
    const graph = readNodeGraph([edges('ab'), nodes('a', 'b')], theme);
    expect(graph.nodes.map(({ id, mainStat, details }) => [id, mainStat, details])).toEqual([
      ['a', 'x', [['Calls', '0']]],
      ['b', 'x', [['Calls', '1']]],
    ]);
    expect(graph.edges).toMatchObject([{ source: 'a', target: 'b', thickness: 1 }]);
  });
  test('an edge to nowhere is told in words', () => {
    expect(() => readNodeGraph([nodes('a'), edges('az')], theme)).toThrow('Edge "az" names the node "z"');
  });
  test('a missing column is told in words', () => {
    const noId = createDataFrame({ name: 'nodes', fields: [{ name: 'title', values: ['a'] }] });
    expect(() => readNodeGraph([noId], theme)).toThrow('The nodes frame has no "id" column.');
  });
});

describe('layoutGraph', () => {
  const columns = (ids: string, ...pairs: string[]) => {
    const graph = readNodeGraph([nodes(...ids), edges(...pairs)], theme);
    const { pointById } = layoutGraph(graph);
    const xs = [...new Set([...pointById.values()].map(({ x }) => x))].sort((a, b) => a - b);
    return xs.map((x) =>
      [...pointById]
        .filter(([, point]) => point.x === x)
        .map(([id]) => id)
        .sort()
        .join('')
    );
  };
  test.each([
    ['a chain', 'abc', ['ab', 'bc'], ['a', 'b', 'c']],
    ['after the latest caller', 'abc', ['ab', 'bc', 'ac'], ['a', 'b', 'c']],
    ['a fork', 'abc', ['ab', 'ac'], ['a', 'bc']],
    ['a cycle', 'abc', ['ab', 'bc', 'ca'], ['a', 'b', 'c']],
    ['a call to itself', 'ab', ['aa', 'ab'], ['a', 'b']],
    ['nothing calls anything', 'ab', [], ['ab']],
  ])('%s', (_name, ids, pairs, expected) => {
    expect(columns(ids, ...pairs)).toEqual(expected);
  });
  test('no two nodes stand on one point', () => {
    const graph = readNodeGraph([nodes(...'abcdef'), edges('ab', 'ac', 'bd', 'cd', 'ae', 'ef')], theme);
    const points = [...layoutGraph(graph).pointById.values()].map(({ x, y }) => `${x},${y}`);
    expect(new Set(points).size).toBe(6);
  });
});
