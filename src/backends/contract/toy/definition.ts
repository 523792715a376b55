import type { BackendDefinition, TraceBackend } from '../../backend';
import { BackendError } from '../../errors';
import { encodePath, type HttpClient } from '../../http';
import { ask } from '../../readAnswer';
import { summarizeTrace } from '../../../model/summary';
import { isJsonObject, listField, readObject } from '../../../wire/read';
import { decodeShelf } from './decodeShelf';

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

function createShelf(board: string, http: HttpClient): TraceBackend {
  const get = <T>(signal: AbortSignal, segments: readonly string[], decode: (body: unknown) => T): Promise<T> =>
    ask(http, { path: encodePath(...segments), signal }, { backend: 'shelf', decode });

  return {
    async fetchTrace({ traceId }, { signal }) {
      const [trace] = await get(signal, [board, 'traces', traceId], decodeShelf);
      if (!trace) {
        throw new BackendError('trace-not-found', { backend: 'shelf' });
      }
      return trace;
    },
    async searchTraces({ service = '', limit }, { signal }) {
      const traces = await get(signal, [board, 'services', service], decodeShelf);
      const found = traces.map(summarizeTrace).sort((a, b) => (a.startUnixNano > b.startUnixNano ? -1 : 1));
      return { summaries: found.slice(0, limit), isLimited: found.length > limit, notices: [], traces };
    },
    async listServices({ signal }) {
      const names = await get(signal, [board, 'services'], (body) => listField(readObject(body), 'services'));
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
