import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { checkFrame } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import { traceFromText } from '../../testkit/traceFromText';
import { computeCriticalPath } from '../analysis/criticalPath';
import { assembleTrace } from '../model/assembleTrace';
import type { Trace } from '../model/trace';
import { buildCriticalPathFrame } from './criticalPathFrame';

const frameOf = (...traces: Trace[]) =>
  buildCriticalPathFrame(traces.map(computeCriticalPath), {
    refId: 'A',
    datasource: { uid: 'traces', name: 'Traces' },
  });

it('gives a row an operation on the path', () => {
  const frame = frameOf(
    traceFromText(`
      shop  GET /cart   [0-----------20]
      db      SELECT      [2--5]
      db      SELECT           [8---14]
      mail    send              [9-12]
    `)
  );
  expect(`\n${frameToText(frame)}\n`).toBe(`
service | operation | time     | share | spans | sections | longest | spanID           | traceID
shop    | GET /cart | 11000000 | 0.55  | 1     | 3        | 6000000 | 0000000000000001 | 0000000000000abc
db      | SELECT    | 9000000  | 0.45  | 2     | 2        | 6000000 | 0000000000000003 | 0000000000000abc
`);
  expect(frame.meta?.notices).toBeUndefined();
});

it('tells how long nobody was at work', () => {
  const frame = frameOf(
    traceFromText(`
      shop  put     [0--5]
      mail    take        [8---20]
    `)
  );
  expect(frame.meta?.notices?.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^For 3ms of 20ms no span was at work/),
  ]);
});

it('keeps the laws whatever the wire gave', () => {
  checkProperty(
    fc.property(fc.array(arbitraryFlatSpans, { maxLength: 2 }), (sets) => {
      expect(checkFrame(frameOf(...sets.map((spans) => assembleTrace(spans) as Trace)))).toEqual([]);
    })
  );
});
