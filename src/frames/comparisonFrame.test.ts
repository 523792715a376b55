import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryTimedTrace } from '../../testkit/arbitraryTimedTrace';
import { checkFrame } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import { traceFromText } from '../../testkit/traceFromText';
import { compareTraces } from '../analysis/compareTraces';
import type { Trace } from '../model/trace';
import { buildComparisonFrame } from './comparisonFrame';

const frameOf = (left: Trace[], right: Trace[]) =>
  buildComparisonFrame(compareTraces(left, right), { refId: 'A', names: { left: 'fast', right: 'slow' } });

const fast = traceFromText(`
  shop  GET /cart   [0-----10]
  auth    check       [2-3]
`);
const slow = traceFromText(`
  shop  GET /cart   [0-----------20]
  db      SELECT      [2-------18]    !
`);

it('gives a row an operation, the largest change first', () => {
  const frame = frameOf([fast], [slow]);
  expect(`\n${frameToText(frame)}\n`).toBe(`
service | operation | selfChange | errorsChange | countChange | selfLeft | selfRight | errorsLeft | errorsRight | countLeft | countRight
db      | SELECT    | 16000000   | 1            | 1           | 0        | 16000000  | 0          | 1           | 0         | 1
shop    | GET /cart | -5000000   | 0            | 0           | 9000000  | 4000000   | 0          | 0           | 1         | 1
auth    | check     | -1000000   | 0            | -1          | 1000000  | 0         | 0          | 0           | 1         | 0
`);
  expect(frame.fields[5].config).toMatchObject({ displayNameFromDS: 'Self time: fast', unit: 'ns' });
  expect(frame.meta?.notices).toBeUndefined();
});

it('is per trace, and says so', () => {
  const frame = frameOf([fast, fast], [slow]);
  expect(frameToText(frame, { columns: ['operation', 'countLeft'] })).toContain('GET /cart | 1');
  expect(frame.meta?.notices?.[0].text).toBe('All numbers are per trace: 2 on the side "fast", 1 on the side "slow".');
});

it('keeps the laws', () => {
  const aSet = fc.array(arbitraryTimedTrace, { maxLength: 2 });
  checkProperty(fc.property(aSet, aSet, (left, right) => expect(checkFrame(frameOf(left, right))).toEqual([])));
});
