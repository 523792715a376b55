/** The embedded store, asked by the plugin's own backend: the clauses that real servers are held to. */
import { describeBackend } from '../../src/backends/contract/describeBackend';
import { liveWorld } from '../../src/backends/contract/liveWorld';
import type { Loss } from '../../src/backends/contract/losses';
import { sendStories } from '../../src/backends/contract/sendStories';
import { jaeger } from '../../src/backends/jaeger/definition';
import { GENERATION_NAMES, type Generation } from './generations';
import { startStore, type Store } from './startStore';

/** What "Save & test" must call it, and, without v3, what the legacy JSON loses. */
const EXPECTED: Readonly<Record<Generation, { readonly generation: string; readonly losses?: readonly Loss[] }>> = {
  legacy: {
    generation: 'legacy API',
    losses: ['nanoseconds', 'scope attributes', 'link attributes', 'lists and maps', 'empty values'],
  },
  'both-without-summaries': { generation: 'API v3 and legacy API' },
  both: { generation: 'API v3 with summaries' },
  'v3-summaries': { generation: 'API v3 with summaries' },
  v3: { generation: 'API v3' },
};

describe.each(GENERATION_NAMES)('embedded store as %s', (generation) => {
  let store: Store;

  beforeAll(async () => {
    store = await startStore({ generation, basePath: '/base' });
    await sendStories(store.otlpUrl);
  });

  afterAll(() => store.close());

  const world = { open: (question: string) => liveWorld(store.url).open(question) };
  describeBackend(jaeger, { server: `embedded store, ${generation}`, world, ...EXPECTED[generation] });
});
