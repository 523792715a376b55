/** Provisioning files of Grafana's own trace sources, of which only `type` is changed: docs/coming-from-grafanas-sources.md. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { omit } from 'lodash';
import { parse } from 'yaml';

import { readTracesToLogs } from '../editors/config/tracesToLogs';
import { readSettings, type TraceJsonData, type TraceSettings } from './settings';
import { instanceSettings } from './testing/fakeServices';

const HOUR = 3_600_000;
const page = readFileSync(path.resolve(__dirname, '../../docs/coming-from-grafanas-sources.md'), 'utf8');

function jsonDataOf(source: string): TraceJsonData {
  // As Grafana does, `$$` becomes `$`.
  const text = readFileSync(path.join(__dirname, 'testdata', `${source}.yaml`), 'utf8').replace(/\$\$/g, '$');
  return parse(text).datasources[0].jsonData;
}

const read = (jsonData: TraceJsonData) => readSettings(instanceSettings(jsonData));

const PROFILES = {
  datasourceUid: 'pyroscope',
  profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
};

describe('each key that this plugin acts on', () => {
  test.each<[source: string, key: string, expected: Partial<TraceSettings>]>([
    ['jaeger', 'nodeGraph', { hasNodeGraph: true }],
    ['jaeger', 'traceQuery', { lookupMargins: { beforeMs: HOUR, afterMs: -HOUR } }],
    ['jaeger', 'timeout', { timeoutSeconds: 45 }],
    [
      'jaeger',
      'tracesToProfiles',
      {
        tracesToProfiles: {
          ...PROFILES,
          tags: [{ key: 'service.name', value: 'service_name' }],
          query: undefined,
          customQuery: false,
        },
      },
    ],
    ['tempo', 'nodeGraph', { hasNodeGraph: true }],
    ['tempo', 'serviceMap', { serviceMapUid: 'prom' }],
    ['tempo', 'traceQuery', { lookupMargins: { beforeMs: 2 * HOUR, afterMs: HOUR / 2 } }],
    [
      'tempo',
      'tracesToProfiles',
      {
        tracesToProfiles: {
          ...PROFILES,
          tags: [],
          query: '{service_name="${__span.tags["service.name"]}"}',
          customQuery: true,
        },
      },
    ],
  ])('%s: %s', (source, key, expected) => {
    const jsonData = jsonDataOf(source);
    expect(read(jsonData)).toMatchObject(expected);
    // It is this key that does it.
    expect(read(omit(jsonData, key))).not.toMatchObject(expected);
  });

  it('traceIdTimeParams of jaeger, where traceQuery is not set', () => {
    expect(read(omit(jsonDataOf('jaeger'), 'traceQuery')).lookupMargins).toEqual({ beforeMs: 0, afterMs: 0 });
  });

  it('tracesToLogs of zipkin, as the settings page shows it', () => {
    expect(readTracesToLogs(jsonDataOf('zipkin'))).toMatchObject({
      datasourceUid: 'loki',
      tags: [{ key: 'job' }, { key: 'pod' }],
      filterByTraceID: true,
    });
  });
});

/** Keys that the page promises nothing of, and those on which Grafana's trace view or its proxy acts without us. */
const NOT_OURS = [
  'lokiSearch',
  'search',
  'streamingEnabled',
  'tagLimit',
  'spanBar',
  'tracesToLogs',
  'tracesToLogsV2',
  'tracesToMetrics',
  'httpHeaderName1',
  'oauthPassThru',
  'tlsAuth',
  'tlsSkipVerify',
];

test.each(['jaeger', 'tempo', 'zipkin'])('%s: nothing else changes what this plugin does', (source) => {
  const jsonData = jsonDataOf(source);
  expect(omit(read(jsonData), 'jsonData')).toEqual(omit(read(omit(jsonData, NOT_OURS)), 'jsonData'));
  expect(read(jsonData).backendId).toBeUndefined();
});

test.each(['jaeger', 'tempo', 'zipkin'])('%s: the page says of every key what becomes of it', (source) => {
  const table = page.slice(page.indexOf('## Provisioning'), page.indexOf('## What a frontend'));
  for (const key of Object.keys(jsonDataOf(source))) {
    expect(table).toContain(`\`${key.replace(/^tls.*/, 'tls…')}`);
  }
});
