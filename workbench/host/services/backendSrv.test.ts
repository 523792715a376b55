import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { firstValueFrom } from 'rxjs';
import { WorkbenchBackendSrv } from './backendSrv';

let server: Server;
let base: string;
let aborted: Promise<void>;

beforeEach(async () => {
  aborted = new Promise((resolve) => {
    server = createServer((request, response) => {
      if (request.url?.startsWith('/slow')) {
        response.on('close', () => resolve());
        return;
      }
      if (request.url?.startsWith('/cut')) {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{', () => response.destroy());
        return;
      }
      const isBad = request.url?.startsWith('/bad');
      response.writeHead(isBad ? 404 : 200, { 'content-type': 'text/plain' });
      response.end(isBad ? 'no such trace' : '{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('a good answer arrives with its status and parsed body', async () => {
  const response = await firstValueFrom(new WorkbenchBackendSrv().fetch({ url: `${base}/good` }));
  expect([response.status, response.ok, response.data]).toEqual([200, true, { ok: true }]);
});

test('a bad status is an error that keeps the words of the server', async () => {
  await expect(firstValueFrom(new WorkbenchBackendSrv().fetch({ url: `${base}/bad` }))).rejects.toMatchObject({
    status: 404,
    data: { message: 'no such trace' },
  });
});

test('a server that is not there is an error with data', async () => {
  await expect(
    firstValueFrom(new WorkbenchBackendSrv().fetch({ url: 'http://127.0.0.1:1/nothing' }))
  ).rejects.toMatchObject({ data: { message: 'Unexpected error' } });
});

test('an answer that breaks off is an error with data', async () => {
  await expect(firstValueFrom(new WorkbenchBackendSrv().fetch({ url: `${base}/cut` }))).rejects.toMatchObject({
    data: { message: 'Unexpected error' },
    config: { url: `${base}/cut` },
  });
});

test('unsubscribing aborts the request', async () => {
  const subscription = new WorkbenchBackendSrv().fetch({ url: `${base}/slow` }).subscribe({ error: () => undefined });
  await new Promise((resolve) => server.once('request', resolve));
  subscription.unsubscribe();
  await aborted;
});

test('a second request with the same id cancels the first', async () => {
  const service = new WorkbenchBackendSrv();
  const first = firstValueFrom(service.fetch({ url: `${base}/slow`, requestId: 'A' }));
  const second = firstValueFrom(service.fetch({ url: `${base}/good`, requestId: 'A' }));
  await expect(first).rejects.toMatchObject({ cancelled: true, status: -1, type: 'cancelled' });
  expect((await second).status).toBe(200);
});
