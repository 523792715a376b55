import { SharedRequests } from './sharedRequests';

function cacheAt(keepMs = 1000) {
  const clock = { nowMs: 0 };
  return { cache: new SharedRequests<string>(keepMs, () => clock.nowMs), clock };
}

/** A load that counts its calls and is answered by hand. */
function manualLoad() {
  const calls: Array<{ signal: AbortSignal; resolve: (value: string) => void; reject: (error: Error) => void }> = [];
  const load = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      calls.push({ signal, resolve, reject });
    });
  return { load, calls };
}

it('shares an answer that is on its way, then keeps it until its time is over', async () => {
  const { cache, clock } = cacheAt(1000);
  const { load, calls } = manualLoad();
  const both = Promise.all([cache.get('a', load), cache.get('a', load)]);
  calls[0].resolve('x');
  await expect(both).resolves.toEqual(['x', 'x']);
  clock.nowMs = 999;
  await expect(cache.get('a', load)).resolves.toBe('x');
  expect(calls).toHaveLength(1);
  clock.nowMs = 1000;
  void cache.get('a', load);
  expect(calls).toHaveLength(2);
});

it('keeps keys apart, also those that objects have by nature', () => {
  const { cache } = cacheAt();
  const { load, calls } = manualLoad();
  for (const key of ['a', 'b', '__proto__', 'constructor']) {
    void cache.get(key, load);
  }
  expect(calls).toHaveLength(4);
});

it('does not keep failures', async () => {
  const { cache } = cacheAt();
  const { load, calls } = manualLoad();
  const first = cache.get('a', load);
  calls[0].reject(new Error('down'));
  await expect(first).rejects.toThrow('down');
  const second = cache.get('a', load);
  calls[1].resolve('up');
  await expect(second).resolves.toBe('up');
});

it('cancels the request with its last waiter only', async () => {
  const { cache } = cacheAt();
  const { load, calls } = manualLoad();
  const [one, two] = [new AbortController(), new AbortController()];
  const first = cache.get('a', load, one.signal);
  const second = cache.get('a', load, two.signal);
  one.abort();
  await expect(first).rejects.toThrow();
  expect(calls[0].signal.aborted).toBe(false);
  two.abort();
  await expect(second).rejects.toThrow();
  expect(calls[0].signal.aborted).toBe(true);

  void cache.get('a', load);
  expect(calls).toHaveLength(2);
});

it('does not cancel for a waiter who leaves after the answer', async () => {
  const { cache } = cacheAt();
  const { load, calls } = manualLoad();
  const controller = new AbortController();
  const answer = cache.get('a', load, controller.signal);
  calls[0].resolve('x');
  await answer;
  controller.abort();
  expect(calls[0].signal.aborted).toBe(false);
  await expect(cache.get('a', load)).resolves.toBe('x');
});

it('asks nothing for a caller who is gone already', async () => {
  const { cache } = cacheAt();
  const { load, calls } = manualLoad();
  await expect(cache.get('a', load, AbortSignal.abort())).rejects.toThrow();
  expect(calls.every(({ signal }) => signal.aborted)).toBe(true);
});

it('lets go of what is overdue, and of nothing else', async () => {
  const { cache, clock } = cacheAt(1000);
  let loads = 0;
  const load = async () => `${++loads}`;
  await cache.get('a', load);
  clock.nowMs = 500;
  await cache.get('b', load);
  clock.nowMs = 1000;
  cache.dropOverdue();
  clock.nowMs = 999;
  expect([await cache.get('a', load), await cache.get('b', load)]).toEqual(['3', '2']);
});

it('forgets the oldest beyond 200 entries', async () => {
  const { cache } = cacheAt();
  let loads = 0;
  const load = async () => `${++loads}`;
  for (let index = 0; index <= 200; index++) {
    await cache.get(`key ${index}`, load);
  }
  await cache.get('key 200', load);
  expect(loads).toBe(201);
  await cache.get('key 0', load);
  expect(loads).toBe(202);
});
