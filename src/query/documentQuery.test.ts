import { normalizeQuery } from './normalizeQuery';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const normalize = (query: unknown) => normalizeQuery(query, { dialects: [] });

describe('documents', () => {
  const text = '{"resourceSpans": []} $service ${x}';
  test.each<[string, unknown, unknown]>([
    ['an upload of a built-in source', { queryType: 'upload' }, {}],
    ['a text', { queryType: 'document', text }, { text }],
    [
      'a file that the page holds',
      { queryType: 'document', heldAs: 'ab12', name: 'a.json', size: 7 },
      { heldAs: 'ab12', name: 'a.json', size: 7 },
    ],
    ['a link to another span of it', { queryType: 'document', text, query: ID }, { text, query: ID }],
    ['the trace in it by the name people expect', { queryType: 'document', text, traceId: ID }, { text, query: ID }],
    [
      'a view',
      { queryType: 'document', text, view: 'statistics', groupBy: 'kind', clockSkew: 'keep', spanId: 'a', junk: 1 },
      { text, view: 'statistics', groupBy: ['kind'], clockSkew: 'keep', spanId: 'a' },
    ],
    ['nonsense', { queryType: 'document', text: 7n, heldAs: {}, size: '7', query: [] }, { text: '7' }],
  ])('%s', (_name, query, fields) => {
    expect(normalize(query)).toEqual({ refId: 'A', schemaVersion: 1, queryType: 'document', ...(fields as object) });
  });
});
