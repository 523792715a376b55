/** @jest-environment jsdom */
import { createDataFrame, FieldType, type DataSourceApi } from '@grafana/data';
import { readTimeRange } from '../timeRangeUrl';
import { ALL, DashboardScope, readFilter, writeFilter } from './DashboardScope';
import { readDashboard } from './dashboardJson';
import { panelRequest } from './panelRequest';
import { inOrder, resolveVariables, type VariableSources } from './resolveVariables';
import { customOptions, optionsOfFrames, refineOptions } from './variableOptions';

const variable = (name: string, extra: Record<string, unknown> = {}) => ({ type: 'query', name, ...extra });
const source = { type: 'acme', uid: '${datasource}' };

const dashboard = readDashboard({
  title: 'D',
  templating: {
    list: [
      variable('operation', { query: { service: '$service' }, includeAll: true, datasource: source }),
      variable('service', { query: 'services', datasource: source, multi: true, current: { value: ['b'] } }),
      { type: 'datasource', name: 'datasource', query: 'acme' },
      { type: 'textbox', name: 'traceId', query: 'abc' },
      { type: 'adhoc', name: 'filters', datasource: source, filters: [{ key: 'k', operator: '=', value: 'v' }] },
    ],
  },
  panels: [
    {
      id: 1,
      type: 'table',
      targets: [
        { refId: 'A', service: '$service' },
        { refId: 'B', hide: true },
      ],
    },
  ],
});

const range = readTimeRange('now-1h', 'now');
const acme = {
  uid: 'one',
  type: 'acme',
  interval: '1m',
  getRef: () => ({ uid: 'one', type: 'acme' }),
} as DataSourceApi;

/** Answers `a`, `b`, `c`, and keeps what was asked of whom and with what. */
function sources() {
  const asked: string[] = [];
  let scope = new DashboardScope([]);
  const used: VariableSources = {
    listDataSources: () => [{ text: 'One', value: 'one', isDefault: true }],
    getDataSource: async (ref) => ({ ...acme, uid: String(ref?.uid) }) as DataSourceApi,
    ask: async (dataSource, { name }) => {
      asked.push(`${name} of ${dataSource.uid} with ${String(scope.value('service') ?? 'nothing')}`);
      return ['c', 'a', 'b'].map((value) => ({ text: value, value }));
    },
    use: (next) => {
      scope = next;
    },
  };
  return { used, asked };
}

const resolve = (search: string, given = sources()) =>
  resolveVariables(dashboard.variables, new URLSearchParams(search), range, given.used);

describe('variables', () => {
  it('stand in the order in which one needs the other', () => {
    expect(inOrder(dashboard.variables).map(({ name }) => name)).toEqual([
      'datasource',
      'service',
      'operation',
      'traceId',
      'filters',
    ]);
  });

  it('are asked for when those they need are known', async () => {
    const given = sources();
    await resolve('', given);
    expect(given.asked).toEqual(['service of one with nothing', 'operation of one with b']);
  });

  it.each([
    ['what was saved, "All" and the first option without an address', '', ['b'], ALL, 'abc'],
    ['what the address says', 'var-service=a&var-service=x&var-operation=c&var-traceId=', ['a', 'x'], 'c', ''],
  ])('have %s', async (_case, search, service, operation, traceId) => {
    const scope = await resolve(search);
    expect(scope.find('service')?.value).toEqual(service);
    expect(scope.find('operation')?.value).toEqual(operation);
    expect(scope.value('traceId')).toBe(traceId);
  });

  it('spell "All" out where it is used, and keep it in addresses', async () => {
    const scope = await resolve('');
    expect(scope.value('operation')).toEqual(['c', 'a', 'b']);
    expect(scope.text('operation')).toBe('All');
    expect(scope.urlParameters()).toContainEqual(['var-operation', ALL]);
  });

  it('that cannot be had say why, and hold up nobody', async () => {
    const given = sources();
    given.used.ask = async () => {
      throw new Error('The store is down.');
    };
    const scope = await resolve('', given);
    expect(scope.find('service')).toMatchObject({ problem: 'The store is down.', value: '' });
    expect(scope.value('traceId')).toBe('abc');
  });

  it('run again what they occur in, and nothing else', async () => {
    const [before, after] = [await resolve('var-service=a'), await resolve('var-service=b')];
    const changes = (text: string) => before.fingerprint(text) !== after.fingerprint(text);
    expect(['$service', '${service:regex}', '[[service]]'].map(changes)).toEqual([true, true, true]);
    expect(['$servicename', '${operation}', 'service'].map(changes)).toEqual([false, false, false]);
  });
});

describe('ad-hoc filters', () => {
  it('go to their data source', async () => {
    const scope = await resolve('var-filters=http.route|=~|/a.*');
    expect(scope.filtersOf('one')).toEqual([{ key: 'http.route', operator: '=~', value: '/a.*' }]);
    expect(scope.filtersOf('other')).toEqual([]);
  });

  it('survive the address, whatever is in them', () => {
    const filter = { key: 'a|b', operator: '=', value: 'c|d' };
    expect(writeFilter(filter)).toBe('a__gfp__b|=|c__gfp__d');
    expect(readFilter(writeFilter(filter))).toEqual(filter);
  });

  it.each(['', 'a', 'a|=', '|=|b', 'a|=|b|c'])('are not made of “%s”', (text) => {
    expect(readFilter(text)).toBeUndefined();
  });
});

describe('options', () => {
  it('of a custom variable', () => {
    expect(customOptions('a, half : 0.5,b\\,c,')).toEqual([
      { text: 'a', value: 'a' },
      { text: 'half', value: '0.5' },
      { text: 'b,c', value: 'b,c' },
    ]);
  });

  it('of frames: text and value, or the first texts', () => {
    const text = { name: 'text', type: FieldType.string, values: ['One'] };
    const value = { name: 'value', type: FieldType.string, values: ['1'] };
    expect(optionsOfFrames([createDataFrame({ fields: [text, value] })])).toEqual([{ text: 'One', value: '1' }]);
    expect(optionsOfFrames([createDataFrame({ fields: [{ ...text, name: 'service' }] })])).toEqual([
      { text: 'One', value: 'One' },
    ]);
    expect(optionsOfFrames([])).toEqual([]);
  });

  it.each([
    ['', 1, ['a-10', 'a-9', 'b']],
    ['', 2, ['b', 'a-9', 'a-10']],
    ['/^a/', 4, ['a-10', 'a-9']],
    ['/^a-(.*)/', 3, ['9', '10']],
    ['(', 0, ['b', 'a-9', 'a-10']],
  ])('that pass “%s”, sorted by %i', (regex, sort, expected) => {
    const options = ['b', 'a-9', 'a-10', 'b'].map((value) => ({ text: value, value }));
    expect(refineOptions(options, { regex, sort }).map(({ value }) => value)).toEqual(expected);
  });
});

test('a panel asks for as many points as it is wide, with its filters and without hidden targets', () => {
  const [panel] = dashboard.panels;
  const filters = [{ key: 'k', operator: '=', value: 'v' }];
  const request = panelRequest({ panel, dataSource: acme, range, width: 240.5, dashboardUid: 'd', filters, runId: 3 });
  expect(request).toMatchObject({
    app: 'dashboard',
    requestId: 'dashboard-1-3',
    maxDataPoints: 240,
    // The data source's own least interval.
    intervalMs: 60_000,
    targets: [{ refId: 'A', service: '$service', datasource: { uid: 'one' } }],
    filters,
  });
});
