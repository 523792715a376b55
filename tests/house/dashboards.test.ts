/** @jest-environment jsdom */
/** The dashboards that come with the plugin: what Grafana's import, and every store, must be able to make of them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { applyFieldOverrides, createDataFrame, createTheme, FieldType, type FieldConfigSource } from '@grafana/data';
import plugin from '../../src/plugin.json';
import { backendDefinitions } from '../../src/backends/index';
import { normalizeQuery } from '../../src/query/normalizeQuery';
import { fieldConfigRegistry } from '../../workbench/host/panels/fieldConfigRegistry';
import { parseLogql } from '../../workbench/store/logql';

const SOURCE = path.resolve(__dirname, '../../src');

interface Target {
  readonly refId: string;
  readonly datasource: { readonly type: string; readonly uid: string };
  /** Of a Loki target. */
  readonly expr?: string;
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly Target[];
  readonly datasource?: Target['datasource'];
  readonly fieldConfig: FieldConfigSource;
}

interface Variable {
  readonly allValue?: string;
  readonly includeAll?: boolean;
  readonly name: string;
  readonly type: string;
  readonly query: unknown;
}

interface Dashboard {
  readonly id: null;
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly schemaVersion: number;
  readonly annotations: { readonly list: ReadonlyArray<{ readonly target: Target; readonly enable: boolean }> };
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
}

/** Panels that Grafana 12.3 brings along. */
const PANEL_TYPES = [
  'flamegraph',
  'heatmap',
  'histogram',
  'logs',
  'nodeGraph',
  'row',
  'stat',
  'table',
  'text',
  'timeseries',
  'traces',
  'xychart',
];

/** What Grafana itself replaces. */
const BUILT_IN = /^__/;

const files = readdirSync(path.join(SOURCE, 'dashboards'));
const included = plugin.includes.filter(({ type }) => type === 'dashboard');
const read = (file: string): Dashboard =>
  JSON.parse(readFileSync(path.join(SOURCE, 'dashboards', file), 'utf8')) as Dashboard;
const all = files.map((file) => [file, read(file)] as const);

const ours = (dashboard: Dashboard): readonly Target[] =>
  [
    ...dashboard.panels.flatMap(({ targets = [] }) => targets),
    ...dashboard.annotations.list.map(({ target }) => target),
  ].filter(({ datasource }) => datasource.type === plugin.id);

/** Every text of a value, however deep. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

it('are all named in plugin.json, by the names they have', () => {
  expect(included.map((entry) => entry.path).sort()).toEqual(files.map((file) => `dashboards/${file}`).sort());
  expect(included.map(({ name }) => name).sort()).toEqual(all.map(([, { title }]) => title).sort());
});

describe.each(all)('%s', (_file, dashboard) => {
  it('can be imported: no id, an address of its own, nothing that asks for an input', () => {
    expect(dashboard).toMatchObject({ id: null, schemaVersion: 41, tags: expect.arrayContaining(['tracebridge']) });
    expect(dashboard.uid).toMatch(/^tracebridge-[a-z]+$/);
    expect(Object.keys(dashboard).filter((key) => key.startsWith('__'))).toEqual([]);
  });

  it('names no data source but through a variable', () => {
    const references = [...dashboard.panels, ...dashboard.panels.flatMap(({ targets = [] }) => targets)].flatMap(
      ({ datasource }) => (datasource ? [datasource.uid] : [])
    );
    expect(references.filter((uid) => !/^\$\{\w+\}$/.test(uid))).toEqual([]);
    expect(texts(dashboard.templating.list.map((variable) => variable))).not.toContain('default');
  });

  it('asks in queries of today: each reads as itself', () => {
    for (const target of ours(dashboard)) {
      for (const { dialects = [] } of backendDefinitions) {
        expect(normalizeQuery(target, { dialects })).toEqual(target);
      }
    }
  });

  it('has panels that Grafana knows, each with an id of its own, none over another', () => {
    const { panels } = dashboard;
    expect(panels.map(({ type }) => type).filter((type) => !PANEL_TYPES.includes(type))).toEqual([]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`)
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24);
  });

  it.each(dashboard.panels.map((panel) => [panel.title, panel] as const))(
    '%s says in a sentence that there is nothing to draw, and leaves the sentence out of cells and tooltips',
    (_title, { type, fieldConfig }) => {
      expect(fieldConfig.defaults.noValue).toMatch(/^[A-Z].*\.$/);
      const values = { string: ['', undefined], number: [null, undefined] };
      const frame = createDataFrame({
        fields: [
          { name: 'statusMessage', type: FieldType.string, values: values.string },
          { name: 'errors', type: FieldType.number, values: values.number },
        ],
      });
      const [prepared] = applyFieldOverrides({
        data: [frame],
        fieldConfig,
        fieldConfigRegistry: fieldConfigRegistry(fieldConfig),
        replaceVariables: (text) => text,
        theme: createTheme(),
      });
      const texts = prepared.fields.flatMap(({ display, values }) => values.map((value) => display!(value).text));
      const isOfFields = type !== 'traces' && type !== 'logs';
      expect(texts.filter((text) => isOfFields && text !== '')).toEqual([]);
    }
  );

  it('uses only variables that it has', () => {
    const names = dashboard.templating.list.map(({ name }) => name);
    const used = texts(dashboard).flatMap((text) =>
      [...text.matchAll(/\$\{(\w+)|\$(\w+)/g)].map(([, braced, plain]) => braced ?? plain)
    );
    const known = new Set([...names, 'datasource']);
    expect([...new Set(used)].filter((name) => !BUILT_IN.test(name) && !known.has(name))).toEqual([]);
    expect(names).toContain('datasource');
  });

  it('lets its variables drive every panel', () => {
    const chosen = dashboard.templating.list.flatMap(({ name, type }) =>
      type === 'query' || type === 'textbox' ? [name] : []
    );
    const deaf = dashboard.panels.flatMap(({ title, type, targets = [] }) => {
      const asked = texts(targets).join(' ');
      // Logs and the graph know no operations.
      const heard = chosen.filter((name) => name !== 'operation' || !['logs', 'nodeGraph'].includes(type));
      return heard.filter((name) => !asked.includes(`$${name}`)).map((name) => `${title}: ${name}`);
    });
    expect(deaf).toEqual([]);
  });

  it('takes “All” operations for any, not for a request each', () => {
    const operations = dashboard.templating.list.filter(
      ({ query, includeAll }) => includeAll && (query as { kind?: string }).kind === 'operations'
    );
    expect(operations.map(({ allValue }) => allValue)).toEqual(operations.map(() => '.*'));
  });

  it('leads only to its own kind', () => {
    const uids = all.map(([, { uid }]) => uid);
    const addresses = texts(dashboard).filter((text) => /^(https?:|\/)/.test(text));
    const strangers = addresses.filter((text) => !uids.includes(/^\/d\/([\w-]+)\?/.exec(text)?.[1] ?? ''));
    expect(strangers).toEqual([]);
  });

  it('hands over variables that the other dashboard has', () => {
    for (const address of texts(dashboard).filter((text) => text.startsWith('/d/'))) {
      const other = all.find(([, { uid }]) => address.startsWith(`/d/${uid}?`))![1];
      const handed = [...address.matchAll(/var-(\w+)=|\$\{(\w+):queryparam\}/g)].map(
        ([, name, param]) => name ?? param
      );
      expect(other.templating.list.map(({ name }) => name)).toEqual(expect.arrayContaining(handed));
    }
  });
});

// Every line contains an empty text: the selector must refuse all services where there is no ID.
it.each([
  ['', false],
  ['7f3a91c2d4e5b6071829304a5b6c7d8e', true],
])('the logs of trace “%s” are selected: %s', (traceId, isSelected) => {
  const { panels } = read('trace.json');
  const { expr = '' } = panels
    .flatMap(({ targets = [] }) => targets)
    .find(({ datasource }) => datasource.type === 'loki')!;
  const query = parseLogql(expr.replaceAll('$traceId', traceId));
  const line = `charged, traceID=${traceId}`;
  const labels = new Map([['service_name', 'payment']]);
  expect(query.selects({ timeUnixNano: 0n, line, labels, metadata: new Map() })).toBe(isSelected);
  expect(query.passes({ line, labels })).toBe(true);
});
