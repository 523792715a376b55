import { clauseTable, countClauses, readClauses } from './clauseTable';

const recorded = (server: string, group: string, status: string, title = 'clause') => ({
  ancestorTitles: [server, group],
  title,
  status,
});

const report = {
  testResults: [
    {
      name: '/repo/src/backends/jaeger/jaeger.contract.test.ts',
      assertionResults: [
        { ancestorTitles: [], title: 'every recording belongs to a server', status: 'passed' },
        recorded('jaeger: v2', 'traces', 'passed'),
        recorded('jaeger: v2', 'traces', 'failed'),
        recorded('jaeger: v2', 'search', 'passed', 'search-errors (the server forgets them)'),
        recorded('jaeger: v2', 'search', 'passed', 'search by service (all)'),
        recorded('jaeger: v2', 'services on a bad day', 'passed', '401'),
        recorded('jaeger: v2', 'losses', 'passed', 'nanoseconds'),
        recorded('jaeger: v2', 'losses', 'passed', 'bytes'),
      ],
    },
    {
      name: '/repo/tests/live/zipkin.test.ts',
      assertionResults: [
        { ancestorTitles: ['v3', 'zipkin: zipkin v3', 'search'], title: 'clause', status: 'pending' },
        { ancestorTitles: ['v3', 'zipkin: zipkin v3', 'losses'], title: 'bytes', status: 'passed' },
      ],
    },
  ],
};

const clauses = readClauses(report).filter(({ server }) => server !== 'no server');

test('a row per server, a column per group of clauses, and what is lost or known to be wrong by name', () => {
  expect(clauseTable(clauses).split('\n')).toEqual([
    'store                traces   search     bad days  losses',
    'jaeger v2  recorded  1 ✓ 1 ✗  1 ✓ 1 !    1 ✓       2 named',
    'zipkin v3  live      –        1 skipped  –         1 named',
    '',
    'jaeger v2 loses: nanoseconds; bytes',
    '',
    'zipkin v3 loses: bytes',
    '',
    'jaeger v2 is known to be wrong about: the server forgets them',
  ]);
});

test('servers that lose the same share a line', () => {
  const [loss] = clauses.filter(({ title }) => title === 'bytes');
  expect(clauseTable([loss, { ...loss, server: 'other v1' }])).toContain('jaeger v2, other v1 lose: bytes');
});

test('every clause counts once', () => {
  expect(countClauses(readClauses(report))).toEqual({ passed: 8, failed: 1, skipped: 1 });
});
