import type { HttpClient, HttpResponse } from '../backends/http';
import { limitParallel } from './limitParallel';

/** A client whose answers are given by hand. */
function manualClient() {
  const open: Array<{ path: string; finish: () => void; fail: () => void }> = [];
  const http: HttpClient = {
    get: ({ path }) =>
      new Promise<HttpResponse>((resolve, reject) => {
        open.push({
          path,
          finish: () => resolve({ status: 200, body: path }),
          fail: () => reject(new Error('failed')),
        });
      }),
  };
  return { http, open };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('sends no more than the limit, then the rest in order', async () => {
  const { http, open } = manualClient();
  const limited = limitParallel(http, 2, 'b');
  const answers = ['/1', '/2', '/3', '/4'].map((path) => limited.get({ path }));
  await settled();
  expect(open.map(({ path }) => path)).toEqual(['/1', '/2']);
  open[1].finish();
  await settled();
  expect(open.map(({ path }) => path)).toEqual(['/1', '/2', '/3']);
  open[0].finish();
  await settled();
  open[2].finish();
  open[3].finish();
  await expect(Promise.all(answers)).resolves.toHaveLength(4);
});

it('is free again when all are answered', async () => {
  const { http, open } = manualClient();
  const limited = limitParallel(http, 1, 'b');
  for (const [index, path] of ['/1', '/2', '/3'].entries()) {
    const answer = limited.get({ path });
    await settled();
    open[index].finish();
    await expect(answer).resolves.toMatchObject({ body: path });
  }
});

it('gives the place of a failed request to the next', async () => {
  const { http, open } = manualClient();
  const limited = limitParallel(http, 1, 'b');
  const first = limited.get({ path: '/1' });
  void limited.get({ path: '/2' });
  await settled();
  open[0].fail();
  await expect(first).rejects.toThrow('failed');
  await settled();
  expect(open.map(({ path }) => path)).toEqual(['/1', '/2']);
});

it('lets a cancelled request leave the line unsent', async () => {
  const { http, open } = manualClient();
  const limited = limitParallel(http, 1, 'b');
  const controller = new AbortController();
  void limited.get({ path: '/1' });
  const second = limited.get({ path: '/2', signal: controller.signal });
  void limited.get({ path: '/3' });
  await settled();
  controller.abort();
  await expect(second).rejects.toMatchObject({ kind: 'cancelled' });
  open[0].finish();
  await settled();
  expect(open.map(({ path }) => path)).toEqual(['/1', '/3']);
});

it('does not send what was cancelled before', async () => {
  const { http, open } = manualClient();
  const limited = limitParallel(http, 1, 'b');
  await expect(limited.get({ path: '/1', signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'cancelled' });
  void limited.get({ path: '/2' });
  await settled();
  expect(open.map(({ path }) => path)).toEqual(['/2']);
});
