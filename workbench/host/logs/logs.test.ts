import { correlatedFields } from './correlatedFields';
import { decodeLoki } from './decodeLoki';
import { deriveFields, type DerivedFieldConfig } from './derivedFields';
import { logLevel } from './logLevel';

const describeTarget = (uid: string) =>
  uid === 'traces' ? { name: 'Traces', type: 'ours' } : uid === 'tempo' ? { name: 'T', type: 'tempo' } : undefined;
const entry = (line: string, labels: Record<string, string> = {}) => ({
  line,
  labels: new Map(Object.entries(labels)),
});
const config = (extra: Partial<DerivedFieldConfig>): DerivedFieldConfig => ({
  name: 'trace',
  matcherRegex: 'trace_id=(\\w+)',
  url: '${__value.raw}',
  datasourceUid: 'traces',
  ...extra,
});

describe('deriveFields', () => {
  test.each<[string, ReturnType<typeof entry>, Partial<DerivedFieldConfig>, string[]]>([
    ['capture group 1 of the line', entry('x trace_id=ab1 y'), {}, ['ab1']],
    ['no capture group, no field', entry('trace_id=ab1'), { matcherRegex: 'trace_id=\\w+' }, []],
    ['a regex does not look at labels', entry('x', { trace_id: 'trace_id=ab1' }), {}, []],
    ['a label by name', entry('x', { traceid: 'ab1' }), { matcherType: 'label', matcherRegex: '^trace_?id$' }, ['ab1']],
    ['a label matcher does not look at the line', entry('trace_id=1'), { matcherType: 'label' }, []],
    ['an invalid expression is no field', entry('trace_id=ab1'), { matcherRegex: '(' }, []],
  ])('%s', (_name, line, extra, values) => {
    expect(deriveFields(line, [config(extra)], describeTarget).map(({ value }) => value)).toEqual(values);
  });

  test('a third-party target gets no query type, Tempo gets its own', () => {
    const [{ links }] = deriveFields(
      entry('trace_id=ab1'),
      [config({}), config({ datasourceUid: 'tempo' })],
      describeTarget
    );
    expect(links.map(({ internal }) => internal?.query)).toEqual([
      { query: '${__value.raw}', queryType: undefined },
      { query: '${__value.raw}', queryType: 'traceql' },
    ]);
  });

  test('one name is one group: only the first matcher counts, every link is kept', () => {
    const fields = deriveFields(
      entry('trace_id=ab1 other=zz'),
      [config({}), config({ matcherRegex: 'other=(\\w+)', urlDisplayLabel: 'Second' })],
      describeTarget
    );
    expect(fields.map(({ value, links }) => [value, links.length])).toEqual([['ab1', 2]]);
  });

  test('without a data source the link is an address', () => {
    const [{ links }] = deriveFields(
      entry('trace_id=a'),
      [config({ datasourceUid: undefined, url: 'http://x' })],
      describeTarget
    );
    expect(links).toMatchObject([{ url: 'http://x' }]);
    expect(links[0].internal).toBeUndefined();
  });
});

describe('correlatedFields', () => {
  const correlation = (transformations: object[], field = 'Line') => ({
    sourceUID: 'logs',
    targetUID: 'traces',
    label: 'Trace',
    config: { field, target: { query: '${id}', queryType: 'traceql' }, transformations },
  });
  const queries = (line: ReturnType<typeof entry>, ...transformations: object[]) =>
    correlatedFields(line, [correlation(transformations) as never], describeTarget).map(
      ({ links }) => links[0].internal?.query
    );

  test('a regex variable fills the target', () => {
    expect(queries(entry('trace=ab1'), { type: 'regex', expression: 'trace=(\\w+)', mapValue: 'id' })).toEqual([
      { query: 'ab1', queryType: 'traceql' },
    ]);
  });
  test('logfmt pairs fill the target', () => {
    expect(queries(entry('msg="a b" id=ab1'), { type: 'logfmt' })).toMatchObject([{ query: 'ab1' }]);
  });
  test('no variable, no link', () => {
    expect(queries(entry('nothing'), { type: 'regex', expression: 'trace=(\\w+)', mapValue: 'id' })).toEqual([]);
  });
});

describe('decodeLoki', () => {
  test('newest first, labels and metadata together', () => {
    const answer = {
      data: {
        resultType: 'streams',
        result: [
          { stream: { app: 'a' }, values: [['1700000000000000001', 'old']] },
          { stream: { app: 'b' }, values: [['1700000000000000002', 'new', { trace_id: 'x' }]] },
        ],
      },
    };
    expect(decodeLoki(answer).map(({ line, timeMs, labels }) => [line, timeMs, Object.fromEntries(labels)])).toEqual([
      ['new', 1700000000000, { app: 'b', trace_id: 'x' }],
      ['old', 1700000000000, { app: 'a' }],
    ]);
  });
  test.each([null, {}, { data: { resultType: 'matrix', result: [] } }])('%j is refused in words', (answer) => {
    expect(() => decodeLoki(answer)).toThrow('other than log lines');
  });
});

test.each([
  [entry('x', { level: 'WARN' }), 'warning'],
  [entry('{"level":"error"}'), 'error'],
  [entry('an error happened'), 'unknown'],
  [entry('{"level":"error"}', { detected_level: 'info' }), 'info'],
])('the level of %j is %s', (line, level) => {
  expect(logLevel(line)).toBe(level);
});
