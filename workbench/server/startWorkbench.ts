import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startLiveShop } from '../../demo/startLiveShop';
import { writePastVisits } from '../../demo/writePastVisits';
import { startStore, type Store } from '../store/startStore';
import type { Generation } from '../store/generations';
import { BROKEN_DATASOURCES } from './brokenUpstreams';
import { buildIfStale, HOST_BUILD, PLUGIN_BUILD } from './builds';
import { createServer } from './createServer';
import { DatasourceRegistry } from './datasourceRegistry';
import { listenOnFreePort } from './listenOnFreePort';
import { readProvisioning, type ProvisionedDatasource } from './provisioning';
import { REMOTE_STORES } from './remoteStores/list';
import type { RemoteStore } from './remoteStores/remoteStore';

export interface WorkbenchOptions {
  /** Default 3456; 0 takes any free port. */
  readonly port?: number;
  /** Id of the backend whose store is read from and sent to, instead of the embedded store. */
  readonly backend?: string;
  /** The store of that backend; missing where it is started here. */
  readonly storeUrl?: string;
  /** Where the shop sends its traces as OTLP. Default: the store that is read from. */
  readonly otlp?: string;
  /** Which API generation the embedded store answers. Default `both`. */
  readonly generation?: Generation;
  readonly basePath?: string;
  /** Default 7, or another one each time when the traces go to a server that keeps them. */
  readonly seed?: number;
  /** Visits per second in the live shop. Default 1. */
  readonly rate?: number;
  /** How many past visits are written before the page opens. Default 300. */
  readonly past?: number;
  /** False: no live shop and no past visits. */
  readonly demo?: boolean;
  /** False: serve what was built before. */
  readonly build?: boolean;
  /** More data sources of this plugin, e.g. ones whose upstream is down. */
  readonly extraDatasources?: ReadonlyArray<readonly [name: string, url: string]>;
  /** Adds data sources whose upstream misbehaves in known ways. */
  readonly broken?: boolean;
  /** Receives progress lines; default: silence. */
  readonly say?: (line: string) => void;
}

export interface Workbench {
  readonly url: string;
  readonly store: Store;
  close(): Promise<void>;
}

const ROOT = path.resolve(__dirname, '../..');

/** Builds what is stale, starts store, shop and page server, and returns when the page can be opened. */
export async function startWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const say = options.say ?? (() => undefined);
  if (options.build !== false) {
    await buildIfStale(ROOT, PLUGIN_BUILD, say);
    await buildIfStale(ROOT, HOST_BUILD, say);
  }
  const missing = [PLUGIN_BUILD, HOST_BUILD].filter(({ output }) => !existsSync(path.join(ROOT, output)));
  if (missing.length > 0) {
    throw new Error(
      `There is no ${missing.map(({ output }) => output).join(' and no ')}: start once without --no-build.`
    );
  }
  const pluginId = readPluginId();
  const closers: Array<() => Promise<void>> = [];
  const close = async () => {
    for (const closeOne of closers.splice(0).reverse()) {
      await closeOne();
    }
  };
  try {
    const store = await startStore({ generation: options.generation, basePath: options.basePath });
    closers.push(() => store.close());
    const remote = await openRemoteStore(options, say);
    if (remote) {
      closers.push(() => remote.close());
    }
    // Ids follow from the seed: in a store that outlives this run the same seed would write the same traces again.
    const isKept = remote?.isKept ?? options.otlp !== undefined;
    const seed = options.seed ?? (isKept ? Date.now() % 1_000_000 : DEFAULT_SEED);
    const tracesUrl = remote?.url ?? store.url;
    const provisioning = readProvisioning(path.join(ROOT, 'provisioning/datasources'));
    const provisioned = provisioning.datasources.map((datasource) => ({
      ...datasource,
      url: localUpstream(datasource, pluginId, tracesUrl, store.lokiUrl),
    }));
    // The broken ones live on the page's own server, whose address is known only when it listens.
    const extra = (options.extraDatasources ?? []).map(([name, url]) => extraDatasource(name, url, pluginId));
    const broken = options.broken ? BROKEN_DATASOURCES.map(([name]) => extraDatasource(name, '', pluginId)) : [];
    const registry = new DatasourceRegistry([...provisioned, ...extra, ...broken]);
    const app = createServer({
      pluginId,
      distFolder: path.join(ROOT, 'dist'),
      hostFolder: path.join(ROOT, 'workbench/dist-host'),
      modulesFolder: path.join(ROOT, 'node_modules'),
      registry,
      correlations: provisioning.correlations,
      about: {
        traces: remote
          ? { kind: 'server', backend: options.backend, url: remote.url }
          : { kind: 'embedded', generation: store.generation },
        demo: options.demo !== false,
        seed,
      },
    });
    closers.push(() => app.close());
    if (options.demo !== false) {
      closers.push(await startShop(options, seed, store, remote));
    }
    const url = await listenOnFreePort(app, options.port ?? 3456, say);
    for (const [name, below] of options.broken ? BROKEN_DATASOURCES : []) {
      registry.change(name, { url: url + below });
    }
    return { url, store, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const DEFAULT_SEED = 7;

async function openRemoteStore(
  { backend, storeUrl: url, otlp }: WorkbenchOptions,
  say: (line: string) => void
): Promise<RemoteStore | undefined> {
  if (backend === undefined) {
    return undefined;
  }
  const open = REMOTE_STORES.get(backend);
  if (!open) {
    throw new Error(`There is no store for the backend '${backend}'. Known: ${[...REMOTE_STORES.keys()].join(', ')}.`);
  }
  return open({ url, otlp, say });
}

async function startShop(
  options: WorkbenchOptions,
  seed: number,
  store: Store,
  remote: RemoteStore | undefined
): Promise<() => Promise<void>> {
  const targets = { otlpUrl: options.otlp ?? store.otlpUrl, logsUrl: store.otlpUrl };
  await writePastVisits({ ...targets, seed, count: options.past ?? 300, exporter: remote?.createExporter() });
  const shop = await startLiveShop({ ...targets, seed, rate: options.rate ?? 1, exporter: remote?.createExporter() });
  return () => shop.stop();
}

/** The provisioned addresses are those of the compose stack; here the embedded store stands behind the same names. */
function localUpstream(
  { type, url }: ProvisionedDatasource,
  pluginId: string,
  tracesUrl: string,
  lokiUrl: string
): string {
  if (type === pluginId) {
    return tracesUrl;
  }
  return type === 'loki' ? lokiUrl : url;
}

function extraDatasource(name: string, url: string, pluginId: string): ProvisionedDatasource {
  return {
    name,
    uid: name.replace(/[^A-Za-z0-9_-]+/g, '-'),
    type: pluginId,
    access: 'proxy',
    url,
    isDefault: false,
    editable: true,
    basicAuth: false,
    basicAuthUser: '',
    withCredentials: false,
    user: '',
    database: '',
    // Short, so that a hanging server is seen to hang soon.
    jsonData: { timeout: 5 },
    secureJsonData: {},
  };
}

function readPluginId(): string {
  const pluginJson: unknown = JSON.parse(readFileSync(path.join(ROOT, 'src/plugin.json'), 'utf8'));
  if (
    typeof pluginJson === 'object' &&
    pluginJson !== null &&
    'id' in pluginJson &&
    typeof pluginJson.id === 'string'
  ) {
    return pluginJson.id;
  }
  throw new Error('src/plugin.json has no id');
}
