import type { ProbeReport, TraceBackend } from '../backends/backend';
import { BackendError } from '../backends/errors';
import { createBackend } from './createBackend';
import { checkHealth } from './health';
import { readSettings, type TraceJsonData } from './settings';
import { ALL_CAPABILITIES, fakeBackend, fakeDefinition, fakeServices, instanceSettings } from './testing/fakeServices';

interface Setting {
  readonly probe: TraceBackend['probe'];
  readonly jsonData?: TraceJsonData;
  readonly savedUrl?: string;
  readonly isProxied?: boolean;
}

function check({ probe, jsonData = {}, savedUrl, isProxied = true }: Setting) {
  const services = fakeServices(fakeDefinition(() => fakeBackend({ probe })));
  return checkHealth({
    connected: createBackend(readSettings(instanceSettings(jsonData)), services),
    place: { product: 'Fake', isProxied },
    readSavedUrl: async () => savedUrl,
  });
}

const report: ProbeReport = {
  product: 'Jaeger',
  version: 'v2.20.0',
  generation: 'API v3 with summaries',
  capabilities: ALL_CAPABILITIES,
  can: ['search', 'trace by ID (nanoseconds)'],
  cannot: ['service metrics (no metrics storage is configured)'],
  serviceCount: 12,
};

it('tells who answers, what that allows, and what not and why', async () => {
  await expect(check({ probe: async () => report })).resolves.toEqual({
    status: 'success',
    message:
      'Jaeger v2.20.0 answers (API v3 with summaries, 12 services) with search, trace by ID (nanoseconds), without service metrics (no metrics storage is configured).',
  });
});

it('leaves out what is not known', async () => {
  const probe = async () => ({ product: 'Jaeger', capabilities: ALL_CAPABILITIES, can: ['search'], cannot: [] });
  await expect(check({ probe })).resolves.toEqual({
    status: 'success',
    message: 'Jaeger answers with search.',
  });
});

it('says that nothing has been sent yet', async () => {
  const { message, details } = await check({ probe: async () => ({ ...report, serviceCount: 0 }) });
  expect(message).toContain('0 services');
  expect(details?.message).toContain('No service has sent traces yet');
});

it.each<[string, Partial<Setting>, RegExp]>([
  [
    'cannot search',
    { probe: async () => ({ ...report, capabilities: { ...ALL_CAPABILITIES, search: 'none' } }) },
    /answers/,
  ],
  [
    'is not the one in the settings',
    { probe: async () => report, jsonData: { backend: 'gone' } },
    /"gone".*Fake is used/,
  ],
])('warns when the server %s', async (_, setting, text) => {
  const { status, message, details } = await check({ probe: async () => report, ...setting });
  expect(status).toBe('warning');
  expect(`${message} ${details?.message}`).toMatch(text);
});

it.each<[string, Partial<Setting>]>([
  ['through Grafana', { savedUrl: '' }],
  ['directly', { isProxied: false }],
])('a missing URL is told, without a request: %s', async (_, setting) => {
  const probe = jest.fn();
  const { status, message } = await check({ probe, ...setting });
  expect([status, message]).toEqual(['error', expect.stringContaining('No URL is set')]);
  expect(probe).not.toHaveBeenCalled();
});

it('a failure is a sentence with the address, and its details for whoever must know', async () => {
  const probe = async () => {
    throw new BackendError('server', { backend: 'fake', status: 502, route: '/api/v3/services' });
  };
  await expect(check({ probe, savedUrl: 'http://jaeger:9999' })).resolves.toEqual({
    status: 'error',
    message: expect.stringContaining('Grafana could not reach Fake at http://jaeger:9999 (HTTP 502)'),
    details: { verboseMessage: 'kind: server\nstatus: 502\nroute: /api/v3/services' },
  });
});

it('never rejects', async () => {
  const probe = () => {
    throw new TypeError('boom');
  };
  await expect(check({ probe })).resolves.toMatchObject({ status: 'error', message: expect.stringContaining('boom') });
});
