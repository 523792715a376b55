import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { checkFrame } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import { traceFromText } from '../../testkit/traceFromText';
import type { GroupKey } from '../analysis/groupKey';
import { computeSpanStatistics } from '../analysis/spanStatistics';
import { assembleTrace } from '../model/assembleTrace';
import type { Trace } from '../model/trace';
import { buildStatisticsFrame } from './statisticsFrame';

const frameOf = (traces: readonly Trace[], groupBy: GroupKey[]) =>
  buildStatisticsFrame(computeSpanStatistics(traces, groupBy), {
    refId: 'A',
    groupBy,
    datasource: { uid: 'traces', name: 'Traces' },
  });

const trace = traceFromText(`
  shop  GET /cart   [0-----------20]
  db      SELECT      [2--5]          {rows=3}
  db      SELECT           [8-9]      ! {rows=7}
`);

it('gives a row a group, with a link to its slowest span', () => {
  expect(`\n${frameToText(frameOf([trace], [{ by: 'service' }, { by: 'operation' }]))}\n`).toBe(`
service | operation | count | errors | self     | share | total    | min      | mean     | p50      | p95      | max      | spanID           | traceID
shop    | GET /cart | 1     | 0      | 16000000 | 0.8   | 20000000 | 20000000 | 20000000 | 20000000 | 20000000 | 20000000 | 0000000000000001 | 0000000000000abc
db      | SELECT    | 2     | 1      | 4000000  | 0.2   | 4000000  | 1000000  | 2000000  | 1000000  | 3000000  | 3000000  | 0000000000000002 | 0000000000000abc
`);
});

it('names keys for people and keeps numbers', () => {
  const { fields } = frameOf(
    [trace],
    [{ by: 'status' }, { by: 'attribute', key: 'rows' }, { by: 'attribute', key: 'self' }]
  );
  expect(fields.slice(0, 3).map(({ name, type, config }) => [name, type, config.displayNameFromDS])).toEqual([
    ['status', 'string', 'Status'],
    ['rows', 'number', 'rows'],
    ['attribute.self', 'string', 'self'],
  ]);
});

it('has units where there are any', () => {
  const units = frameOf([trace], []).fields.map(({ name, config }) => config.unit && `${name} ${config.unit}`);
  expect(units.filter(Boolean).join()).toBe('self ns,share percentunit,total ns,min ns,mean ns,p50 ns,p95 ns,max ns');
});

it('keeps the laws whatever the wire gave', () => {
  const someKeys = fc.subarray<GroupKey>([
    { by: 'service' },
    { by: 'kind' },
    { by: 'attribute', key: 'error' },
    { by: 'attribute', key: 'constructor' },
    { by: 'attribute', key: '' },
  ]);
  checkProperty(
    fc.property(arbitraryFlatSpans, someKeys, (spans, groupBy) => {
      expect(checkFrame(frameOf([assembleTrace(spans) as Trace], groupBy))).toEqual([]);
    })
  );
});
