import {
  setBackendSrv,
  setTemplateSrv,
  type BackendSrv,
  type BackendSrvRequest,
  type TemplateSrv,
} from '@grafana/runtime';
import { of, throwError } from 'rxjs';

import { grafanaServices } from './services';
import { readSettings } from './settings';
import { instanceSettings } from './testing/fakeServices';

const asked: BackendSrvRequest[] = [];

function grafanaAnswers(data: unknown) {
  const fetch = (options: BackendSrvRequest) => {
    asked.push(options);
    return data === undefined ? throwError(() => ({ status: 403, data: {} })) : of({ status: 200, data });
  };
  setBackendSrv({ fetch } as unknown as BackendSrv);
}

beforeEach(() => {
  asked.length = 0;
});

it.each<[what: string, data: unknown, url: string | undefined]>([
  ['as it was typed', { url: ' http://jaeger:16686 ' }, 'http://jaeger:16686'],
  ['missing', { url: '' }, ''],
  ['not for this user', undefined, undefined],
  ['not there', {}, undefined],
])('the saved URL: %s', async (_, data, url) => {
  grafanaAnswers(data);
  await expect(grafanaServices().readSavedUrl('a/b')).resolves.toBe(url);
  expect(asked).toEqual([expect.objectContaining({ url: '/api/datasources/uid/a%2Fb', showErrorAlert: false })]);
});

it("asks the store through the data source's proxy", async () => {
  grafanaAnswers('{}');
  const http = grafanaServices().createHttp(readSettings(instanceSettings()), 'b');
  await expect(http.get({ path: '/api/services' })).resolves.toMatchObject({ body: '{}' });
  expect(asked[0].url).toBe('/api/datasources/proxy/uid/traces/api/services');
});

it("replaces variables with Grafana's templates", () => {
  const replace = jest.fn(() => 'cart');
  setTemplateSrv({ replace, containsTemplate: () => true } as unknown as TemplateSrv);
  const scopedVars = { a: { text: '', value: 1 } };
  const services = grafanaServices();
  expect(services.replace('$service', scopedVars, 'raw')).toBe('cart');
  expect(replace).toHaveBeenCalledWith('$service', scopedVars, 'raw');
  expect(services.containsTemplate('$service')).toBe(true);
});

it('has a backend', () => {
  expect(grafanaServices().definitions).not.toEqual([]);
});
