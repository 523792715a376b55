/** @jest-environment jsdom */
import { createDataFrame, FieldType } from '@grafana/data';
import { filterSpans, readDurationMs, type SpanFilters } from './filterSpans';
import { formatDuration } from './formatDuration';
import { readTraceFrame } from './readTraceFrame';
import { spanLinks } from './spanLinks';
import { spanLogsLink } from './spanLogsLink';
import { visibleSpans } from './visibleSpans';
import { WorkbenchTemplateSrv } from '../services/templateSrv';

/** `id parent start duration`, one span a word; a missing parent is `-`. */
function frameOf(rows: string, extra: Record<string, unknown[]> = {}) {
  const cells = rows.split('\n').map((row) => row.trim().split(/ +/));
  const column = (index: number) => cells.map((row) => row[index]);
  return createDataFrame({
    refId: 'A',
    fields: [
      { name: 'traceID', type: FieldType.string, values: cells.map(() => 'AB') },
      { name: 'spanID', type: FieldType.string, values: column(0).map((id) => (id === '-' ? '' : id)) },
      { name: 'parentSpanID', type: FieldType.string, values: column(1).map((id) => (id === '-' ? undefined : id)) },
      { name: 'operationName', type: FieldType.string, values: column(0).map((id) => `op-${id}`) },
      { name: 'serviceName', type: FieldType.string, values: cells.map(() => 'shop') },
      { name: 'startTime', type: FieldType.number, values: column(2).map(Number) },
      { name: 'duration', type: FieldType.number, values: column(3).map(Number) },
      ...Object.entries(extra).map(([name, values]) => ({ name, type: FieldType.other, values })),
    ],
  });
}

const tree = (rows: string) =>
  readTraceFrame(frameOf(rows))?.spans.map(({ spanId, depth }) => '.'.repeat(depth) + spanId);

describe('readTraceFrame', () => {
  test.each([
    ['siblings by start, children under parents', 'r - 10 9\nb r 14 1\na r 12 1\nc a 13 1', ['r', '.a', '..c', '.b']],
    ['an unknown parent makes a root', 'x gone 20 1\nr - 10 9', ['r', 'x']],
    ['a span without a start is dropped', 'r - 10 9\na r 0 1', ['r']],
    ['a cycle is not reached', 'r - 10 9\na b 11 1\nb a 12 1', ['r']],
    ['a repeated id is renamed', 'r - 10 9\na r 11 1\na r 12 1', ['r', '.a', '.a_1']],
  ])('%s', (_name, rows, expected) => {
    expect(tree(rows)).toEqual(expected);
  });

  test.each(['r - 10 9\na r 0 1', 'r - 10 9\na b 11 1\nb a 12 1', 'r - 10 9\na r 11 1\na r 12 1'])(
    'what Grafana loses in %j is told',
    (rows) => {
      expect(readTraceFrame(frameOf(rows))?.losses).toHaveLength(1);
    }
  );

  test.each(['r - 10 9\n- r 11 1', 'r - 0 9'])('Grafana shows no trace for %j', (rows) => {
    expect(readTraceFrame(frameOf(rows))).toBeUndefined();
  });

  test('a link becomes the parent when there is none', () => {
    const frame = frameOf('r - 10 9\na - 11 1', { references: [[], [{ traceID: 'AB', spanID: 'r' }]] });
    expect(readTraceFrame(frame)?.spans.map(({ depth }) => depth)).toEqual([0, 1]);
  });

  test('times, subtree ends and errors below', () => {
    const frame = frameOf('r - 10 9\na r 11 1\nc a 12 30\nb r 13 1', { statusCode: [0, 0, 2, undefined] });
    const trace = readTraceFrame(frame)!;
    expect([trace.startTime, trace.endTime, trace.traceId]).toEqual([10, 42, 'ab']);
    expect(trace.spans.map(({ subtreeEnd, hasErrorBelow }) => [subtreeEnd, hasErrorBelow])).toEqual([
      [4, true],
      [3, true],
      [3, true],
      [4, false],
    ]);
  });

  test.each([
    [true, true],
    ['true', true],
    ['True', false],
    [1, false],
  ])('tag error=%p is an error: %s', (value, expected) => {
    expect(readTraceFrame(frameOf('r - 1 1', { tags: [[{ key: 'error', value }]] }))?.spans[0].isError).toBe(expected);
  });

  test('a chain of 20,000 spans does not overflow the stack', () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `s${index + 1} ${index === 0 ? '-' : `s${index}`} 1 1`);
    expect(readTraceFrame(frameOf(rows.join('\n')))?.spans.at(-1)?.depth).toBe(19_999);
  });
});

describe('filterSpans', () => {
  const { spans } = readTraceFrame(
    frameOf('r - 10 9\na r 11 1\nb r 12 2', {
      tags: [[], [{ key: 'http.status', value: 500 }], [{ key: 'http.status', value: 200 }]],
    })
  )!;
  test.each<[SpanFilters, string[] | undefined]>([
    [{}, undefined],
    [{ tags: [{ key: '', value: '' }] }, undefined],
    [{ spanName: 'op-a' }, ['a']],
    [{ spanName: 'op-a', spanNameOperator: '!=' }, ['r', 'b']],
    [{ from: '2ms', fromOperator: '>=' }, ['r', 'b']],
    [{ from: '2ms' }, ['r']],
    [{ to: '2ms' }, ['a']],
    [{ adhocFilters: [{ key: 'duration', operator: '<=', value: '2000us' }] }, ['a', 'b']],
    [{ adhocFilters: [{ key: 'spanName', operator: '=', value: 'op-a' }] }, ['a']],
    [{ adhocFilters: [{ key: 'http.status', operator: '!=', value: '500' }] }, ['r', 'b']],
    [{ tags: [{ key: 'http.status', operator: '=', value: '500' }] }, ['a']],
    [{ tags: [{ key: 'http.status', operator: '=~', value: '00' }] }, ['a', 'b']],
    [{ tags: [{ key: 'http.status' }] }, ['a', 'b']],
    [{ query: 'OP-B' }, ['b']],
    [{ query: '500' }, ['a']],
    [{ serviceName: 'shop', query: 'nowhere' }, []],
  ])('%j', (filters, expected) => {
    const found = filterSpans(spans, filters);
    expect(found && [...found]).toEqual(expected);
  });
});

test.each([
  ['1h30m', 5_400_000],
  ['1.5ms', 1.5],
  ['soon', undefined],
])('%s is %p ms', (text, expected) => {
  expect(readDurationMs(text)).toBe(expected);
});

test.each([
  [0, '0µs'],
  [0.0003, '300ns'],
  [0.25, '250µs'],
  [1.236, '1.24ms'],
  [1500, '1.5s'],
  [62_000, '1m 2s'],
  [3_600_000, '1h'],
])('%d ms reads %s', (ms, expected) => {
  expect(formatDuration(ms)).toBe(expected);
});

describe('visibleSpans', () => {
  const { spans } = readTraceFrame(frameOf('r - 10 9\na r 11 1\nc a 12 1\nb r 13 1'))!;
  test.each<[string[], string[] | undefined, number[]]>([
    [[], undefined, [0, 1, 2, 3]],
    [['a'], undefined, [0, 1, 3]],
    [['r'], undefined, [0]],
    [[], ['c', 'b'], [2, 3]],
    [['a'], ['c', 'b'], [3]],
  ])('collapsed %j, only %j', (collapsed, only, expected) => {
    expect(visibleSpans(spans, new Set(collapsed), only && new Set(only))).toEqual(expected);
  });
});

describe('spanLogsLink', () => {
  const templates = new WorkbenchTemplateSrv({ names: [], value: () => undefined });
  const replace = (text: string, scopedVars: Record<string, { value: unknown }>) => templates.replace(text, scopedVars);
  const [span] = readTraceFrame(
    frameOf('r - 10000 9', { serviceTags: [[{ key: 'service.name', value: 'shop "x"' }]] })
  )!.spans;
  const settings = { datasourceUid: 'logs', customQuery: false };

  test('default tags, ids and shifts', () => {
    const link = spanLogsLink(
      span,
      { ...settings, filterByTraceID: true, spanStartTimeShift: '-5s', spanEndTimeShift: '1m' },
      replace
    );
    expect(link).toEqual({
      datasourceUid: 'logs',
      expr:
        '{service_name="shop \\"x\\""} | label_format log_line_contains_trace_id=`{{ contains "AB" __line__  }}`' +
        ' | log_line_contains_trace_id="true" OR trace_id="AB"',
      fromMs: 5000,
      toMs: 70_009,
    });
  });

  test.each([
    ['no matching tag', { ...settings, tags: [{ key: 'pod' }] }],
    ['no data source', { customQuery: false }],
    ['an unknown variable', { ...settings, customQuery: true, query: '{a="${__span.tags["none"]}"}' }],
  ])('no link: %s', (_name, given) => {
    expect(spanLogsLink(span, given, replace)).toBeUndefined();
  });

  test('a query of its own', () => {
    const given = { ...settings, customQuery: true, query: '{${__tags}} |= "${__trace.traceId}"' };
    expect(spanLogsLink(span, given, replace)?.expr).toBe('{service_name="shop \\"x\\""} |= "AB"');
  });
});

test('a link of a field is a link of the spans that have what it asks for', () => {
  const link = (title: string, key: string) => ({
    title,
    url: '',
    internal: {
      datasourceUid: 'x',
      datasourceName: 'X',
      query: { queryType: 'traceql', query: '${__span.traceId}', spanId: `\${__span.tags["${key}"]}` },
      panelsState: { trace: { spanId: `\${__span.tags["${key}"]}` } },
    },
  });
  const tags = [[{ key: 'other.id', value: 'b7' }], []];
  const { spans } = readTraceFrame(frameOf('r - 1 9\na r 2 3', { tags }))!;
  const templateSrv = new WorkbenchTemplateSrv({ names: [], value: () => undefined });
  const linksOf = (index: number) =>
    spanLinks(spans[index], [link('Open', 'other.id'), link('No', 'missing')], (text, vars) =>
      templateSrv.replace(text, vars)
    );
  expect(linksOf(0)).toEqual([
    {
      title: 'Open',
      target: {
        datasource: 'x',
        queries: [{ queryType: 'traceql', query: 'AB', spanId: 'b7' }],
        panelsState: { trace: { spanId: 'b7' } },
      },
    },
  ]);
  expect(linksOf(1)).toEqual([]);
});
