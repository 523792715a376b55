import { deepFreeze } from '../../../testkit/deepFreeze';

/** Runs code for which everything that `JSON.parse` makes is frozen: who edits an answer in place fails in the act. */
export async function withFrozenJson<T>(run: () => Promise<T>): Promise<T> {
  const parse = JSON.parse;
  const spy = jest.spyOn(JSON, 'parse').mockImplementation((text, reviver) => deepFreeze(parse(text, reviver)));
  try {
    return await run();
  } finally {
    spy.mockRestore();
  }
}
