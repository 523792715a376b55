/** The compose stack, as far as it can be checked without Docker: everything parses, and names, ports and uids agree. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  fileExists,
  provisioningFiles,
  readCompose,
  readDataSources,
  readYaml,
  ROOT,
  stringsIn,
  valuesUnder,
} from './readStack';

const compose = readCompose();
const dataSources = readDataSources();
const pluginId = (JSON.parse(readFileSync(path.join(ROOT, 'src/plugin.json'), 'utf8')) as { id: string }).id;

const CONFIGS = ['jaeger', 'loki', 'otel-collector', 'prometheus'].map((name) => `deploy/compose/${name}.yaml`);

/** Ports on which each container listens inside the network, from the configuration it is given. */
const LISTENING: Readonly<Record<string, readonly number[]>> = {
  jaeger: [...listeners('deploy/compose/jaeger.yaml'), 16686],
  'otel-collector': listeners('deploy/compose/otel-collector.yaml'),
  loki: [(readYaml('deploy/compose/loki.yaml') as { server: { http_listen_port: number } }).server.http_listen_port],
  // Its default; no flag in the compose file moves it.
  prometheus: [9090],
  grafana: [3000],
};

function listeners(file: string): number[] {
  return valuesUnder(readYaml(file), ['endpoint'])
    .map((endpoint) => /^0\.0\.0\.0:(\d+)$/.exec(String(endpoint))?.[1])
    .filter((port) => port !== undefined)
    .map(Number);
}

/** `host:port` pairs that point at a service of the stack. */
function targetsIn(texts: readonly string[]): ReadonlyArray<readonly [host: string, port: number]> {
  return texts.flatMap((text) =>
    [...text.matchAll(/(?:^|[/@])([a-z][a-z-]*):(\d{2,5})(?=$|\/)/g)].map(
      (match) => [match[1], Number(match[2])] as const
    )
  );
}

test.each(CONFIGS)('%s parses and is mounted into the stack', (file) => {
  expect(readYaml(file)).toBeInstanceOf(Object);
  const mounts = Object.values(compose.services).flatMap((service) => service.volumes ?? []);
  expect(mounts.some((mount) => mount.startsWith(`./${file}:`))).toBe(true);
});

test.each(Object.entries(compose.services))(
  '%s: the image is pinned, what it mounts and builds exists',
  (_, service) => {
    if (service.image) {
      expect(service.image).toMatch(/:(\$\{\w+:-)?v?\d+\.\d+/);
    }
    if (service.build?.dockerfile) {
      expect(fileExists(service.build.dockerfile)).toBe(true);
    }
    if (service.extends) {
      expect(fileExists(service.extends.file)).toBe(true);
    }
    for (const mount of service.volumes ?? []) {
      const [source] = mount.split(':');
      expect(source.startsWith('.') ? fileExists(source) : Object.keys(compose.volumes ?? {}).includes(source)).toBe(
        true
      );
    }
    for (const needed of Array.isArray(service.depends_on)
      ? service.depends_on
      : Object.keys(service.depends_on ?? {})) {
      expect(Object.keys(compose.services)).toContain(needed);
    }
  }
);

test.each([
  ...CONFIGS.map((file) => [file, stringsIn(readYaml(file))] as const),
  ['docker-compose.yml', stringsIn(Object.values(compose.services).map((service) => service.command))] as const,
  ['provisioning', dataSources.map((source) => source.url ?? '')] as const,
])('%s: every address names a service of the stack and a port it listens on', (_, texts) => {
  for (const [host, port] of targetsIn(texts)) {
    expect([host, LISTENING[host]]).toEqual([host, expect.arrayContaining([port])]);
  }
});

test('published ports are ports that the container listens on', () => {
  for (const [name, service] of Object.entries(compose.services)) {
    for (const published of service.ports ?? []) {
      expect(LISTENING[name]).toContain(Number(published.split(':').at(-1)));
    }
  }
});

describe('provisioned data sources', () => {
  const uids = dataSources.map((source) => source.uid);

  test('the plugin, Loki and Prometheus are there, each uid once', () => {
    expect(dataSources.map((source) => source.type)).toEqual(expect.arrayContaining([pluginId, 'loki', 'prometheus']));
    expect(new Set(uids).size).toBe(uids.length);
    expect(dataSources.filter((source) => source.isDefault).length).toBeLessThanOrEqual(1);
  });

  test('every uid that one of them names is the uid of another', () => {
    const named = dataSources.flatMap((source) => [
      ...valuesUnder(source.jsonData, ['datasourceUid']),
      ...valuesUnder(source.correlations, ['targetUID']),
    ]);
    expect(named.length).toBeGreaterThan(0);
    for (const uid of named) {
      expect(uids).toContain(uid);
    }
  });

  test('requests go through the proxy: the browser sees no address and no secret of a store', () => {
    for (const source of dataSources) {
      expect(source.access).toBe('proxy');
    }
  });

  // Grafana expands $NAME and ${NAME} in provisioning files; a link variable must be written with $$.
  test.each(provisioningFiles())('%s: nothing that Grafana would expand', (file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8').replace(/^\s*#.*$/gm, '');
    expect(text.replace(/\$\$/g, '')).not.toMatch(/\$[\w{]/);
  });

  // Without both, the provisioner of Grafana 12.4 panics (provisioning/datasources/datasources.go:208).
  test('correlations have a label and a description, and say what kind of query they carry', () => {
    const correlations = dataSources.flatMap((source) => source.correlations ?? []);
    expect(correlations.length).toBeGreaterThan(0);
    for (const correlation of correlations) {
      expect(correlation.label).toEqual(expect.any(String));
      expect(correlation.description).toEqual(expect.any(String));
      expect(correlation.type).toBe('query');
      expect(correlation.config?.target).toHaveProperty('queryType', 'traceql');
    }
  });

  // Entries of one name share the first one's matcher (contract of Loki's derived fields), so names must differ.
  test('derived fields have different names and show both kinds of matcher', () => {
    const fields = dataSources
      .filter((source) => source.type === 'loki')
      .flatMap(
        (source) => (source.jsonData?.derivedFields ?? []) as ReadonlyArray<{ name: string; matcherType?: string }>
      );
    expect(new Set(fields.map((field) => field.name)).size).toBe(fields.length);
    expect(fields.map((field) => field.matcherType ?? 'regex')).toEqual(expect.arrayContaining(['regex', 'label']));
  });
});

test('the collector and Prometheus agree on where span metrics are scraped', () => {
  const targets = stringsIn(valuesUnder(readYaml('deploy/compose/prometheus.yaml'), ['targets']));
  expect(targets).toEqual(['otel-collector:8889']);
});

test('what the collector makes of spans is made of the traces it gets, and reaches Prometheus', () => {
  const { connectors, service } = readYaml('deploy/compose/otel-collector.yaml') as {
    readonly connectors: Readonly<Record<string, unknown>>;
    readonly service: { readonly pipelines: Readonly<Record<string, Record<'receivers' | 'exporters', string[]>>> };
  };
  const made = Object.keys(connectors);
  expect(made).toEqual(['spanmetrics', 'servicegraph']);
  expect(service.pipelines.traces.exporters).toEqual(expect.arrayContaining(made));
  const scraped = Object.values(service.pipelines).filter(({ exporters }) => exporters.includes('prometheus'));
  expect(scraped.flatMap(({ receivers }) => receivers)).toEqual(expect.arrayContaining(made));
});

test('the service graph reads its metrics from Prometheus', () => {
  const named = dataSources.flatMap(({ jsonData }) => valuesUnder(jsonData?.serviceMap, ['datasourceUid']));
  expect(named.length).toBeGreaterThan(0);
  for (const uid of named) {
    expect(dataSources.find((source) => source.uid === uid)?.type).toBe('prometheus');
  }
});
