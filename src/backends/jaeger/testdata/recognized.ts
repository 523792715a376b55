import { PAGE, type SilentServer } from '../../contract/silentServer';

const envelope = (data: unknown) => ({ data, total: 1, limit: 0, offset: 0, errors: null });
const NEEDS_TIMES = { error: { httpCode: 400, message: 'query.startTimeMin and query.startTimeMax are required' } };

export const RECOGNIZED: readonly SilentServer[] = [
  { name: 'v2.20', routes: { '/api/v3/trace-summaries': [400, NEEDS_TIMES] } },
  {
    name: 'v1.42, which answers unknown paths with its UI',
    routes: { '/api/services': [200, envelope(['cart'])] },
    otherwise: PAGE,
  },
  { name: 'a new v1.42 without services', routes: { '/api/services': [200, envelope(null)] }, otherwise: PAGE },
  { name: 'v3 alone behind a proxy', routes: { '/api/v3/services': [200, { services: ['cart'] }] } },
  { name: 'Quickwit', routes: { '/api/services': [200, { data: ['cart'] }] } },
  { name: 'GreptimeDB without services', routes: { '/api/services': [200, { data: [], errors: [] }] } },
  {
    name: 'one that speaks Tempo’s API too: the first of the list counts',
    routes: { '/api/services': [200, envelope(['cart'])], '/api/echo': [200, 'echo'] },
  },
];
