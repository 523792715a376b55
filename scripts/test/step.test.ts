import { add, closingLine, readClosingLine, run } from './step';

test('the closing line reads back what it says', () => {
  const counts = { passed: 3, failed: 1, skipped: 2 };
  expect(readClosingLine(`noise\n${closingLine(counts)}\n`)).toEqual(counts);
});

test('the last closing line counts, and a line within a sentence does not', () => {
  expect(readClosingLine('1 passed, 0 failed\nthen 9 passed, 9 failed\n2 passed, 0 failed, 1 skipped\n')).toEqual({
    passed: 2,
    failed: 0,
    skipped: 1,
  });
  expect(readClosingLine('no count here')).toBeUndefined();
});

test('counts add up', () => {
  expect(add({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 })).toEqual({
    passed: 11,
    failed: 22,
    skipped: 33,
  });
});

test('a program that cannot be started is a failure, not a crash', async () => {
  const finished = await run('tracebridge-no-such-program', []);
  expect(finished.exitCode).toBe(127);
});
