import type { TraceQuery } from '../../query/query';

/** One entry of the cheat sheet; `query` runs as it stands once the names in it exist in the store. */
export interface Example {
  readonly title: string;
  /** What the example shows, in a sentence or two. */
  readonly explanation: string;
  /** The heart of the query as a person would type it. */
  readonly text: string;
  readonly query: TraceQuery;
}

const refId = 'A';
const schemaVersion = 1;

/** Ordered from the everyday to the rare. A test holds that each is a query of ours, unchanged by normalising. */
export const examples: readonly Example[] = [
  {
    title: 'Open a trace',
    explanation:
      'Paste a trace ID as you found it: upper case, 0x, missing zeros, a traceparent header, a whole log line or the address of a trace are all read.',
    text: '3fd1c7ea9b2c44f0a1d6a7c0f3c0de42',
    query: { refId, schemaVersion, queryType: 'traceql', query: '3fd1c7ea9b2c44f0a1d6a7c0f3c0de42' },
  },
  {
    title: 'Open the trace a variable names',
    explanation: 'Variables work in every field. This one lets a dashboard show the trace chosen at its top.',
    text: '${traceId}',
    query: { refId, schemaVersion, queryType: 'traceql', query: '${traceId}' },
  },
  {
    title: 'Where the time of a trace went',
    explanation:
      'A view changes how an answer is looked at. This one sums up the spans by service and operation, most self time first; the critical path, a flame graph, spans and events are others.',
    text: 'trace: 3fd1c7ea9b2c44f0a1d6a7c0f3c0de42  view: statistics',
    query: {
      refId,
      schemaVersion,
      queryType: 'traceql',
      query: '3fd1c7ea9b2c44f0a1d6a7c0f3c0de42',
      view: 'statistics',
    },
  },
  {
    title: 'Failed requests',
    explanation: 'An attribute is written as key=value. A trace is listed when one of its spans matches.',
    text: 'service: checkout  tags: error=true',
    query: { refId, schemaVersion, queryType: 'search', service: 'checkout', tags: 'error=true' },
  },
  {
    title: 'Several attributes',
    explanation: 'A span must have them all. Put quotes around a value with spaces, equals signs or quotes.',
    text: 'service: checkout  tags: http.response.status_code=500 db.query.text="SELECT 1"',
    query: {
      refId,
      schemaVersion,
      queryType: 'search',
      service: 'checkout',
      tags: 'http.response.status_code=500 db.query.text="SELECT 1"',
    },
  },
  {
    title: 'Slow operations',
    explanation: 'Durations are written as 300us, 1.5ms, 2s or 1h30m, and compared with those of single spans.',
    text: 'service: checkout  operation: POST /orders  min duration: 1.5s  limit: 50',
    query: {
      refId,
      schemaVersion,
      queryType: 'search',
      service: 'checkout',
      operation: 'POST /orders',
      minDuration: '1.5s',
      limit: 50,
    },
  },
  {
    title: 'Where the time of slow requests goes',
    explanation: 'The traces of a search as one flame graph: spans on the same path of calls are one bar.',
    text: 'service: checkout  min duration: 1s  view: flame graph',
    query: {
      refId,
      schemaVersion,
      queryType: 'search',
      service: 'checkout',
      minDuration: '1s',
      view: 'flameGraph',
    },
  },
  {
    title: 'Slow database statements',
    explanation: 'One row a span, with a column for each attribute that is named.',
    text: 'service: checkout  view: spans  columns: db.query.text, db.namespace',
    query: {
      refId,
      schemaVersion,
      queryType: 'search',
      service: 'checkout',
      view: 'spans',
      columns: ['db.query.text', 'db.namespace'],
    },
  },
  {
    title: 'A search for a dashboard',
    explanation: 'Service and limit come from variables, so that one panel serves every service.',
    text: 'service: $service  limit: $limit',
    query: { refId, schemaVersion, queryType: 'search', service: '$service', limit: '$limit' },
  },
  {
    title: 'What a bad request does differently',
    explanation:
      'Two traces, or the traces of two searches, held against each other: as a flame graph of the difference, as a table of operations, or by the attribute values that are typical for one side.',
    text: 'compare: checkout with checkout error=true  view: attributes',
    query: {
      refId,
      schemaVersion,
      queryType: 'compare',
      baseline: { queryType: 'search', service: 'checkout' },
      comparison: { queryType: 'search', service: 'checkout', tags: 'error=true' },
      view: 'attributes',
    },
  },
  {
    title: 'Before and after',
    explanation: 'The same search a day earlier is the baseline: what changed since then, by operation.',
    text: 'compare: checkout, earlier by 1d, with checkout  view: operations',
    query: {
      refId,
      schemaVersion,
      queryType: 'compare',
      baseline: { queryType: 'search', service: 'checkout', earlierBy: '1d' },
      comparison: { queryType: 'search', service: 'checkout' },
      view: 'operations',
    },
  },
  {
    title: 'Who calls whom',
    explanation:
      'The graph of all services, from the calls the store has counted. Name a service to see its neighbours.',
    text: 'service graph: checkout',
    query: { refId, schemaVersion, queryType: 'serviceGraph', service: 'checkout' },
  },
];
