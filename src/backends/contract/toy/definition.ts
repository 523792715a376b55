import type { BackendDefinition, TraceBackend } from '../../backend';
import { BackendError } from '../../errors';
import { encodePath, type HttpClient, type HttpRequest } from '../../http';
import { ask } from '../../readAnswer';
import { assembleTraces } from '../../../model/assembleTrace';
import { summarizeTrace } from '../../../model/summary';
import type { Trace } from '../../../model/trace';
import { isJsonObject, listField, readObject } from '../../../wire/read';
import { decodeOtlp } from '../../../wire/otlp/decodeOtlp';

/** What Shelf can be asked. Editors, validation and docs read this, nobody asks for the name of the store. */
const SHELF_CAPABILITIES: BackendDefinition['capabilities'] = {
  search: 'needs-service',
  attributeOperators: [],
  durationRange: false,
  spanNames: false,
  attributeCatalogue: false,
  dependencies: false,
  timeSeries: false,
  rawTraces: false,
  traceWindow: false,
};

/** A store that does little: traces lie on a shelf per service. It serves as the example of docs/adding-a-backend.md. */
export const shelf: BackendDefinition<{ readonly board: string }> = {
  id: 'shelf',
  label: 'Shelf',
  description: 'Shelf, the smallest trace store there is.',
  exampleUrl: 'http://shelf:7000',
  capabilities: SHELF_CAPABILITIES,
  settingsFields: [
    {
      key: 'shelfBoard',
      label: 'Board',
      description: 'Which board of the shelf holds the traces.',
      options: [
        { value: 'upper', label: 'Upper' },
        { value: 'lower', label: 'Lower' },
      ],
      defaultValue: 'upper',
    },
  ],
  readSettings: (jsonData) => ({
    board: isJsonObject(jsonData) && jsonData.shelfBoard === 'lower' ? 'lower' : 'upper',
  }),
  signatures: [{ path: '/shelf', matches: (_, json) => isJsonObject(json) && json.product === 'Shelf' }],
  create: ({ board }, http) => createShelf(board, http),
};

/** Shelf answers OTLP's JSON. A store with a format of its own has a decoder that makes the same flat spans. */
function readTraces(body: unknown): readonly Trace[] {
  const { spans, warnings } = decodeOtlp(body, { ids: 'hex' });
  return assembleTraces(spans, warnings);
}

function createShelf(board: string, http: HttpClient): TraceBackend {
  const get = <T>(
    signal: AbortSignal,
    segments: readonly string[],
    decode: (body: unknown) => T,
    query?: HttpRequest['query']
  ): Promise<T> => ask(http, { path: encodePath(board, ...segments), query, signal }, { backend: shelf.id, decode });

  return {
    async fetchTrace({ traceId }, { signal }) {
      const [trace] = await get(signal, ['traces', traceId], readTraces);
      if (!trace) {
        throw new BackendError('trace-not-found', { backend: shelf.id });
      }
      return trace;
    },
    async searchTraces({ service, spanName, window, limit, ...rest }, { signal }) {
      // The product does not ask for what the capabilities leave out; whoever does is told, and Shelf is not asked.
      if (service === undefined || rest.attributes.length > 0 || rest.minDuration || rest.maxDuration) {
        throw new BackendError('unsupported', { backend: shelf.id, detail: 'Shelf knows traces by their service.' });
      }
      const query: NonNullable<HttpRequest['query']> = [
        ['from', String(window.fromUnixNano)],
        ['to', String(window.toUnixNano)],
        // One more than asked for tells whether there are more.
        ['newest', String(limit + 1)],
        ...(spanName === undefined ? [] : [['span', spanName] as const]),
      ];
      const traces = await get(signal, ['services', service], readTraces, query);
      const found = traces.map(summarizeTrace).sort((a, b) => (a.startUnixNano > b.startUnixNano ? -1 : 1));
      return { summaries: found.slice(0, limit), isLimited: found.length > limit, notices: [], traces };
    },
    async listServices({ signal }) {
      const names = await get(signal, ['services'], (body) => listField(readObject(body), 'services'));
      return names.map(String).sort();
    },
    async probe(context) {
      const services = await this.listServices(context);
      return {
        product: 'Shelf',
        capabilities: SHELF_CAPABILITIES,
        can: ['trace by ID', 'search by service'],
        cannot: ['search by attributes (a shelf has no index)'],
        serviceCount: services.length,
      };
    },
  };
}
