import type { DataSourceInstanceSettings, DataSourcePluginMeta } from '@grafana/data';

import type { BackendDefinition, TraceBackend } from '../../backends/backend';
import { BackendError } from '../../backends/errors';
import type { HttpClient, HttpRequest } from '../../backends/http';
import { backendDefinitions } from '../../backends/index';
import type { BackendCapabilities } from '../../query/capabilities';
import { DocumentDesk } from '../documents/DocumentDesk';
import { documentReaders } from '../documents/documentReaders';
import { DocumentShelf } from '../documents/DocumentShelf';
import type { DataSourceServices } from '../services';
import type { TraceJsonData } from '../settings';

export const ALL_CAPABILITIES: BackendCapabilities = {
  search: 'any',
  attributeOperators: ['='],
  durationRange: true,
  spanNames: true,
  attributeCatalogue: false,
  dependencies: true,
  timeSeries: false,
  rawTraces: true,
  traceWindow: true,
};

/** A store that misses every trace and holds nothing, but for what the test gives it. */
export function fakeBackend(methods: Partial<TraceBackend> = {}): TraceBackend {
  return {
    fetchTrace: async () => {
      throw new BackendError('trace-not-found', { backend: 'fake' });
    },
    searchTraces: async () => ({ summaries: [], isLimited: false, notices: [] }),
    listServices: async () => [],
    probe: async () => ({ product: 'Fake', capabilities: ALL_CAPABILITIES, can: [], cannot: [] }),
    ...methods,
  };
}

export function fakeDefinition(
  create: (http: HttpClient) => TraceBackend,
  capabilities: Partial<BackendCapabilities> = {}
): BackendDefinition {
  return {
    id: 'fake',
    label: 'Fake',
    description: '',
    exampleUrl: 'http://fake:80',
    capabilities: { ...ALL_CAPABILITIES, ...capabilities },
    settingsFields: [],
    readSettings: (jsonData) => jsonData,
    create: (_, http) => create(http),
  };
}

/** Services without Grafana. Variables are `$name`; what is not in `variables` stays as written. */
export function fakeServices(
  definition: BackendDefinition,
  { variables = {}, ...overrides }: Partial<DataSourceServices> & { variables?: Record<string, string> } = {}
): DataSourceServices {
  return {
    definitions: [definition],
    createHttp: () => ({ get: async ({ path }: HttpRequest) => ({ status: 200, body: path }) }),
    replace: (text, scopedVars) =>
      text.replace(
        /\$\{?(\w+)\}?/g,
        (written, name: string) => scopedVars?.[name]?.value ?? variables[name] ?? written
      ),
    documents: new DocumentDesk({
      readers: documentReaders(backendDefinitions),
      shelf: new DocumentShelf(),
      now: () => 0,
    }),
    containsTemplate: (text) => /\$\w|\$\{/.test(text),
    now: () => 0,
    queryInstant: async () => ({ name: 'Prometheus', frames: [] }),
    readSavedUrl: async () => 'http://fake:1234',
    ...overrides,
  };
}

export function instanceSettings(
  jsonData: TraceJsonData = {},
  overrides: Partial<DataSourceInstanceSettings<TraceJsonData>> = {}
): DataSourceInstanceSettings<TraceJsonData> {
  return {
    uid: 'traces',
    type: 'tracebridge-tracing-datasource',
    name: 'Traces',
    meta: {} as DataSourcePluginMeta,
    readOnly: false,
    access: 'proxy',
    url: '/api/datasources/proxy/uid/traces',
    jsonData,
    ...overrides,
  };
}
