import type { Counts } from '../test/step';

/** What one clause of the suite came to on one server, as `jest --json` reports it. */
export interface ClauseResult {
  readonly server: string;
  /** Group of clauses: `traces`, `search`, `lists`, `capabilities`, `losses`. */
  readonly group: string;
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Asked of a server that ran, or of answers that were recorded. */
  readonly source: 'live' | 'recorded';
}

interface JestReport {
  readonly testResults: ReadonlyArray<{
    /** Path of the test file. */
    readonly name: string;
    readonly assertionResults: ReadonlyArray<{
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }>;
  }>;
}

/** What a store loses is told by a clause each, in a group of its own. */
const LOSSES = 'losses';

/** Of a test outside the suite, such as one that counts the recordings. */
export const NO_SERVER = 'no server';

/**
 * Titles are `jaeger: v2.20.0 as v2.20.0-legacy › traces › …`, live ones below the name of a server. Recordings lie beside
 * the code of a backend; whoever else runs the suite runs a server.
 */
export function readClauses(report: JestReport): readonly ClauseResult[] {
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }): ClauseResult => {
      const at = ancestorTitles.findIndex((ancestor) => /^[a-z]+: /.test(ancestor));
      const server = at < 0 ? NO_SERVER : nameOf(ancestorTitles[at]);
      return {
        server,
        group: ancestorTitles[at + 1]?.replace(/^.* on a bad day$/, 'bad days') ?? 'other',
        title,
        status: status === 'passed' || status === 'failed' ? status : 'skipped',
        source: /[\\/]src[\\/]backends[\\/]/.test(name) ? 'recorded' : 'live',
      };
    })
  );
}

/** `zipkin: zipkin v3.5.1` names it twice. */
function nameOf(title: string): string {
  return title.replace(/^([^:]+): (?:\1 )?/, '$1 ');
}

/**
 * A row per server, a column per group: `26 ✓`, or `24 ✓ 2 ✗`, with `!` for the clauses that this server is known to break
 * in a way that is named. The last column counts what the store cannot carry; below the table it is named.
 */
export function clauseTable(results: readonly ClauseResult[]): string {
  const rowNames = [...new Set(results.map(rowName))];
  const groups = [...new Set(results.map(({ group }) => group))].filter((group) => group !== LOSSES);
  const inRow = (row: string, group: string) =>
    results.filter((result) => rowName(result) === row && result.group === group);
  const lossCell = (row: string) => (inRow(row, LOSSES).length > 0 ? `${inRow(row, LOSSES).length} named` : 'none');
  const rows = [
    ['store', '', ...groups, LOSSES],
    ...rowNames.map((row) => [...row.split('\t'), ...groups.map((group) => cell(inRow(row, group))), lossCell(row)]),
  ];
  return [
    renderTable(rows),
    ...nameAll('loses', results, ({ group, title }) => (group === LOSSES ? title : undefined)),
    ...nameAll('is known to be wrong about', results, knownWrong),
  ].join('\n');
}

function rowName({ server, source }: ClauseResult): string {
  return `${server}\t${source}`;
}

function cell(results: readonly ClauseResult[]): string {
  const counts = countClauses(results);
  const wrong = results.filter((result) => knownWrong(result) !== undefined).length;
  const parts: ReadonlyArray<readonly [number, string]> = [
    [counts.passed - wrong, '✓'],
    [wrong, '!'],
    [counts.failed, '✗'],
    [counts.skipped, 'skipped'],
  ];
  return parts.flatMap(([count, sign]) => (count > 0 ? [`${count} ${sign}`] : [])).join(' ') || '–';
}

/** `it.failing` says `search-errors (why the server is wrong)`. */
function knownWrong({ status, title, group }: ClauseResult): string | undefined {
  return status === 'passed' && KNOWN_WRONG_GROUPS.has(group) ? /^\S+ \((.*)\)$/s.exec(title)?.[1] : undefined;
}

const KNOWN_WRONG_GROUPS: ReadonlySet<string> = new Set(['traces', 'search', 'lists']);

/** A line per store and generation that has something to name, each thing once. */
function nameAll(
  verb: string,
  results: readonly ClauseResult[],
  nameOfThing: (result: ClauseResult) => string | undefined
): string[] {
  const lines = new Map<string, string[]>();
  for (const server of new Set(results.map((result) => result.server))) {
    const things = [
      ...new Set(results.filter((result) => result.server === server).flatMap((result) => nameOfThing(result) ?? [])),
    ];
    if (things.length > 0) {
      const line = things.map((thing) => thing.replace(/\.$/, '')).join('; ');
      lines.set(line, [...(lines.get(line) ?? []), server]);
    }
  }
  return [...lines].map(
    ([line, servers]) =>
      `\n${servers.join(', ')} ${servers.length > 1 ? verb.replace(/^loses/, 'lose').replace(/^is/, 'are') : verb}: ${line}`
  );
}

function renderTable(rows: ReadonlyArray<readonly string[]>): string {
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
