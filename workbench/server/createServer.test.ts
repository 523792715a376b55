import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createServer } from './createServer';
import { DatasourceRegistry } from './datasourceRegistry';
import { listenOnFreePort } from './listenOnFreePort';
import type { ProvisionedDatasource } from './provisioning';

const PLUGIN_ID = 'acme-traces-datasource';

let folder: string;
let app: FastifyInstance;
let url: string;
let upstream: http.Server;
let upstreamUrl: string;
/** The last request that reached the upstream. */
let seen: {
  readonly method?: string;
  readonly url?: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
};
let closedEarly: Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'workbench-'));
  for (const [name, content] of Object.entries({
    'secret.txt': 'secret',
    'dist/plugin.json': '{"id":"acme-traces-datasource"}',
    'dist/module.js': 'define([])',
    'host/index.html': '<title>page</title>',
    'host/assets/a.js': 'a',
    'modules/@grafana/ui/dist/public/img/icons/unicons/bars.svg': '<svg id="bars"/>',
    'modules/@fontsource/inter/files/inter-latin-500-italic.woff2': 'font',
  })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  upstream = http.createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
});

afterAll(async () => {
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  rmSync(folder, { recursive: true });
});

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  if (request.url?.includes('/hang')) {
    closedEarly = new Promise((resolve) => response.on('close', resolve));
    return;
  }
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part);
  }
  seen = { method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(parts).toString() };
  const status = Number(/status-(\d+)/.exec(request.url ?? '')?.[1] ?? 200);
  response.writeHead(status, {
    'content-type': 'application/json',
    'set-cookie': 'a=b',
    server: 'upstream',
    'x-own': 'kept',
    ...(status === 302 && { location: 'http://elsewhere.example/' }),
  });
  response.end('{"ok":true}');
}

function datasource(uid: string, more: Partial<ProvisionedDatasource>): ProvisionedDatasource {
  return {
    name: uid,
    uid,
    type: PLUGIN_ID,
    access: 'proxy',
    url: upstreamUrl,
    isDefault: false,
    editable: true,
    basicAuth: false,
    basicAuthUser: '',
    withCredentials: false,
    user: '',
    database: '',
    jsonData: {},
    secureJsonData: {},
    ...more,
  };
}

beforeEach(async () => {
  const registry = new DatasourceRegistry([
    datasource('plain', {}),
    datasource('below', { url: `${upstreamUrl}/jaeger/` }),
    datasource('auth', { basicAuth: true, basicAuthUser: 'ada', secureJsonData: { basicAuthPassword: 'pw' } }),
    datasource('headers', {
      jsonData: { httpHeaderName1: 'X-Scope-OrgID', keepCookies: ['kept', 'pre[]'] },
      secureJsonData: { httpHeaderValue1: 'tenant-a' },
    }),
    datasource('down', { url: 'http://127.0.0.1:9' }),
    datasource('slow', { jsonData: { timeout: 0.2 } }),
    datasource('nowhere', { url: '' }),
  ]);
  app = createServer({
    pluginId: PLUGIN_ID,
    distFolder: path.join(folder, 'dist'),
    hostFolder: path.join(folder, 'host'),
    modulesFolder: path.join(folder, 'modules'),
    registry,
    correlations: [],
    about: {},
  });
  url = await listenOnFreePort(app, 0, () => undefined);
});

afterEach(() => app.close());

/** Without the tidying of paths that fetch does. */
function request(pathname: string, options: http.RequestOptions = {}, body?: string) {
  const { port } = new URL(url);
  return new Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const sent = http.request({ host: '127.0.0.1', port, path: pathname, agent: false, ...options }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString() })
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('files', () => {
  it.each([
    ['/', 200, 'text/html; charset=utf-8', '<title>page</title>'],
    ['/explore?left=1', 200, 'text/html; charset=utf-8', '<title>page</title>'],
    ['/assets/a.js', 200, 'text/javascript; charset=utf-8', 'a'],
    [`/public/plugins/${PLUGIN_ID}/module.js?_cache=1`, 200, 'text/javascript; charset=utf-8', 'define([])'],
    ['/public/img/icons/unicons/bars.svg', 200, 'image/svg+xml', '<svg id="bars"/>'],
    ['/public/build/img/icons/unicons/bars.svg', 200, 'image/svg+xml', '<svg id="bars"/>'],
    ['/public/build/img/icons/unicons/spinner.svg', 200, 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"'],
    ['/public/fonts/inter/Inter-MediumItalic.woff2', 200, 'font/woff2', 'font'],
    ['/assets/missing.js', 404, 'application/json; charset=utf-8', '{"message":"The workbench has nothing at'],
    [`/public/plugins/${PLUGIN_ID}/missing`, 404, 'application/json; charset=utf-8', '{"message":"Plugin file'],
    ['/public/fonts/inter/Comic.woff2', 404, 'application/json; charset=utf-8', '{"message":"Font not found"}'],
    ['/api/unknown', 404, 'application/json; charset=utf-8', '{"message":"The workbench has nothing at /api/unknown"}'],
  ])('%s → %i %s', async (pathname, status, type, start) => {
    const answered = await request(pathname);
    expect([answered.status, answered.headers['content-type']]).toEqual([status, type]);
    expect(answered.text.slice(0, start.length)).toBe(start);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%00',
    '/%',
    `/public/plugins/${PLUGIN_ID}/../secret.txt`,
    `/public/plugins/${PLUGIN_ID}/..%2fsecret.txt`,
    `/public/plugins/${PLUGIN_ID}/..%5csecret.txt`,
    '/public/img/icons/..%2f..%2f..%2f..%2f..%2f..%2f..%2fsecret.txt',
    '/public/fonts/inter/..%2f..%2f..%2fsecret.txt',
  ])('%s does not leave its folder', async (pathname) => {
    expect((await request(pathname)).text).not.toContain('secret\n');
    expect((await request(pathname)).text).not.toBe('secret');
  });
});

describe('data proxy', () => {
  const proxied = (uid: string, rest: string, options: http.RequestOptions = {}, body?: string) =>
    request(`/api/datasources/proxy/uid/${uid}${rest}`, options, body);

  it.each([
    ['plain', '/api/services/a%2Fb/operations?x=%20&y=1+2', '/api/services/a%2Fb/operations?x=%20&y=1+2'],
    ['plain', '/', '/'],
    ['below', '/api/services', '/jaeger/api/services'],
    ['plain', '/a//b/%2e%2e/c', '/a//b/%2e%2e/c'],
  ])('%s%s reaches the upstream as %s', async (uid, rest, expected) => {
    expect((await proxied(uid, rest)).status).toBe(200);
    expect(seen.url).toBe(expected);
  });

  it('keeps method and body as they are', async () => {
    await proxied('plain', '/api/x', { method: 'POST', headers: { 'content-type': 'text/odd' } }, '{not json');
    expect(seen).toMatchObject({ method: 'POST', body: '{not json' });
    expect(seen.headers['content-type']).toBe('text/odd');
  });

  it('drops what identifies the browser and adds what Grafana adds', async () => {
    await proxied('plain', '/x', {
      headers: {
        cookie: 'session=1',
        origin: 'http://x',
        referer: 'http://x/page',
        authorization: 'Bearer mine',
        'x-forwarded-host': 'x',
        'x-custom': 'stays',
      },
    });
    const dropped = ['cookie', 'origin', 'referer', 'authorization', 'x-forwarded-host'];
    expect(dropped.filter((name) => name in seen.headers)).toEqual([]);
    expect(seen.headers).toMatchObject({
      'x-custom': 'stays',
      'x-grafana-referer': 'http://x/page',
      'user-agent': 'Grafana/workbench',
      host: upstreamUrl.slice('http://'.length),
    });
  });

  it('adds basic authentication and configured headers, keeps configured cookies', async () => {
    await proxied('auth', '/x');
    expect(seen.headers.authorization).toBe(`Basic ${Buffer.from('ada:pw').toString('base64')}`);
    await proxied('headers', '/x', { headers: { cookie: 'kept=1; other=2; prefix=3' } });
    expect(seen.headers).toMatchObject({ 'x-scope-orgid': 'tenant-a', cookie: 'kept=1; prefix=3' });
  });

  it('returns the answer without cookies and server names', async () => {
    const { headers, text, status } = await proxied('plain', '/status-503');
    expect([status, text, headers['x-own'], headers['content-type']]).toEqual([
      503,
      '{"ok":true}',
      'kept',
      'application/json',
    ]);
    expect([headers['set-cookie'], headers.server]).toEqual([undefined, undefined]);
  });

  it('does not follow redirects', async () => {
    const { status, headers } = await proxied('plain', '/status-302');
    expect([status, headers.location]).toEqual([302, 'http://elsewhere.example/']);
  });

  it.each([
    ['plain', '/status-401', 400, 'Authentication to data source failed'],
    ['down', '/x', 502, ''],
    ['slow', '/hang', 504, ''],
    ['unknown', '/x', 404, '{"message":"Unable to find datasource"}'],
    ['nowhere', '/x', 400, '{"message":"Validation of data source URL \\"\\" failed"}'],
  ])('%s%s is answered %i', async (uid, rest, status, text) => {
    const answered = await proxied(uid, rest);
    expect([answered.status, answered.text]).toEqual([status, text]);
  });

  it('hangs up on the upstream when the browser does', async () => {
    const controller = new AbortController();
    const reached = new Promise((resolve) => upstream.once('request', resolve));
    const pending = proxied('plain', '/hang', { signal: controller.signal }).catch(() => 'aborted');
    await reached;
    controller.abort();
    await closedEarly;
    expect(await pending).toBe('aborted');
  });
});

describe('configuration', () => {
  const put = (uid: string, body: object) =>
    request(
      `/workbench/datasources/${uid}`,
      { method: 'PUT', headers: { 'content-type': 'application/json' } },
      JSON.stringify(body)
    );
  const config = async () => JSON.parse((await request('/workbench/config.json')).text);

  it('tells the page everything but secrets', async () => {
    const { pluginId, pluginMeta, datasources } = await config();
    expect([pluginId, pluginMeta.id]).toEqual([PLUGIN_ID, PLUGIN_ID]);
    expect(datasources.find(({ uid }: { uid: string }) => uid === 'auth')).toMatchObject({
      url: '/api/datasources/proxy/uid/auth',
      upstreamUrl,
      basicAuthUser: 'ada',
      secureJsonFields: { basicAuthPassword: true },
    });
    expect(JSON.stringify(datasources)).not.toContain('pw');
  });

  it("answers Grafana's route for saved settings with the real address and no secret", async () => {
    const saved = await request('/api/datasources/uid/auth');
    expect(JSON.parse(saved.text)).toMatchObject({ uid: 'auth', url: upstreamUrl });
    expect(saved.text).not.toContain('pw');
    expect((await request('/api/datasources/uid/nobody')).status).toBe(404);
  });

  it('saves changes at once, for the page and the proxy', async () => {
    const saved = await put('down', {
      url: `${upstreamUrl}/moved`,
      jsonData: { httpHeaderName1: 'X-A' },
      secureJsonData: { httpHeaderValue1: 'v' },
    });
    expect(JSON.parse(saved.text).datasource).toMatchObject({
      version: 2,
      secureJsonFields: { httpHeaderValue1: true },
    });
    await request('/api/datasources/proxy/uid/down/x');
    expect([seen.url, seen.headers['x-a']]).toEqual(['/moved/x', 'v']);
    expect((await config()).datasources.find(({ uid }: { uid: string }) => uid === 'down').upstreamUrl).toBe(
      `${upstreamUrl}/moved`
    );
  });

  it('keeps a secret that is not mentioned, and forgets one that is reset', async () => {
    expect(JSON.parse((await put('auth', { jsonData: {} })).text).datasource.secureJsonFields).toEqual({
      basicAuthPassword: true,
    });
    expect(
      JSON.parse((await put('auth', { secureJsonFields: { basicAuthPassword: false } })).text).datasource
        .secureJsonFields
    ).toEqual({});
  });

  it.each([
    ['unknown', {}, 404],
    ['plain', { url: 7, jsonData: 'x' }, 400],
  ])('refuses to save %s %j', async (uid, body, status) => {
    expect((await put(uid, body)).status).toBe(status);
  });
});

it('a taken port is told, and the next one is used', async () => {
  const taken = Number(new URL(url).port);
  const lines: string[] = [];
  const other = createServer({
    pluginId: PLUGIN_ID,
    distFolder: folder,
    hostFolder: folder,
    modulesFolder: folder,
    registry: new DatasourceRegistry([]),
    correlations: [],
    about: {},
  });
  const address = await listenOnFreePort(other, taken, (line) => lines.push(line));
  await other.close();
  expect(Number(new URL(address).port)).toBeGreaterThan(taken);
  expect(lines[0]).toBe(`Port ${taken} is taken by another program; trying ${taken + 1}.`);
});

it('two data sources of one uid are refused', () => {
  expect(() => new DatasourceRegistry([datasource('a', {}), datasource('a', {})])).toThrow(
    /Two data sources have the uid 'a'/
  );
});
