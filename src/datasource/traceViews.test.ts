import { CoreApp } from '@grafana/data';

import { column, kinds, noticesOf, runTarget, sentenceOf } from './testing/runTarget';
import { chainTrace, TRACE_ID } from './testing/spans';

const fetchTrace = async () => chainTrace(['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb', 'cccccccccccccccc']);
const target = (fields: object) => ({ refId: 'B', queryType: 'traceql', query: TRACE_ID, ...fields });

describe.each([CoreApp.Explore, CoreApp.Dashboard])('in %s', (app) => {
  it.each([
    [undefined, 'trace', 'Trace'],
    ['trace', 'trace', 'Trace'],
    ['statistics', 'table', 'Statistics'],
    ['criticalPath', 'table', 'Critical path'],
    ['criticalPathFlameGraph', 'flamegraph', 'Flame graph of the critical path'],
    ['flameGraph', 'flamegraph', 'Flame graph'],
    ['spans', 'table', 'Spans'],
    ['events', 'logs', 'Events'],
  ])('the view %s is one frame for the panel %s', async (view, kind, name) => {
    const frames = await runTarget(target({ view }), { methods: { fetchTrace }, request: { app } });
    expect(kinds(frames)).toEqual([kind]);
    expect(frames[0]).toMatchObject({ name, refId: 'B' });
  });
});

it('only the plain trace brings a node graph', async () => {
  const jsonData = { nodeGraph: { enabled: true } };
  const ask = async (view: string) => kinds(await runTarget(target({ view }), { methods: { fetchTrace }, jsonData }));
  expect(await ask('trace')).toEqual(['trace', 'nodeGraph', 'nodeGraph']);
  expect(await ask('statistics')).toEqual(['table']);
});

it('statistics group by service and operation, or by what is asked', async () => {
  const ask = async (groupBy?: readonly string[]) => {
    const [frame] = await runTarget(target({ view: 'statistics', groupBy }), { methods: { fetchTrace } });
    return frame;
  };
  const plain = await ask();
  expect(column(plain, 'service')).toEqual(['checkout', 'checkout', 'checkout']);
  expect(new Set(column(plain, 'operation'))).toEqual(new Set(['work 0', 'work 1', 'work 2']));
  expect(column(await ask(['status']), 'count')).toEqual([3]);
  expect(column(await ask(['service.name']), 'service.name')).toEqual(['checkout']);
});

it('spans get a column for each attribute that is asked for, and lead back to their trace', async () => {
  const query = target({ view: 'spans', columns: ['service.name', 'missing'] });
  const [frame] = await runTarget(query, { methods: { fetchTrace } });
  expect(column(frame, 'service.name')).toEqual(['checkout', 'checkout', 'checkout']);
  expect(column(frame, 'missing')).toEqual([undefined, undefined, undefined]);
  const link = frame.fields.find(({ name }) => name === 'spanID')?.config.links?.[0];
  expect(link?.internal?.datasourceUid).toBe('traces');
});

it('a trace without events says what would be here', async () => {
  const [frame] = await runTarget(target({ view: 'events' }), { methods: { fetchTrace } });
  expect([frame.length, noticesOf(frame)]).toEqual([0, [expect.stringMatching(/^No span here has events/)]]);
});

it('every view tells what was repaired in the trace', async () => {
  const damaged = async () => ({ ...(await fetchTrace()), warnings: ['A circle was cut.'] });
  for (const view of ['trace', 'statistics', 'criticalPath', 'flameGraph', 'spans']) {
    const [frame] = await runTarget(target({ view }), { methods: { fetchTrace: damaged } });
    expect(noticesOf(frame)).toContain('A circle was cut.');
  }
});

it.each([
  ['an unknown view', { view: 'flames' }, /“flames” is not a view of a trace.*trace, statistics/],
  ['a view that only a search has', { view: 'list' }, /“list” is not a view/],
  ['a variable without a value', { view: '$nothing' }, /\$nothing has no value/],
  ['too many groups', { view: 'statistics', groupBy: ['a', 'b', 'c'] }, /2 keys at most, not by 3/],
])('%s is refused in words, without a request', async (_, fields, said) => {
  const methods = { fetchTrace: jest.fn(fetchTrace) };
  await expect(sentenceOf(runTarget(target(fields), { methods }))).resolves.toMatch(said);
  expect(methods.fetchTrace).not.toHaveBeenCalled();
});

it('the query inspector tells the view', async () => {
  const [frame] = await runTarget(target({ view: 'flameGraph' }), { methods: { fetchTrace } });
  expect(frame.meta?.executedQueryString).toBe(`Trace ${TRACE_ID} · flame graph`);
});
