import { defaultQuery } from './defaults';
import { displayQuery } from './displayText';
import { isRunnable } from './isRunnable';
import type { TraceQuery } from './query';

const cases: ReadonlyArray<readonly [query: TraceQuery, text: string, isRun: boolean]> = [
  [{ refId: 'A', queryType: 'traceql', query: 'abc' }, 'Trace abc', true],
  [{ refId: 'A', queryType: 'traceql', query: ' ' }, 'Trace by ID (empty)', false],
  [{ refId: 'A', queryType: 'traceql', query: 'abc', hide: true }, 'Trace abc', false],
  [{ refId: 'A', queryType: 'search' }, 'Search · all services', true],
  [
    {
      refId: 'A',
      queryType: 'search',
      service: 'shop',
      operation: 'GET /cart',
      tags: 'error=true\n a=b',
      minDuration: '1ms',
      maxDuration: '2s',
      limit: 5,
    },
    'Search · shop: GET /cart · error=true a=b · 1ms to 2s · limit 5',
    true,
  ],
  [{ refId: 'A', queryType: 'search', service: 'shop', minDuration: '1ms' }, 'Search · shop · at least 1ms', true],
  [{ refId: 'A', queryType: 'search', service: 'shop', maxDuration: '1ms' }, 'Search · shop · at most 1ms', true],
  [
    { refId: 'A', queryType: 'search', service: 'shop', remoteService: 'bank', tags: 'a=b' },
    'Search · shop · with bank · a=b',
    true,
  ],
  [{ refId: 'A', queryType: 'serviceGraph' }, 'Service graph', true],
  [{ refId: 'A', queryType: 'serviceGraph', service: 'shop' }, 'Service graph around shop', true],
  [
    { refId: 'A', queryType: 'serviceGraph', service: 'shop', source: 'traces', view: 'table' },
    'Service graph around shop · from traces · table',
    true,
  ],
  [{ refId: 'A', queryType: 'metrics' }, 'Rate of no service', false],
  [
    {
      refId: 'A',
      queryType: 'metrics',
      metric: 'latencies',
      services: ['a', 'b'],
      quantiles: ['p95'],
      groupBy: 'operation',
    },
    'Durations of a, b · p95 · by operation',
    true,
  ],
  [{ refId: 'A', queryType: 'unsupported', reason: 'No.' }, 'No.', true],
  [{ refId: 'A', queryType: 'unsupported', reason: 'No.', query: '{ a\n}' }, '{ a }', true],
];

test.each(cases)('%j is shown as %s', (query, text) => {
  expect(displayQuery(query)).toBe(text);
});

test.each(cases)('%j, %s: runs: %s', (query, _text, isRun) => {
  expect(isRunnable(query)).toBe(isRun);
});

it('cuts what nobody reads', () => {
  expect(displayQuery({ refId: 'A', queryType: 'traceql', query: 'x'.repeat(5000) }).length).toBeLessThan(220);
});

// Explore takes any other key for a query somebody wrote, and runs it.
it('starts a row with nothing but its type', () => {
  expect(defaultQuery()).toEqual({ queryType: 'traceql' });
  expect(defaultQuery('explore')).toEqual({ queryType: 'traceql' });
  expect(defaultQuery('panel-editor')).toEqual({ queryType: 'search' });
});
