import { readFileSync } from 'node:fs';
import path from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { registerBrokenUpstreams } from './brokenUpstreams';
import { proxyToUpstream } from './dataProxy';
import type { DatasourceChange, DatasourceRegistry } from './datasourceRegistry';
import { placeholderIcon } from './placeholderIcon';
import type { ProvisionedCorrelation } from './provisioning';
import { fontFile, sendFile } from './publicFiles';

/** Folders are absolute. */
export interface ServerOptions {
  readonly pluginId: string;
  readonly distFolder: string;
  readonly hostFolder: string;
  readonly modulesFolder: string;
  readonly registry: DatasourceRegistry;
  readonly correlations: readonly ProvisionedCorrelation[];
  /** What the page shows about this run; plain data. */
  readonly about: Readonly<Record<string, unknown>>;
}

/** The workbench's own routes; the caller decides where to listen. */
export function createServer(options: ServerOptions): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 4096 } });
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
  });
  registerConfig(app, options);
  registerProxy(app, options.registry);
  registerPublic(app, options);
  registerBrokenUpstreams(app);
  app.setNotFoundHandler(async (request, reply) => {
    const { pathname } = new URL(request.url, 'http://workbench');
    const relative = decodePath(pathname.slice(1));
    if (relative !== undefined && relative !== '' && (await sendFile(reply, options.hostFolder, relative))) {
      return reply;
    }
    // Pages have no dot in their last segment; a missing file should not come back as a page.
    const isPage =
      request.method === 'GET' && !/\.[^/]+$/.test(pathname) && !/^\/(api|public|workbench)\//.test(pathname);
    if (isPage && (await sendFile(reply, options.hostFolder, 'index.html'))) {
      return reply;
    }
    return reply.code(404).send({ message: `The workbench has nothing at ${pathname}` });
  });
  return app;
}

function registerConfig(app: FastifyInstance, { registry, correlations, pluginId, distFolder, about }: ServerOptions) {
  app.get('/workbench/config.json', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return {
      pluginId,
      pluginMeta: JSON.parse(readFileSync(path.join(distFolder, 'plugin.json'), 'utf8')),
      datasources: registry.views(),
      correlations,
      about,
    };
  });
  // Grafana's own route for saved settings; "Save & test" reads the address from it, which a proxied instance hides.
  app.get<{ Params: { uid: string } }>('/api/datasources/uid/:uid', async (request, reply) => {
    const view = registry.views().find(({ uid }) => uid === request.params.uid);
    if (!view) {
      return reply.code(404).send({ message: 'Data source not found' });
    }
    const { upstreamUrl, ...settings } = view;
    return { ...settings, url: upstreamUrl };
  });
  app.put<{ Params: { uid: string }; Body: DatasourceChange }>(
    '/workbench/datasources/:uid',
    { schema: { body: changeSchema } },
    async (request, reply) => {
      const datasource = registry.change(request.params.uid, request.body);
      return datasource
        ? { datasource, message: 'Datasource updated' }
        : reply.code(404).send({ message: `There is no data source with the uid '${request.params.uid}'` });
    }
  );
}

const changeSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1 },
    url: { type: 'string' },
    basicAuth: { type: 'boolean' },
    basicAuthUser: { type: 'string' },
    withCredentials: { type: 'boolean' },
    jsonData: { type: 'object' },
    secureJsonData: { type: 'object' },
    secureJsonFields: { type: 'object' },
  },
} as const;

function registerProxy(app: FastifyInstance, registry: DatasourceRegistry) {
  void app.register(async (scope) => {
    // Bodies pass through untouched.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all<{ Params: { uid: string } }>('/api/datasources/proxy/uid/:uid/*', (request, reply) => {
      const upstream = registry.upstream(request.params.uid);
      if (!upstream) {
        return reply.code(404).send({ message: 'Unable to find datasource' });
      }
      const raw = request.raw.url ?? '';
      const escapedPath = raw.replace(/^\/api\/datasources\/proxy\/uid\/[^/]*/, '');
      reply.hijack();
      proxyToUpstream(request.raw, reply.raw, upstream, escapedPath);
      return reply;
    });
  });
}

function registerPublic(app: FastifyInstance, { pluginId, distFolder, modulesFolder }: ServerOptions) {
  app.get<{ Params: { '*': string } }>(`/public/plugins/${pluginId}/*`, async (request, reply) => {
    if (!(await sendFile(reply, distFolder, request.params['*']))) {
      return reply.code(404).send({ message: 'Plugin file not found' });
    }
    return reply;
  });
  const icons = path.join(modulesFolder, '@grafana/ui/dist/public/img/icons');
  for (const prefix of ['/public/img/icons', '/public/build/img/icons']) {
    app.get<{ Params: { '*': string } }>(`${prefix}/*`, async (request, reply) => {
      if (await sendFile(reply, icons, request.params['*'])) {
        return reply;
      }
      return reply
        .header('content-type', 'image/svg+xml')
        .send(placeholderIcon(path.basename(request.params['*'], '.svg')));
    });
  }
  app.get<{ Params: { '*': string } }>('/public/fonts/*', async (request, reply) => {
    const font = fontFile(request.params['*']);
    if (!font || !(await sendFile(reply, path.join(modulesFolder, '@fontsource'), font))) {
      return reply.code(404).send({ message: 'Font not found' });
    }
    return reply;
  });
}

function decodePath(escaped: string): string | undefined {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
