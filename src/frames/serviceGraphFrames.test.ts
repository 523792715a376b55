import { checkFrames } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import { buildServiceGraphFrames } from './serviceGraphFrames';

const datasource = { uid: 'traces', name: 'Traces' };

describe('buildServiceGraphFrames', () => {
  it('counts calls and errors on edges and on the services that are called', () => {
    const calls = [
      { caller: 'frontend', callee: 'cart', calls: 1_600, errors: 16 },
      { caller: 'frontend', callee: 'ads', calls: 1, errors: 0 },
      { caller: 'cart', callee: 'db', calls: 400, errors: 0 },
      { caller: 'ads', callee: 'db', calls: 100, errors: 100 },
    ];
    const [nodes, edges] = buildServiceGraphFrames({ calls }, { refId: 'A' });
    const edgeColumns = ['source', 'target', 'mainstat', 'secondarystat', 'thickness', 'color'];
    expect(`\n${frameToText(nodes)}\n\n${frameToText(edges, { columns: edgeColumns })}\n`).toBe(`
id       | title    | mainstat   | secondarystat | arc__errors | arc__success
frontend | frontend |            |               | 0           | 1
cart     | cart     | 1.6K calls | 16 errors     | 0.01        | 0.99
ads      | ads      | 1 call     |               | 0           | 1
db       | db       | 500 calls  | 100 errors    | 0.2         | 0.8

source   | target | mainstat   | secondarystat | thickness | color
frontend | cart   | 1.6K calls | 16 errors     | 4         | red
frontend | ads    | 1 call     |               | 1.075     | -
cart     | db     | 400 calls  |               | 2.5       | -
ads      | db     | 100 calls  | 100 errors    | 1.75      | red
`);
    expect(checkFrames([nodes, edges])).toEqual([]);
  });

  it('draws no arcs where the source does not count errors', () => {
    const [nodes] = buildServiceGraphFrames({ calls: [{ caller: 'a', callee: 'b', calls: 2 }] }, { refId: 'A' });
    expect(nodes.fields.map((field) => field.name)).toEqual(['id', 'title', 'mainstat']);
  });

  it('adds up pairs that come more than once, and only those', () => {
    const calls = [
      { caller: 'a', callee: 'b","c', calls: 1 },
      { caller: 'a","b', callee: 'c', calls: 2 },
      { caller: 'a', callee: 'b","c', calls: 4, errors: 1 },
    ];
    const frames = buildServiceGraphFrames({ calls }, { refId: 'A' });
    expect(frames[1].fields.find((field) => field.name === 'mainstat')?.values).toEqual(['5 calls', '2 calls']);
    expect(checkFrames(frames)).toEqual([]);
  });

  it('keeps a service called __proto__ in the graph', () => {
    const calls = [{ caller: '__proto__', callee: 'constructor', calls: 1 }];
    const frames = buildServiceGraphFrames({ calls }, { refId: 'A' });
    expect(frames[0].fields[1].values).toEqual(['__proto__', 'constructor']);
    expect(frames[0].fields[0].values).not.toContain('__proto__');
    expect(checkFrames(frames)).toEqual([]);
  });

  it('links services to a search when told where', () => {
    const frames = buildServiceGraphFrames(
      { calls: [{ caller: 'a', callee: 'b', calls: 1 }] },
      { refId: 'A', datasource }
    );
    const links = frames.flatMap((frame) => frame.fields.flatMap((field) => field.config.links ?? []));
    expect(links.map((link) => link.internal?.query)).toEqual([
      { queryType: 'search', service: '${__data.fields.title}' },
      { queryType: 'search', service: '${__data.fields.source}' },
      { queryType: 'search', service: '${__data.fields.target}' },
    ]);
  });

  it('is an empty graph without calls', () => {
    const frames = buildServiceGraphFrames({ calls: [] }, { refId: 'A' });
    expect(frames.map((frame) => [frame.name, frame.length])).toEqual([
      ['nodes', 0],
      ['edges', 0],
    ]);
    expect(checkFrames(frames)).toEqual([]);
  });
});
