import { traceFromText } from '../../testkit/traceFromText';
import { findInsights } from '../analysis/insights/findInsights';
import { CRITICAL_PATH_MS, FOLD_FAILED, FOLD_LISTS, FOLD_OPENS, FOLD_SLOWEST } from '../analysis/ownAttributes';
import { assembleTrace } from '../model/assembleTrace';
import { Attributes } from '../model/attributes';
import type { FlatSpan } from '../model/flatSpan';
import { unixNanoFromMillis } from '../model/time';
import type { Trace } from '../model/trace';
import { column, noticesOf, runTarget, type Setting } from './testing/runTarget';
import { START_MS, TRACE_ID } from './testing/spans';

const holding = (trace: Trace, setting: Setting = {}): Setting => ({
  ...setting,
  methods: { fetchTrace: async () => ({ ...trace, traceId: TRACE_ID }) },
});

const target = (fields: object = {}) => ({ refId: 'A', queryType: 'traceql', query: TRACE_ID, ...fields });

const tagsOf = (frame: Parameters<typeof column>[0], key: string) =>
  (column(frame, 'tags') as Array<Array<{ key: string; value: unknown }>>).map(
    (tags) => tags.find((tag) => tag.key === key)?.value
  );

/** A loop: one root that calls `count` times the same, one after the other, the call at `failing` with an error. */
function loop(count: number, failing?: number): Trace {
  const resource = { serviceName: 'shop', attributes: Attributes.of({ 'service.name': 'shop' }) };
  const span = (index: number, startMs: number, durationMs: number): FlatSpan => ({
    traceId: TRACE_ID,
    spanId: index.toString(16).padStart(16, '0'),
    parentSpanId: index === 1 ? undefined : '0000000000000001',
    name: index === 1 ? 'GET /cart' : 'SELECT item',
    kind: index === 1 ? 'server' : 'client',
    status: { code: index === failing ? 'error' : 'unset' },
    startUnixNano: unixNanoFromMillis(START_MS + startMs),
    durationNano: durationMs * 1e6,
    resource,
    attributes: Attributes.empty,
    events: [],
    links: [],
  });
  const spans = [span(1, 0, 10 * count + 10)];
  for (let index = 0; index < count; index++) {
    spans.push(span(index + 2, 10 * index, 5));
  }
  return assembleTrace(spans)!;
}

/** Nothing but the trace. */
const PLAIN = { insights: { enabled: false }, criticalPath: { enabled: false } };

it('with everything switched off a trace is shown as it is', async () => {
  const [frame] = await runTarget(target(), holding(loop(50), { jsonData: PLAIN }));
  expect([frame.length, noticesOf(frame), tagsOf(frame, CRITICAL_PATH_MS)[0]]).toEqual([51, [], undefined]);
  expect(column(frame, 'warnings')).toEqual(new Array(51).fill([]));
});

describe('findings', () => {
  it('become notices, and warnings on the spans they are about', async () => {
    const [frame] = await runTarget(target(), holding(loop(50)));
    const told = noticesOf(frame).filter((text) => text.includes('SELECT item'));
    expect(told.length).toBeGreaterThan(0);
    const warnings = (column(frame, 'warnings') as string[][]).flat();
    told.forEach((text) => expect(warnings).toContain(text));
  });

  it('of a kind that is switched off are not told', async () => {
    const jsonData = { insights: { disabled: ['n-plus-one'] as const } };
    const [all] = await runTarget(target(), holding(loop(50)));
    const [fewer] = await runTarget(target(), holding(loop(50), { jsonData }));
    expect(noticesOf(fewer).length).toBeLessThan(noticesOf(all).length);
  });
});

it('the critical path is marked on its spans', async () => {
  const trace = traceFromText(`
    shop  GET /cart  [0-----------20]
    cart    load       [2-----10]
    cart    warm       [2--4]
  `);
  const [frame] = await runTarget(target(), holding(trace));
  const names = column(frame, 'operationName') as string[];
  const marks = tagsOf(frame, CRITICAL_PATH_MS);
  expect(names.map((name, index) => [name, marks[index]])).toEqual(
    expect.arrayContaining([
      ['GET /cart', 12],
      ['load', 8],
      ['warm', undefined],
    ])
  );
});

describe('clocks that disagree', () => {
  const skewed = traceFromText(`
    shop  call        [20-----40]  client
    cart    answer  [0-----10]     server
  `);
  const startsOf = async (fields: object, jsonData = {}) => {
    const [frame] = await runTarget(target(fields), holding(skewed, { jsonData }));
    const starts = column(frame, 'startTime') as number[];
    const isMoved = noticesOf(frame).some((text) => text.startsWith('Clocks disagree: 1 call'));
    return [Math.max(...starts) - Math.min(...starts), isMoved];
  };

  it.each([
    ['stay as they are', {}, {}, [20, false]],
    ['are corrected when the query wants it', { clockSkew: 'correct' }, {}, [5, true]],
    ['are corrected when the settings want it', {}, { clockSkew: { correct: true } }, [5, true]],
    ['stay when the query wants that', { clockSkew: 'keep' }, { clockSkew: { correct: true } }, [20, false]],
  ])('%s', async (_, fields, jsonData, expected) => {
    expect(await startsOf(fields, jsonData)).toEqual(expected);
  });
});

describe('a subtree', () => {
  const trace = loop(3);

  it('is shown alone, in every view', async () => {
    for (const view of ['trace', 'spans']) {
      const [frame] = await runTarget(target({ rootSpanId: '0000000000000003', view }), holding(trace));
      expect(column(frame, 'spanID')).toEqual(['0000000000000003']);
      expect(noticesOf(frame)).toEqual([expect.stringMatching(/^Only the span SELECT item .* 1 of the 4 spans/)]);
    }
  });

  it('that does not exist is the whole trace, and says so: a link to another trace keeps the field', async () => {
    const [frame] = await runTarget(target({ rootSpanId: 'ffff000000000000' }), holding(trace, { jsonData: PLAIN }));
    expect([frame.length, noticesOf(frame)]).toEqual([4, [expect.stringMatching(/^This trace has no span ffff/)]]);
  });
});

describe('a large trace', () => {
  const jsonData = { ...PLAIN, largeTrace: { threshold: 20 } };
  const failing = 200;
  const failingId = failing.toString(16).padStart(16, '0');
  const trace = loop(300, failing);

  it('is folded, tells how much is shown, and keeps what failed', async () => {
    const [frame] = await runTarget(target(), holding(trace, { jsonData }));
    expect(frame.length).toBeLessThanOrEqual(20);
    expect(noticesOf(frame)).toEqual([
      expect.stringMatching(/^Large trace: .* of 301 spans .*"All spans" in the query/),
    ]);
    expect(column(frame, 'spanID')).toContain(failingId);
  });

  it('leads from a span that stands for others to all of these, to the slowest and to one that failed', async () => {
    const [frame] = await runTarget(target(), holding(trace, { jsonData }));
    const values = (key: string) => tagsOf(frame, key).filter((value) => value !== undefined);
    expect(values(FOLD_OPENS)).toEqual(['0000000000000001']);
    expect([values(FOLD_SLOWEST).length, values(FOLD_FAILED).length]).toEqual([1, 0]);
    const links = frame.fields.flatMap(({ config }) => config.links ?? []);
    const lookup = { queryType: 'traceql', query: '${__span.traceId}' };
    const tag = (name: string) => `\${__span.tags["tracebridge.fold.${name}"]}`;
    expect(links.map(({ title, internal }) => [title, internal?.datasourceUid, internal?.query])).toEqual([
      ['Open folded spans', 'traces', { ...lookup, rootSpanId: tag('opens_span_id'), showAll: true }],
      ['Open folded spans', 'traces', { ...lookup, spanId: tag('first_span_id'), showAll: true }],
      ['List folded spans', 'traces', { ...lookup, rootSpanId: tag('lists_span_id'), view: 'spans' }],
      ['List folded spans', 'traces', { ...lookup, spanId: tag('lists_first_span_id'), view: 'spans' }],
      ['Open the slowest of them', 'traces', { ...lookup, spanId: tag('slowest_span_id') }],
      ['Open one that failed', 'traces', { ...lookup, spanId: tag('failed_span_id') }],
    ]);
  });

  it('marks a span that stands for others with the time of all of them on the critical path', async () => {
    const [frame] = await runTarget(target(), holding(trace, { jsonData: { largeTrace: { threshold: 20 } } }));
    const marks = tagsOf(frame, CRITICAL_PATH_MS) as number[];
    expect(marks[tagsOf(frame, FOLD_OPENS).findIndex((opens) => opens !== undefined)]).toBe(299 * 5);
    expect(marks.reduce((sum, mark) => sum + mark)).toBe(3010);
  });

  it.each(['000000000000009f', ' 000000000000009F ', '9f'])(
    'keeps the span that a link leads to: "%s"',
    async (spanId) => {
      const [folded] = await runTarget(target(), holding(trace, { jsonData }));
      expect(column(folded, 'operationName')).toHaveLength(folded.length);
      const [frame] = await runTarget(target({ spanId }), holding(trace, { jsonData }));
      const row = column(frame, 'spanID')!.indexOf('000000000000009f');
      expect(column(frame, 'operationName')![row]).toBe('SELECT item');
    }
  );

  it('shows of every finding a span with its warning, or tells it above', async () => {
    // More findings than are told above, in places of which most are folded.
    const places = Array.from({ length: 12 }, (_, place) => {
      const loop = Array.from({ length: 30 }, (__, i) => `db    "SELECT ${place}"  [${i * 3}-${i * 3 + 2}] client`);
      const row = [0, 300, 600].map((from) => `shop  "GET ${place}"  [${from}-${from + 300}] client`);
      const nested = (lines: string[]) => lines.map((line) => line.replace(/^(\w+) */, '$1        '));
      return ['shop    load  [0-99]', ...nested(loop), `shop    fetch  [0-${950 - place}]`, ...nested(row)].join('\n');
    });
    const drawing = `shop  GET /cart  [0-1000]\n${places.join('\n').replace(/^db  /gm, 'db    ')}`;
    const findings = findInsights(traceFromText(drawing)).map(({ text }) => text);
    const [frame] = await runTarget(
      target(),
      holding(traceFromText(drawing), { jsonData: { largeTrace: { threshold: 40 } } })
    );
    const marked = new Set((column(frame, 'warnings') as string[][]).flat());
    const told = noticesOf(frame);
    const onlyMarked = findings.filter((text) => !told.includes(text));
    expect(onlyMarked.length).toBeGreaterThan(0);
    expect(onlyMarked.filter((text) => !marked.has(text))).toEqual([]);
    const sentence = new RegExp(`^${onlyMarked.length} more findings? (is|are) told by warnings`);
    expect(told).toContainEqual(expect.stringMatching(sentence));
  });

  it('of more spans than Grafana draws is folded even when the query wants all, and its folds lead to a table', async () => {
    const huge = loop(100_001);
    const [frame] = await runTarget(target({ showAll: true }), holding(huge, { jsonData }));
    expect(frame.length).toBeLessThan(1_000);
    expect(noticesOf(frame)).toEqual([expect.stringMatching(/^Large trace: .* take the view "Spans"/)]);
    const values = (key: string) => tagsOf(frame, key).filter((value) => value !== undefined);
    expect([values(FOLD_LISTS), values(FOLD_OPENS)]).toEqual([['0000000000000001'], []]);
  });

  it.each([
    ['is shown whole when the query wants that', { showAll: true }, jsonData],
    ['is shown whole when folding is switched off', {}, { ...PLAIN, largeTrace: { threshold: 0 } }],
    ['is never folded in another view', { view: 'spans' }, jsonData],
  ])('%s', async (_, fields, settings) => {
    const [frame] = await runTarget(target(fields), holding(trace, { jsonData: settings }));
    expect([frame.length, noticesOf(frame)]).toEqual([301, []]);
    expect(frame.fields.flatMap(({ config }) => config.links ?? []).map(({ title }) => title)).not.toContain(
      'Open folded spans'
    );
  });
});

it('long work stops when nobody waits for it any more', async () => {
  const controller = new AbortController();
  let time = 0;
  const answer = runTarget(target(), {
    ...holding(loop(30_000)),
    signal: controller.signal,
    now: () => {
      time += 100;
      if (time > 2000) {
        controller.abort();
      }
      return time;
    },
  });
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
});
