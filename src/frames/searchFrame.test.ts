import { applyFieldOverrides, createTheme, type DataFrame, type ScopedVars } from '@grafana/data';
import { checkFrame } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import type { TraceSummary } from '../model/summary';
import { fromMillis, nanoseconds } from '../model/time';
import { buildSearchFrame, type SearchFrameOptions } from './searchFrame';
import type { SpanSearch } from './spanFilters';

const HALF_AN_HOUR_MS = 30 * 60 * 1000;

function summary(overrides: Partial<TraceSummary> = {}): TraceSummary {
  return {
    traceId: 'abc'.padStart(32, '0'),
    startUnixNano: 1_704_164_645_000_000_000n,
    duration: nanoseconds(1_500_000),
    rootServiceName: 'frontend',
    rootSpanName: 'GET /cart',
    spanCount: 3,
    errorCount: 0,
    services: [
      { name: 'frontend', spanCount: 2, errorCount: 0 },
      { name: 'db', spanCount: 1, errorCount: 0 },
    ],
    ...overrides,
  };
}

function frameOf(summaries: TraceSummary[], options: Partial<SearchFrameOptions> = {}): DataFrame {
  const datasource = { uid: 'traces', name: 'Traces of $env' };
  return buildSearchFrame(summaries, { refId: 'B', datasource, isLimited: false, limit: 20, ...options });
}

/** What a click on the trace id of a row opens, through Grafana's own code. */
function clickedLink(frame: DataFrame, row: number) {
  const [shown] = applyFieldOverrides({
    data: [frame],
    theme: createTheme(),
    fieldConfig: { defaults: {}, overrides: [] },
    replaceVariables: (text, scopedVars?: ScopedVars) => {
      const context = scopedVars?.__dataContext?.value;
      return context ? text.replace('${__value.raw}', context.field.values[context.rowIndex ?? -1]) : text;
    },
  });
  const [link] = shown.fields[0].getLinks?.({ valueRowIndex: row }) ?? [];
  const left = new URL(link.href, 'http://grafana.test').searchParams.get('left');
  return { title: link.title, ...JSON.parse(left ?? '') };
}

describe('buildSearchFrame', () => {
  it('gives a row per trace, newest first', () => {
    const frame = frameOf([
      summary(),
      summary({
        traceId: 'd'.repeat(32),
        startUnixNano: 1_704_164_646_250_000_000n,
        rootServiceName: undefined,
        rootSpanName: undefined,
        errorCount: 2,
        orphanCount: 1,
        services: [],
      }),
    ]);
    expect(`\n${frameToText(frame)}\n`).toBe(`
traceID                          | startTime                | rootService | rootOperation | duration | spans | errors | services             | incomplete
dddddddddddddddddddddddddddddddd | 2024-01-02T03:04:06.250Z |             |               | 1500000  | 3     | 2      |                      | 1 span without its parent
0000000000000abc                 | 2024-01-02T03:04:05.000Z | frontend    | GET /cart     | 1500000  | 3     | 0      | frontend (2), db (1) |
`);
    expect(checkFrame(frame)).toEqual([]);
  });

  it('has titles and units for people', () => {
    const titles = frameOf([]).fields.map(({ config }) => [config.displayNameFromDS, config.unit].filter(Boolean));
    expect(titles.join()).toBe('Trace ID,Start time,Root service,Root operation,Duration,ns,Spans,Errors,Services');
  });

  it('leaves out the column on incomplete traces while all are complete', () => {
    expect(frameOf([summary({ orphanCount: 0 })]).fields.map((field) => field.name)).not.toContain('incomplete');
  });

  it('is an empty table when nothing was found', () => {
    const frame = frameOf([]);
    expect(frame.length).toBe(0);
    expect(frame.meta).toMatchObject({ preferredVisualisationType: 'table', notices: undefined });
    expect(checkFrame(frame)).toEqual([]);
  });

  it('tells when the limit cut the list, before all else', () => {
    const slow = { severity: 'warning', text: 'Summaries were computed from full traces.' } as const;
    const { meta } = frameOf([summary()], { isLimited: true, limit: 1, notices: [slow] });
    expect(meta?.notices?.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Showing 1 trace: the limit of 1 cut the list/),
      slow.text,
    ]);
  });

  it('opens the trace of the row in the same data source, around its own time', () => {
    const older = summary({ traceId: 'e'.repeat(32), startUnixNano: 1_704_164_600_000_000_000n });
    const link = clickedLink(frameOf([older, summary()]), 1);
    expect(link).toMatchObject({ title: 'Open trace', datasource: 'traces' });
    expect(link.queries).toEqual([
      {
        queryType: 'traceql',
        query: 'e'.repeat(32),
        fromMs: 1_704_164_600_000 - HALF_AN_HOUR_MS,
        toMs: 1_704_164_600_002 + HALF_AN_HOUR_MS,
        datasource: { uid: 'traces' },
      },
    ]);
  });

  describe('span filters of the link', () => {
    const filtersOf = (search: SpanSearch) =>
      clickedLink(frameOf([summary()], { search }), 0).panelsState?.trace.spanFilters;
    const filterOf = (key: string, value: string) =>
      filtersOf({ service: 'shop', attributes: [{ key, operator: '=', value }] }).adhocFilters[1];

    it('are complete and hold the whole search', () => {
      const search: SpanSearch = {
        service: 'shop',
        spanName: 'GET /cart',
        attributes: [{ key: 'http.route', operator: '=', value: '/cart' }],
        minDuration: fromMillis(1.5),
        maxDuration: fromMillis(5_400_000),
      };
      expect(filtersOf(search)).toEqual({
        serviceNameOperator: '=',
        spanNameOperator: '=',
        fromOperator: '>',
        toOperator: '<',
        tags: [{ id: 'none', operator: '=' }],
        adhocFilters: [
          { key: 'serviceName', operator: '=', value: 'shop' },
          { key: 'spanName', operator: '=', value: 'GET /cart' },
          { key: 'http.route', operator: '=', value: '/cart' },
          { key: 'duration', operator: '>=', value: '1500us' },
          { key: 'duration', operator: '<=', value: '5400000000us' },
        ],
        matchesOnly: false,
        criticalPathOnly: false,
      });
    });

    it('are left out when the search says nothing about spans', () => {
      expect(filtersOf({ attributes: [] })).toBeUndefined();
    });

    it.each([
      ['error', 'true', 'status', 'error'],
      ['otel.status_code', 'ERROR', 'status', 'error'],
      ['span.kind', 'Server', 'kind', 'server'],
    ])("speak of %s in the view's own words", (key, value, shownKey, shownValue) => {
      expect(filterOf(key, value)).toEqual({ key: shownKey, operator: '=', value: shownValue });
    });

    it.each([
      ['retries', '0'],
      ['cached', 'false'],
      ['db.statement', 'SELECT $1'],
      ['db.statement', 'SELECT ${x}'],
      ['text', '[[x]]'],
      ['$key', 'x'],
      ['empty', ''],
      ['error', 'false'],
    ])('leave out what the view cannot match or would take for a variable: %s=%s', (key, value) => {
      expect(filterOf(key, value)).toBeUndefined();
    });
  });

  it('never holds a text in which Grafana would look for a variable, but the value of the row', () => {
    const [link] = frameOf([summary()], { search: { service: 'a$b', spanName: '${x}' } }).fields[0].config.links ?? [];
    expect(JSON.stringify(link)).not.toMatch(/\$|\[\[/);
  });
});
