import type { TraceQuery } from '../query/query';
import { exportAbstractQuery } from './abstractQueries';

const shop = [{ name: 'service_name', operator: 'Equal', value: 'shop' }];

it.each<[string, TraceQuery, unknown[]]>([
  ['a search', { refId: 'B', queryType: 'search', service: 'shop', operation: 'GET' }, shop],
  ['the graph of a service', { refId: 'B', queryType: 'serviceGraph', service: 'shop' }, shop],
  ['a search of all services', { refId: 'B', queryType: 'search' }, []],
  ['a lookup', { refId: 'B', queryType: 'traceql', query: 'abc' }, []],
])('%s hands over what labels can say', (_, query, labelMatchers) => {
  expect(exportAbstractQuery(query)).toEqual({ refId: 'B', labelMatchers });
});
