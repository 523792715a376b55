import { readFileSync } from 'node:fs';
import type { Counts } from '../test/step';
import { clauseTable, countClauses, NO_SERVER, readClauses } from './clauseTable';

/** Prints the table of the clauses in Jest's report and counts them. */
export function reportClauses(report: string): Counts {
  const clauses = readClauses(JSON.parse(readFileSync(report, 'utf8')));
  console.log(`\n${clauseTable(clauses.filter(({ server }) => server !== NO_SERVER))}\n`);
  return countClauses(clauses);
}
