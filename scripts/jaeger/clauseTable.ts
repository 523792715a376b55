import type { Counts } from '../test/step';

/** What one clause of the suite came to on one server, as `jest --json` reports it. */
export interface ClauseResult {
  readonly server: string;
  /** Group of clauses: `traces`, `search`, `lists`, `capabilities`. */
  readonly group: string;
  readonly status: 'passed' | 'failed' | 'skipped';
}

interface JestReport {
  readonly testResults: ReadonlyArray<{
    readonly assertionResults: ReadonlyArray<{ readonly ancestorTitles: readonly string[]; readonly status: string }>;
  }>;
}

/** Titles are `v2.20.0 › jaeger: v2.20.0 as v2.20.0-legacy › traces › …`. */
export function readClauses(report: JestReport): readonly ClauseResult[] {
  return report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ ancestorTitles, status }): ClauseResult => {
      const [, backend = 'no server', group = 'other'] = ancestorTitles;
      const server = backend.replace(/^[^:]*: /, '');
      return { server, group, status: status === 'passed' || status === 'failed' ? status : 'skipped' };
    })
  );
}

/** A row per server, a column per group: `26 ✓`, or `24 ✓ 2 ✗`. */
export function clauseTable(results: readonly ClauseResult[]): string {
  const servers = [...new Set(results.map(({ server }) => server))];
  const groups = [...new Set(results.map(({ group }) => group))];
  const cell = (server: string, group: string) => {
    const counts = countClauses(results.filter((result) => result.server === server && result.group === group));
    const parts: ReadonlyArray<readonly [number, string]> = [
      [counts.passed, '✓'],
      [counts.failed, '✗'],
      [counts.skipped, 'skipped'],
    ];
    return parts.flatMap(([count, sign]) => (count > 0 ? [`${count} ${sign}`] : [])).join(' ') || '–';
  };
  const rows = [
    ['server', ...groups],
    ...servers.map((server) => [server, ...groups.map((group) => cell(server, group))]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]))
        .join('  ')
        .trimEnd()
    )
    .join('\n');
}

export function countClauses(results: readonly ClauseResult[]): Counts {
  const count = (status: ClauseResult['status']) => results.filter((result) => result.status === status).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}
