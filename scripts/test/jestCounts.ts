import { readFileSync } from 'node:fs';
import type { Counts } from './step';

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Files that could not even be loaded; their tests are in no other number. */
  readonly numRuntimeErrorTestSuites: number;
}

/** Counts of a `jest --json --outputFile` report. A file that failed to load counts as one failure. */
export function jestCounts(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
