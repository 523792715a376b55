import type { SilentServer } from '../../contract/silentServer';

export const RECOGNIZED: readonly SilentServer[] = [
  { name: '3.5', routes: { '/api/v2/services': [200, ['cart']] }, otherwise: [404, ''] },
  {
    name: 'a new one without services',
    routes: { '/api/v2/services': [200, []], '/info': [200, { zipkin: { version: '3.5.1', commit: '0a1b2c3' } }] },
  },
  {
    name: 'one whose storage is down',
    routes: {
      '/api/v2/services': [500, 'no node'],
      '/health': [503, { status: 'DOWN', zipkin: { status: 'DOWN', details: {} } }],
    },
  },
  {
    name: 'a new one below /zipkin',
    routes: {
      '/api/v2/services': [200, []],
      '/config.json': [200, { searchEnabled: true, defaultLookback: 900000 }],
    },
  },
];
