import { traceFromText } from '../../testkit/traceFromText';
import { NANOS_PER_MILLI } from '../model/time';
import { computeCriticalPath } from './criticalPath';
import { computeTimeOnPath, summarizeCriticalPath } from './criticalPathSummary';

const path = computeCriticalPath(
  traceFromText(`
    shop  GET /cart    [0-----------------20]
    db      SELECT        [2--6]
    db      SELECT             [8---14]
    mail    send            [7------13]
  `)
);

it('sums up the time on the path per operation, most first', () => {
  const rows = summarizeCriticalPath([path]);
  expect(rows.map((row) => [row.serviceName, row.name, row.time / NANOS_PER_MILLI, row.share])).toEqual([
    ['shop', 'GET /cart', 10, 0.5],
    ['db', 'SELECT', 10, 0.5],
  ]);
  expect(rows.map(({ spanCount, sectionCount }) => [spanCount, sectionCount])).toEqual([
    [1, 3],
    [2, 2],
  ]);
  expect(rows[1].longest.path).toBe(path);
  expect(rows[1].longest.section).toMatchObject({ start: 8 * NANOS_PER_MILLI, end: 14 * NANOS_PER_MILLI });
});

it('takes the paths of many traces together', () => {
  const other = computeCriticalPath(traceFromText('db  SELECT  [0--20]', { traceId: 'f'.repeat(32) }));
  const [first] = summarizeCriticalPath([path, other]);
  expect([first.name, first.time / NANOS_PER_MILLI, first.share, first.spanCount]).toEqual(['SELECT', 30, 0.75, 3]);
  expect(first.longest.path).toBe(other);
});

it('has no rows and no shares where there is no path', () => {
  expect(summarizeCriticalPath([])).toEqual([]);
  expect(summarizeCriticalPath([computeCriticalPath(traceFromText('db  SELECT  [4]'))])).toEqual([]);
});

it('knows the time of every span that is on the path', () => {
  const times = computeTimeOnPath(path);
  const onPath = path.trace.spans.filter(({ position }) => times[position] > 0);
  expect(onPath.map(({ name, position }) => [name, times[position] / NANOS_PER_MILLI])).toEqual([
    ['GET /cart', 10],
    ['SELECT', 4],
    ['SELECT', 6],
  ]);
});
