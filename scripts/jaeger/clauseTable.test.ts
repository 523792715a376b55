import { clauseTable, countClauses, readClauses } from './clauseTable';

const report = {
  testResults: [
    {
      assertionResults: [
        { ancestorTitles: ['v2', 'jaeger: v2', 'traces'], status: 'passed' },
        { ancestorTitles: ['v2', 'jaeger: v2', 'traces'], status: 'failed' },
        { ancestorTitles: ['v2', 'jaeger: v2', 'search'], status: 'passed' },
        { ancestorTitles: ['v1', 'jaeger: v1 as legacy', 'search'], status: 'pending' },
      ],
    },
  ],
};

test('a row per server, a column per group of clauses', () => {
  expect(clauseTable(readClauses(report)).split('\n')).toEqual([
    'server        traces   search',
    'v2            1 ✓ 1 ✗  1 ✓',
    'v1 as legacy  –        1 skipped',
  ]);
});

test('every clause counts once', () => {
  expect(countClauses(readClauses(report))).toEqual({ passed: 2, failed: 1, skipped: 1 });
});
