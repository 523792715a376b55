import { createDataFrame, LoadingState, type DataFrame, type DataQueryResponse } from '@grafana/data';

import { BackendError } from '../backends/errors';
import { runQueries } from './runQueries';

/** Queries whose answers are given by hand. */
function manualRun(refIds: readonly string[]) {
  interface Run {
    readonly signal: AbortSignal;
    readonly partial: (frames: DataFrame[]) => void;
    readonly finish: () => void;
    readonly fail: (error: unknown) => void;
  }
  const runs = new Map<string, Run>();
  const packets: DataQueryResponse[] = [];
  let isComplete = false;
  const subscription = runQueries(
    refIds.map((refId) => ({ refId })),
    {
      run: ({ refId }, signal, partial) =>
        new Promise<DataFrame[]>((resolve, reject) => {
          const finish = () => resolve([createDataFrame({ refId, fields: [] })]);
          runs.set(refId, { signal, partial, finish, fail: reject });
        }),
      describe: (error) => `told: ${error instanceof Error ? error.message : error}`,
    }
  ).subscribe({ next: (packet) => packets.push(packet), complete: () => (isComplete = true) });
  const run = (refId: string) => {
    const found = runs.get(refId);
    if (!found) {
      throw new Error(`${refId} does not run`);
    }
    return found;
  };
  return { run, packets, subscription, isComplete: () => isComplete };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const short = ({ key, state, data, errors }: DataQueryResponse) => ({
  key,
  state,
  frames: data.map((frame: DataFrame) => frame.refId),
  ...(errors && { errors: errors.map(({ refId, message }) => `${refId} ${message}`) }),
});

it('answers each query under its own key, in the order of the panel', async () => {
  const { run, packets, isComplete } = manualRun(['A', 'B']);
  run('B').finish();
  await settled();
  expect(packets).toEqual([]);
  run('A').finish();
  await settled();
  expect(packets.map(short)).toEqual([
    { key: 'A', state: LoadingState.Loading, frames: ['A'] },
    { key: 'B', state: LoadingState.Done, frames: ['B'] },
  ]);
  expect(isComplete()).toBe(true);
});

it('tells a failure beside the answers of the others', async () => {
  const { run, packets, isComplete } = manualRun(['A', 'B', 'C']);
  run('A').fail(new Error('down'));
  run('B').finish();
  run('C').fail('odd');
  await settled();
  expect(packets.map(short)).toEqual([
    { key: 'A', state: LoadingState.Error, frames: [], errors: ['A told: down'] },
    { key: 'B', state: LoadingState.Loading, frames: ['B'] },
    { key: 'C', state: LoadingState.Error, frames: [], errors: ['A told: down', 'C told: odd'] },
  ]);
  expect(isComplete()).toBe(true);
});

it('tells partial answers as they come, but none before its turn nor after its end', async () => {
  const { run, packets } = manualRun(['A', 'B']);
  const part = (name: string) => [createDataFrame({ refId: name, fields: [] })];
  run('B').partial(part('B1'));
  run('B').partial(part('B2'));
  run('A').partial(part('A1'));
  expect(packets.map(short)).toEqual([{ key: 'A', state: LoadingState.Streaming, frames: ['A1'] }]);
  run('A').finish();
  await settled();
  run('A').partial(part('late'));
  expect(packets.slice(1).map(short)).toEqual([
    { key: 'A', state: LoadingState.Loading, frames: ['A'] },
    { key: 'B', state: LoadingState.Streaming, frames: ['B2'] },
  ]);
  run('B').finish();
  await settled();
  expect(packets.slice(3).map(short)).toEqual([{ key: 'B', state: LoadingState.Done, frames: ['B'] }]);
});

it('survives a runner that throws at once', async () => {
  const packets: DataQueryResponse[] = [];
  runQueries([{ refId: 'A' }], {
    run: () => {
      throw new TypeError('boom');
    },
    describe: String,
  }).subscribe((packet) => packets.push(packet));
  await settled();
  expect(packets.map(short)).toEqual([
    { key: 'A', state: LoadingState.Error, frames: [], errors: ['A TypeError: boom'] },
  ]);
});

it('aborts what still runs when nobody looks any more, and says nothing', async () => {
  const { run, packets, subscription } = manualRun(['A', 'B']);
  run('A').finish();
  await settled();
  subscription.unsubscribe();
  expect([run('A').signal.aborted, run('B').signal.aborted]).toEqual([true, true]);
  run('B').fail(new BackendError('cancelled', { backend: 'b' }));
  await settled();
  expect(packets.map(short)).toEqual([{ key: 'A', state: LoadingState.Loading, frames: ['A'] }]);
});

it('gives every query a signal of its own', () => {
  const { run } = manualRun(['A', 'B']);
  expect(run('A').signal).not.toBe(run('B').signal);
});

it('ends the spinner when there is nothing to run', async () => {
  const { packets, isComplete } = manualRun([]);
  await settled();
  expect(packets.map(short)).toEqual([{ key: undefined, state: LoadingState.Done, frames: [] }]);
  expect(isComplete()).toBe(true);
});
