import type { BackendCapabilities } from '../../query/capabilities';
import { EMPTY_SIDE, sideOf } from '../../query/compare';
import { QUERY_SCHEMA_VERSION, type MetricsQuery, type TraceQuery } from '../../query/query';

/** The kinds of query that a form exists for. */
export type QueryKind = Exclude<TraceQuery['queryType'], 'unsupported'>;

interface KindOption {
  readonly value: QueryKind;
  readonly label: string;
}

/** What the store can be asked. The kind of the query at hand is always among them, or it could not be seen. */
export function queryKinds(capabilities: BackendCapabilities, current: TraceQuery): KindOption[] {
  const kinds: KindOption[] = [{ value: 'traceql', label: 'Trace ID' }];
  if (capabilities.search !== 'none' || current.queryType === 'search') {
    kinds.push({ value: 'search', label: 'Search' });
  }
  if (capabilities.queryLanguage !== undefined || current.queryType === 'language') {
    kinds.push({ value: 'language', label: 'TraceQL' });
  }
  kinds.push({ value: 'document', label: 'File' });
  kinds.push({ value: 'compare', label: 'Compare' });
  // What the store does not keep is counted from traces.
  if (capabilities.dependencies || capabilities.search !== 'none' || current.queryType === 'serviceGraph') {
    kinds.push({ value: 'serviceGraph', label: 'Service graph' });
  }
  if (capabilities.timeSeries || capabilities.search !== 'none' || current.queryType === 'metrics') {
    kinds.push({ value: 'metrics', label: 'Metrics' });
  }
  return kinds;
}

/** What ties a query to its row: letter, key, visibility and data source. */
export function placeOf({
  refId,
  key,
  hide,
  datasource,
}: TraceQuery): Pick<TraceQuery, 'refId' | 'key' | 'hide' | 'datasource'> {
  return { refId, key, hide, datasource };
}

/** Who looks at the traces of a service wants to see its numbers. */
function servicesOf(query: TraceQuery): Pick<MetricsQuery, 'services'> {
  const service = query.queryType === 'search' || query.queryType === 'serviceGraph' ? query.service : undefined;
  return service ? { services: [service] } : {};
}

/** An empty query of another kind in the same place. */
export function queryOfKind(kind: QueryKind, query: TraceQuery): TraceQuery {
  const place = { schemaVersion: QUERY_SCHEMA_VERSION, ...placeOf(query) };
  switch (kind) {
    case 'traceql':
      return { ...place, queryType: 'traceql', query: '' };
    case 'search':
      return { ...place, queryType: 'search' };
    case 'language':
      return { ...place, queryType: 'language', query: '' };
    case 'compare': {
      // A trace is compared with one that is still to be named, a search with itself until one side is changed.
      const side = sideOf(query);
      const other = side.queryType === 'search' ? side : EMPTY_SIDE;
      return { ...place, queryType: 'compare', baseline: other, comparison: side };
    }
    case 'document':
      return { ...place, queryType: 'document' };
    case 'serviceGraph':
      return { ...place, queryType: 'serviceGraph' };
    case 'metrics':
      return { ...place, queryType: 'metrics', ...servicesOf(query) };
  }
}
