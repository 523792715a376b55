import { readReport } from './validatorReport';

function report(analyzers: Record<string, Array<{ Severity: string; Title: string }>>): string {
  return `2026/01/01 a line of log\n${JSON.stringify({ id: 'x', 'plugin-validator': analyzers })}\n`;
}

test.each([
  [
    'an error is a problem',
    { manifest: [{ Severity: 'error', Title: 'no manifest' }] },
    ['error: no manifest (manifest)'],
    0,
  ],
  [
    'a warning is a problem',
    { logos: [{ Severity: 'warning', Title: 'default logo' }] },
    ['warning: default logo (logos)'],
    0,
  ],
  ['a recommendation is none', { sponsorshiplink: [{ Severity: 'recommendation', Title: 'sponsor' }] }, [], 0],
  ['the missing signature is expected', { signature: [{ Severity: 'error', Title: 'unsigned plugin' }] }, [], 0],
  [
    'a link nobody could open is unchecked',
    { brokenlinks: [{ Severity: 'warning', Title: 'dial tcp: no such host' }] },
    [],
    1,
  ],
  [
    'a link that answers 404 is a problem',
    { brokenlinks: [{ Severity: 'warning', Title: '404 Not Found' }] },
    ['warning: 404 Not Found (brokenlinks)'],
    0,
  ],
])('%s', (_, analyzers, problems, unchecked) => {
  const read = readReport(report(analyzers));
  expect(read.problems).toEqual(problems);
  expect(read.unchecked).toHaveLength(unchecked);
});

test('output without a report is an error that quotes it', () => {
  expect(() => readReport("couldn't read configuration")).toThrow("couldn't read configuration");
});
