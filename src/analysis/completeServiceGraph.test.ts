import { nanoseconds } from '../model/time';
import { completeServiceGraph } from './completeServiceGraph';

it('adds up calls and errors of a pair and keeps the longer time', () => {
  const call = { caller: 'a', callee: 'b' };
  const { calls } = completeServiceGraph({
    calls: [
      { ...call, calls: 1, p95: nanoseconds(5) },
      { ...call, calls: 2, errors: 1, p95: nanoseconds(3) },
      { caller: 'b', callee: 'a', calls: 4 },
    ],
  });
  expect(calls).toEqual([
    { ...call, calls: 3, errors: 1, p95: 5 },
    { caller: 'b', callee: 'a', calls: 4 },
  ]);
});

it('takes no two pairs for one', () => {
  const calls = [
    { caller: 'a', callee: 'b","c', calls: 1 },
    { caller: 'a","b', callee: 'c', calls: 2 },
    { caller: 'a', callee: 'b","c', calls: 4, errors: 1 },
  ];
  expect(completeServiceGraph({ calls }).calls.map((call) => call.calls)).toEqual([5, 2]);
});

it('sums up the calls that a service got where the source says nothing of it', () => {
  const { services } = completeServiceGraph({
    calls: [
      { caller: 'web', callee: 'cart', calls: 5, errors: 1 },
      { caller: 'mail', callee: 'cart', calls: 2 },
    ],
    services: [
      { name: 'web', calls: 9, errors: 3 },
      { name: 'cron', calls: 1 },
    ],
  });
  expect(services).toEqual([
    { name: 'web', calls: 9, errors: 3 },
    { name: 'cart', calls: 7, errors: 1 },
    { name: 'mail', calls: 0 },
    { name: 'cron', calls: 1 },
  ]);
});
