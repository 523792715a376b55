import path from 'node:path';
import { expandValue, parseProvisioning, readProvisioning } from './provisioning';

it.each([
  ['$${__value.raw}', '${__value.raw}'],
  ['$$', '$'],
  ['$$$NAME', '$value'],
  ['a $NAME b', 'a value b'],
  ['${NAME}s', 'values'],
  ['$NAMEs', ''],
  ['$MISSING', ''],
  ['5 $', '5 $'],
])('expands %s to %s', (text, expected) => {
  expect(expandValue(text, { NAME: 'value' })).toBe(expected);
});

const MINIMAL = 'datasources:\n  - name: n\n    uid: u\n    type: t\n';

it.each([
  ['datasources:\n  - name: n\n    type: t\n', 'x.yaml: datasources[0].uid must be a text that is not empty'],
  ['datasources:\n  - 7\n', 'x.yaml: datasources[0] must be a mapping'],
  ['- a list\n', 'x.yaml must be a mapping'],
  [
    `${MINIMAL}    correlations:\n      - targetUID: t\n        label: l\n        type: query\n        config: {}\n`,
    'x.yaml: datasources[0].correlations[0].description must be a text that is not empty',
  ],
  [
    `${MINIMAL}    correlations:\n      - targetUID: t\n        label: l\n        description: d\n        type: query\n        config: {}\n        transformations: []\n`,
    'x.yaml: datasources[0].correlations[0]: transformations belong under config',
  ],
])('refuses %j with a sentence', (text, message) => {
  expect(() => parseProvisioning(text, 'x.yaml', {})).toThrow(message);
});

it('a missing editable means read-only, a missing access means proxy', () => {
  const [datasource] = parseProvisioning(MINIMAL, 'x.yaml', {}).datasources;
  expect(datasource).toMatchObject({ editable: false, access: 'proxy', jsonData: {}, secureJsonData: {} });
});

describe('the shipped files', () => {
  const { datasources, correlations } = readProvisioning(path.resolve(__dirname, '../../provisioning/datasources'), {});
  const byUid = new Map(datasources.map((datasource) => [datasource.uid, datasource]));

  it('refer only to data sources that are there', () => {
    const referred = JSON.stringify([datasources, correlations]).matchAll(
      /"(?:datasourceUid|targetUID|sourceUID)":"([^"]+)"/g
    );
    const uids = [...referred].map((match) => match[1]);
    expect(uids.length).toBeGreaterThanOrEqual(7);
    expect(uids.filter((uid) => !byUid.has(uid))).toEqual([]);
  });

  it('have one default', () => {
    expect(datasources.filter(({ isDefault }) => isDefault).map(({ uid }) => uid)).toEqual(['tracebridge-jaeger']);
  });

  it('leave no variable of the links to the environment', () => {
    const text = JSON.stringify([datasources, correlations]);
    expect(text).toContain('"url":"${__value.raw}"');
    expect(text).toContain('{${__tags}}');
    expect(text).toContain('"query":"${traceid}"');
  });

  const fields = byUid.get('tracebridge-loki')?.jsonData.derivedFields as Array<{
    name: string;
    matcherType: string;
    matcherRegex: string;
  }>;

  it('give the derived fields names of their own: fields of one name share the first matcher', () => {
    expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
    expect(fields.map(({ matcherType }) => matcherType)).toEqual(['regex', 'label']);
  });

  it.each([
    ['level=info trace_id=7f3a91c2d4e5b6071829304a5b6c7d8e', '7f3a91c2d4e5b6071829304a5b6c7d8e'],
    ['{"msg":"x","trace_id":"7f3a91c2d4e5b6071829304a5b6c7d8e"}', '7f3a91c2d4e5b6071829304a5b6c7d8e'],
    ['{"traceId": "A1B2C3D4E5F60718"}', 'A1B2C3D4E5F60718'],
    ['[INFO] done traceID=a1b2c3d4e5f60718', 'a1b2c3d4e5f60718'],
    ['TraceId: a1b2c3d4e5f60718', 'a1b2c3d4e5f60718'],
    ['trace_id=short', undefined],
    ['span_id=a1b2c3d4e5f60718', undefined],
  ])('find the id in %s', (line, id) => {
    expect(new RegExp(fields[0].matcherRegex).exec(line)?.[1]).toBe(id);
    const config = correlations[0].config as { transformations: Array<{ expression: string }> };
    expect(new RegExp(config.transformations[0].expression).exec(line)?.[1]).toBe(id);
  });

  it.each([
    ['trace_id', true],
    ['traceID', true],
    ['traceid', true],
    ['span_id', false],
    ['trace_id_hint', false],
  ])('take the label %s: %s', (label, expected) => {
    expect(new RegExp(fields[1].matcherRegex).test(label)).toBe(expected);
  });
});
