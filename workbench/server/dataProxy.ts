/**
 * Grafana's data source proxy, as far as a data source can notice it (grafana 12.4 pkg/api/pluginproxy/ds_proxy.go,
 * pkg/util/proxyutil): which headers go through, how the path keeps its escapes, what becomes of upstream failures.
 */
import http from 'node:http';
import https from 'node:https';
import type { Upstream } from './datasourceRegistry';

const AUTHENTICATION_FAILED = 'Authentication to data source failed';

const NOT_FORWARDED = new Set([
  'host',
  'origin',
  'referer',
  'cookie',
  'authorization',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'connection',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const NOT_RETURNED = new Set([
  'set-cookie',
  'server',
  'strict-transport-security',
  'alt-svc',
  'close',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Sends a browser's request on to the upstream and streams the answer back.
 * @param escapedPath what follows `/api/datasources/proxy/uid/<uid>`, still percent-encoded, with its query
 */
export function proxyToUpstream(
  incoming: http.IncomingMessage,
  outgoing: http.ServerResponse,
  upstream: Upstream,
  escapedPath: string
): void {
  let target: URL;
  try {
    target = new URL(upstream.url);
  } catch {
    // Grafana answers so when the data source's URL is empty or no URL.
    outgoing.writeHead(400, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify({ message: `Validation of data source URL "${upstream.url}" failed` }));
    return;
  }
  const isHttps = target.protocol === 'https:';
  const request = (isHttps ? https : http).request(
    {
      protocol: isHttps ? 'https:' : 'http:',
      hostname: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port || (isHttps ? 443 : 80),
      method: incoming.method,
      path: joinPaths(target.pathname, escapedPath),
      headers: requestHeaders(incoming.headers, upstream, incoming.socket.remoteAddress),
      agent: false,
      ...(isHttps && {
        rejectUnauthorized: upstream.jsonData.get('tlsSkipVerify') !== true,
        ca: upstream.jsonData.get('tlsAuthWithCACert') === true ? upstream.secrets.get('tlsCACert') : undefined,
      }),
    },
    (answer) => {
      clearTimeout(timer);
      respond(answer, outgoing);
    }
  );
  let hasTimedOut = false;
  const timer = setTimeout(() => {
    hasTimedOut = true;
    request.destroy(new Error('timeout'));
  }, timeoutMillis(upstream));
  request.on('error', () => {
    clearTimeout(timer);
    if (!outgoing.headersSent) {
      // Grafana sends the bare status, no body.
      outgoing.writeHead(hasTimedOut ? 504 : 502);
      outgoing.end();
    } else {
      outgoing.destroy();
    }
  });
  outgoing.on('close', () => {
    clearTimeout(timer);
    request.destroy();
  });
  incoming.pipe(request);
}

function respond(answer: http.IncomingMessage, outgoing: http.ServerResponse): void {
  if (answer.statusCode === 401) {
    answer.resume();
    outgoing.writeHead(400, { 'content-length': AUTHENTICATION_FAILED.length });
    outgoing.end(AUTHENTICATION_FAILED);
    return;
  }
  const headers = new Map<string, string | string[]>();
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !NOT_RETURNED.has(name)) {
      headers.set(name, value);
    }
  }
  headers.set('content-security-policy', 'sandbox');
  outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(headers));
  answer.on('error', () => outgoing.destroy());
  answer.on('aborted', () => outgoing.destroy());
  answer.pipe(outgoing);
}

function requestHeaders(
  received: http.IncomingHttpHeaders,
  upstream: Upstream,
  clientAddress: string | undefined
): http.OutgoingHttpHeaders {
  const headers = new Map<string, string | string[]>();
  for (const [name, value] of Object.entries(received)) {
    if (value !== undefined && !NOT_FORWARDED.has(name)) {
      headers.set(name, value);
    }
  }
  const kept = keptCookies(received.cookie, upstream.jsonData.get('keepCookies'));
  if (kept) {
    headers.set('cookie', kept);
  }
  if (received.referer) {
    headers.set('x-grafana-referer', received.referer);
  }
  headers.set('user-agent', 'Grafana/workbench');
  headers.set('x-forwarded-for', clientAddress ?? '127.0.0.1');
  if (upstream.basicAuthUser !== undefined) {
    const credentials = `${upstream.basicAuthUser}:${upstream.secrets.get('basicAuthPassword') ?? ''}`;
    headers.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
  }
  for (const [key, name] of upstream.jsonData) {
    const number = /^httpHeaderName(\d+)$/.exec(key)?.[1];
    if (number && typeof name === 'string' && name !== '') {
      headers.set(name.toLowerCase(), upstream.secrets.get(`httpHeaderValue${number}`) ?? '');
    }
  }
  return Object.fromEntries(headers);
}

/** Names in the list go through; a name that ends in `[]` is a prefix. */
function keptCookies(cookies: string | undefined, keep: unknown): string {
  const names = Array.isArray(keep) ? keep.filter((name): name is string => typeof name === 'string') : [];
  return (cookies ?? '')
    .split(/;\s*/)
    .filter((cookie) => {
      const cookieName = cookie.split('=')[0];
      return names.some((name) =>
        name.endsWith('[]') ? cookieName.startsWith(name.slice(0, -2)) : name === cookieName
      );
    })
    .join('; ');
}

function timeoutMillis(upstream: Upstream): number {
  const seconds = Number(upstream.jsonData.get('timeout'));
  return (seconds > 0 ? seconds : 30) * 1000;
}

/** One slash between the two, as Grafana joins them; neither is decoded, so `%2F` stays one. */
function joinPaths(base: string, escapedPath: string): string {
  return `${base.replace(/\/+$/, '')}/${escapedPath.replace(/^\/+/, '')}`;
}
