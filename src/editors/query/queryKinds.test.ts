import type { BackendCapabilities } from '../../query/capabilities';
import type { TraceQuery } from '../../query/query';
import { queryKinds, queryOfKind } from './queryKinds';

const none = { search: 'none', dependencies: false } as BackendCapabilities;
const all = { search: 'any', dependencies: true } as BackendCapabilities;
const traceId: TraceQuery = { refId: 'B', key: 'k', hide: true, queryType: 'traceql', query: 'abc', rawTraces: true };

describe('queryKinds', () => {
  it.each<[string, BackendCapabilities, TraceQuery, string[]]>([
    ['all that the store can', all, traceId, ['traceql', 'search', 'document', 'compare', 'serviceGraph', 'metrics']],
    ['only lookups where the store can no more', none, traceId, ['traceql', 'document', 'compare']],
    [
      'the kind at hand in any case',
      none,
      { refId: 'A', queryType: 'search' },
      ['traceql', 'search', 'document', 'compare'],
    ],
    [
      'the graph at hand in any case',
      none,
      { refId: 'A', queryType: 'serviceGraph' },
      ['traceql', 'document', 'compare', 'serviceGraph'],
    ],
  ])('offers %s', (_, capabilities, query, expected) => {
    expect(queryKinds(capabilities, query).map((kind) => kind.value)).toEqual(expected);
  });
});

describe('queryOfKind', () => {
  it.each(['traceql', 'search', 'document', 'serviceGraph'] as const)('starts %s empty, in the same place', (kind) => {
    const { refId, key, hide, queryType, ...rest } = queryOfKind(kind, traceId);
    expect({ refId, key, hide, queryType }).toEqual({ refId: 'B', key: 'k', hide: true, queryType: kind });
    expect(rest).toEqual({ schemaVersion: 1, ...(kind === 'traceql' ? { query: '' } : {}) });
  });

  it('takes the service at hand along', () => {
    expect(queryOfKind('metrics', { refId: 'A', queryType: 'search', service: 'shop' })).toMatchObject({
      queryType: 'metrics',
      services: ['shop'],
    });
    expect(queryOfKind('metrics', traceId)).not.toHaveProperty('services');
  });

  it('compares the trace at hand with one still to be named', () => {
    expect(queryOfKind('compare', traceId)).toEqual({
      refId: 'B',
      key: 'k',
      hide: true,
      schemaVersion: 1,
      queryType: 'compare',
      baseline: { queryType: 'traceql', query: '' },
      comparison: { queryType: 'traceql', query: 'abc', rawTraces: true },
    });
  });

  it('compares the search at hand with itself, until one side is changed', () => {
    const side = { queryType: 'search', service: 'shop' } as const;
    expect(queryOfKind('compare', { refId: 'A', ...side, view: 'spans' })).toMatchObject({
      baseline: side,
      comparison: side,
    });
  });
});
