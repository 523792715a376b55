import { normalizeQuery } from '../../query/normalizeQuery';
import { zipkinDialects } from './zipkinDialect';

const ID = '7f3a91c2d4e5b6071829304a5b6c7d8e';
const normalize = (query: object) => normalizeQuery({ refId: 'A', ...query }, { dialects: zipkinDialects });

// What Grafana's own Zipkin source saved, from 7.0 (without a type) to its plugin of 2026.
// It did not save an uploaded file, so such a query opens the form that takes one.
test.each<[object, object]>([
  [{ query: ID }, { queryType: 'traceql', query: ID }],
  [
    { query: ID, queryType: 'traceID' },
    { queryType: 'traceql', query: ID },
  ],
  [
    { query: ID.toUpperCase(), queryType: 'traceID' },
    { queryType: 'traceql', query: ID },
  ],
  [
    { query: 'd4e5b6071829304a', queryType: 'traceID' },
    { queryType: 'traceql', query: 'd4e5b6071829304a' },
  ],
  [
    { query: '$traceId', queryType: 'traceID' },
    { queryType: 'traceql', query: '$traceId' },
  ],
  [
    { query: '', queryType: 'traceID' },
    { queryType: 'traceql', query: '' },
  ],
  [{ queryType: 'traceID' }, { queryType: 'traceql', query: '' }],
  [
    { query: `http://zipkin:9411/zipkin/traces/${ID}`, queryType: 'traceID' },
    { queryType: 'traceql', query: ID },
  ],
  [{ queryType: 'upload' }, { queryType: 'document' }],
])('%j', (saved, expected) => {
  expect(normalize(saved)).toMatchObject(expected);
  expect(normalizeQuery(normalize(saved), { dialects: zipkinDialects })).toEqual(normalize(saved));
});
