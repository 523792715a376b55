import fastify, { type FastifyInstance } from 'fastify';
import { GENERATIONS, type Generation, type GenerationFeatures } from './generations';
import { registerLegacyRoutes } from './legacyRoutes';
import { LogStore } from './LogStore';
import { registerLokiRoutes } from './lokiRoutes';
import { registerOtlpRoutes } from './otlpRoutes';
import { TraceStore } from './TraceStore';
import { registerV3Routes } from './v3Routes';

export interface StoreOptions {
  /** Default: any free port. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
  readonly generation?: Generation;
  /** Moves Jaeger's routes below it, as `--query.base-path` does; OTLP and Loki stay at the root. */
  readonly basePath?: string;
  readonly maxTraces?: number;
  readonly maxSpans?: number;
  readonly maxLogLines?: number;
}

/** Addresses without a trailing slash. */
export interface Store {
  /** Jaeger's, with the base path. */
  readonly url: string;
  /** `/v1/traces` and `/v1/logs` are appended to it. */
  readonly otlpUrl: string;
  readonly lokiUrl: string;
  readonly generation: Generation;
  close(): Promise<void>;
}

const JAEGER_UI_PAGE =
  '<!doctype html><html lang="en"><head><title>Jaeger UI</title></head><body><div id="jaeger-ui-root"></div></body></html>';

/** Starts the embedded trace and log store: one port that speaks OTLP in, Jaeger's query APIs and a little Loki out. */
export async function startStore(options: StoreOptions = {}): Promise<Store> {
  const generation = options.generation ?? 'both';
  const features = GENERATIONS[generation];
  const basePath = normalBasePath(options.basePath ?? '');
  const traces = new TraceStore(options.maxTraces ?? 50_000, options.maxSpans ?? 1_000_000);
  const logs = new LogStore(options.maxLogLines ?? 200_000);

  const app = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 4096 } });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  registerOtlpRoutes(app, traces, logs, features);
  registerLokiRoutes(app, logs);
  await app.register(
    async (scope) => {
      registerLegacyRoutes(scope, traces, features);
      if (features.v3) {
        registerV3Routes(scope, traces, features);
      }
    },
    { prefix: basePath }
  );
  answerUnknownPaths(app, basePath, features);
  const root = await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  return { url: root + basePath, otlpUrl: root, lokiUrl: root, generation, close: () => app.close() };
}

/** Jaeger UI's page wherever nothing else is; nothing at all outside the base path. */
function answerUnknownPaths(app: FastifyInstance, basePath: string, features: GenerationFeatures): void {
  app.setNotFoundHandler((request, reply) => {
    const path = (request.raw.url ?? '/').split('?')[0];
    const isOutside = !`${path}/`.startsWith(`${basePath}/`);
    const isApi = path.startsWith(`${basePath}/api/`);
    if (isOutside || (isApi && features.unknownApiPath === 404)) {
      return reply.code(404).header('content-type', 'text/plain; charset=utf-8').send('404 page not found\n');
    }
    return reply.header('content-type', 'text/html; charset=utf-8').send(JAEGER_UI_PAGE);
  });
}

function normalBasePath(basePath: string): string {
  const inner = basePath.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '' : `/${inner}`;
}
