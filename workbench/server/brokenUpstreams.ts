import type { FastifyInstance } from 'fastify';

/**
 * Upstreams that misbehave, for looking at the plugin's words about them: the URL of a data source may point at
 * `<workbench>/workbench/broken/<kind>`.
 */
export function registerBrokenUpstreams(app: FastifyInstance): void {
  app.get('/workbench/broken/login/*', (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .send('<!doctype html><html><head><title>Sign in</title></head><body><form>Password</form></body></html>')
  );
  app.get<{ Params: { code: string } }>('/workbench/broken/status/:code/*', (request, reply) => {
    const code = Number(request.params.code);
    return reply
      .code(code >= 200 && code <= 599 ? code : 500)
      .header('content-type', 'text/plain; charset=utf-8')
      .send(`upstream says ${request.params.code}`);
  });
  app.get('/workbench/broken/cut/*', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
    reply.raw.write('{"data":[{"traceID":"7f3a91c2d4e5b6071829304a5b6c7d8e","spans":[{"spanID":"00c0', () =>
      reply.raw.destroy()
    );
  });
  app.get('/workbench/broken/hang/*', (_request, reply) => {
    reply.hijack();
  });
}

/** `[name, path below the workbench's address]` of the data sources that `--broken` adds. */
export const BROKEN_DATASOURCES: ReadonlyArray<readonly [string, string]> = [
  ['broken-login-page', '/workbench/broken/login'],
  ['broken-status-500', '/workbench/broken/status/500'],
  ['broken-unauthorized', '/workbench/broken/status/401'],
  ['broken-forbidden', '/workbench/broken/status/403'],
  ['broken-wrong-port', '/workbench/broken/status/404'],
  ['broken-cut-off', '/workbench/broken/cut'],
  ['broken-hangs', '/workbench/broken/hang'],
];
