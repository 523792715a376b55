import { BackendError, type BackendErrorDetails, type BackendErrorKind } from '../backends/errors';
import {
  cutByRangeSentence,
  emptyGraphSentence,
  emptyTraceSentence,
  errorSentence,
  isCancelled,
  missingUrlSentence,
  traceNotFoundSentence,
  widenedSentence,
  type Place,
} from './messages';
import { QueryRefused } from './queryRefused';

const proxied: Place = { product: 'Jaeger', isProxied: true };

function sentence(kind: BackendErrorKind, details: Partial<BackendErrorDetails> = {}, place = proxied): string {
  return errorSentence(new BackendError(kind, { backend: 'b', ...details }), place);
}

/** What went wrong → what must be said: what failed, what to do, the server's own words. */
const cases: Array<
  [what: string, kind: BackendErrorKind, details: Partial<BackendErrorDetails>, said: Array<string | RegExp>]
> = [
  ['server down', 'server', { status: 502 }, ['Grafana could not reach Jaeger (HTTP 502)', 'running', 'host and port']],
  ['proxy gave up', 'server', { status: 504 }, ['did not answer in time (HTTP 504)', 'Narrow the time range']],
  ['proxy gave up, by kind', 'timeout', { status: 504 }, ['did not answer in time (HTTP 504)', 'timeout']],
  ['Grafana gone', 'unreachable', {}, ['Grafana did not answer, or the connection broke off', 'Check your network']],
  [
    'wrong port',
    'route-missing',
    { status: 404, route: '/api/services', serverMessage: '404 page not found' },
    ['does not know /api/services (HTTP 404)', 'Check port and path', '404 page not found'],
  ],
  ['login page', 'html', { status: 200 }, ['web page came back instead of data (HTTP 200)', 'login form', 'base path']],
  [
    "400 with the server's message",
    'bad-request',
    { status: 400, serverMessage: "unable to parse param 'start'" },
    ['Jaeger refused the query (HTTP 400)', "Jaeger said: unable to parse param 'start'"],
  ],
  [
    '401',
    'unauthenticated',
    { status: 400 },
    ['did not accept the login', 'authentication in the data source settings'],
  ],
  ['403', 'forbidden', { status: 403 }, ['forbids this request (HTTP 403)', 'permissions']],
  ['no such trace', 'trace-not-found', { status: 404 }, ['no such trace', 'Check the ID', 'sampling', 'arrived yet']],
  ['429', 'rate-limited', { status: 429 }, ['too many requests (HTTP 429)', 'Wait a moment']],
  [
    '500',
    'server',
    { status: 500, serverMessage: 'no such index' },
    ['failed while answering (HTTP 500)', 'Jaeger said: no such index', 'log'],
  ],
  ['503', 'server', { status: 503 }, ['not available right now (HTTP 503)', 'try again']],
  [
    'cut-off body',
    'malformed',
    { route: '/api/traces/1', detail: 'Unexpected end of JSON input' },
    ['/api/traces/1 broke off', 'Run the query again', 'Details: Unexpected end of JSON input'],
  ],
  [
    'JSON of another shape',
    'unexpected-shape',
    { route: '/api/traces', detail: 'data: expected a list, got null' },
    ['JSON, but not as Jaeger writes it', 'points to Jaeger', 'data: expected a list, got null'],
  ],
  ['not offered', 'unsupported', { detail: 'No metrics storage.' }, ['cannot answer this kind', 'No metrics storage.']],
  ['cancelled', 'cancelled', {}, ['cancelled']],
];

describe('a failure of the backend', () => {
  it.each(cases)('%s', (_, kind, details, said) => {
    const text = sentence(kind, details);
    for (const part of said) {
      expect(text).toMatch(part instanceof RegExp ? part : new RegExp(part.replace(/[.()/*+?[\]]/g, '\\$&')));
    }
    expect(text).not.toContain('undefined');
  });

  const kinds = [...new Set(cases.map(([, kind]) => kind))];
  it.each(kinds)('%s stays readable, whatever the server writes', (kind) => {
    for (const status of [undefined, 400, 500, 502, 503, 504]) {
      const route = '/api/v3/trace-summaries';
      const text = sentence(kind, { status, route, serverMessage: 'w'.repeat(5000), detail: 'd'.repeat(5000) });
      expect(text.length).toBeLessThanOrEqual(330);
      expect(sentence(kind, { status, route }).length).toBeLessThanOrEqual(270);
    }
  });

  it('names the address where it is known', () => {
    expect(sentence('server', { status: 502 }, { ...proxied, url: 'http://jaeger:9999' })).toContain(
      'Jaeger at http://jaeger:9999 (HTTP 502)'
    );
  });

  it('speaks of CORS only where the browser asks the server itself', () => {
    expect(sentence('unreachable', {}, { product: 'Jaeger', isProxied: false, url: 'http://j' })).toMatch(
      /browser could not reach Jaeger at http:\/\/j.*CORS/
    );
    expect(sentence('unreachable')).not.toContain('CORS');
  });
});

it('a refusal is said as it is', () => {
  expect(errorSentence(new QueryRefused('Choose a service.'), proxied)).toBe('Choose a service.');
});

it.each([[new TypeError('x is not a function')], ['x is not a function']])('a defect is named one', (error) => {
  expect(errorSentence(error, proxied)).toMatch(/defect in this plugin.*x is not a function/);
});

it('knows what only says that nobody waits any more', () => {
  expect(isCancelled(new BackendError('cancelled', { backend: 'b' }))).toBe(true);
  expect(isCancelled(AbortSignal.abort().reason)).toBe(true);
  expect(isCancelled(new BackendError('timeout', { backend: 'b' }))).toBe(false);
  expect(isCancelled(undefined)).toBe(false);
});

describe('other sentences', () => {
  const range = '2026-03-01 11:00:00 to 2026-03-01 12:00:00';

  it('a miss tells the ID, the range and what to check', () => {
    expect(traceNotFoundSentence({ product: 'Jaeger', traceId: 'abc1', range })).toBe(
      `Trace abc1 was not found in Jaeger, neither from ${range} nor at any other time. ` +
        'It may be older than the retention, dropped by sampling, or not stored yet: new traces can take a minute.'
    );
    expect(traceNotFoundSentence({ product: 'Jaeger', traceId: 'abc1' })).toContain('in Jaeger, at any time.');
  });

  it.each([
    missingUrlSentence('Jaeger'),
    traceNotFoundSentence({ product: 'Jaeger', traceId: 'f'.repeat(32), range }),
    widenedSentence(range, '2026-02-01 10:00:00', '28 days before that range'),
    cutByRangeSentence(range),
    emptyTraceSentence('Jaeger', 'f'.repeat(32), 'w'.repeat(1000)),
    emptyGraphSentence('s'.repeat(1000)),
    emptyGraphSentence(undefined),
  ])('are whole and short: %s', (text) => {
    expect(text.length).toBeLessThanOrEqual(300);
    expect(text).toMatch(/^[A-Z].*[.…]$/);
  });
});
