import type { DataFrame } from '@grafana/data';
import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { arbitraryTimedTrace } from '../../testkit/arbitraryTimedTrace';
import { flatSpan } from '../../testkit/flatSpan';
import { checkFrame } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import { traceFromText } from '../../testkit/traceFromText';
import { compareTraces } from '../analysis/compareTraces';
import { computeCriticalPath } from '../analysis/criticalPath';
import { computeCriticalPathFlame } from '../analysis/criticalPathFlame';
import { computeFlameTree } from '../analysis/flameTree';
import { assembleTrace } from '../model/assembleTrace';
import type { Trace } from '../model/trace';
import { buildDifferenceFlameGraphFrame, buildFlameGraphFrame, MAX_FLAME_LEVELS } from './flameGraphFrame';

const refId = 'A';
const frameOf = (...traces: Trace[]) => buildFlameGraphFrame(computeFlameTree(traces), { refId });
const differenceOf = (left: Trace[], right: Trace[]) =>
  buildDifferenceFlameGraphFrame(compareTraces(left, right), { refId });
const textOf = (frame: DataFrame) => `\n${frameToText(frame)}\n`;

const cart = traceFromText(`
  shop  GET /cart   [0-----------20]
  cart    load        [2-----12]
  db        SELECT      [3--5]
  auth    check                [14-17]
`);

describe('buildFlameGraphFrame', () => {
  it('writes the tree depth first, the longest first', () => {
    expect(textOf(frameOf(cart))).toBe(`
level | value    | self    | label
0     | 20000000 | 7000000 | shop: GET /cart
1     | 10000000 | 8000000 | cart: load
2     | 2000000  | 2000000 | db: SELECT
1     | 3000000  | 3000000 | auth: check
`);
  });

  it('gives several roots one above them', () => {
    const orphaned = traceFromText(`
      shop  GET /cart   [0----4]
      mail  send          [2----8]  ?
    `);
    expect(textOf(frameOf(orphaned))).toBe(`
level | value    | self    | label
0     | 10000000 | 0       | 1 trace
1     | 6000000  | 6000000 | mail: send
1     | 4000000  | 4000000 | shop: GET /cart
`);
  });

  it('has a row even where there is nothing to draw', () => {
    expect(frameToText(frameOf())).toBe('level | value | self | label\n0     | 0     | 0    | 0 traces');
    expect(checkFrame(frameOf())).toEqual([]);
    expect(checkFrame(differenceOf([], []))).toEqual([]);
  });

  it('ends where the canvas would, and says so', () => {
    const id = (index: number) => (index + 1).toString(16).padStart(16, '0');
    const chain = (length: number) =>
      assembleTrace(
        Array.from({ length }, (_, index) =>
          flatSpan({ spanId: id(index), parentSpanId: index > 0 ? id(index - 1) : undefined })
        )
      ) as Trace;
    const whole = frameOf(chain(MAX_FLAME_LEVELS - 1));
    expect([whole.length, whole.meta?.notices]).toEqual([MAX_FLAME_LEVELS - 1, undefined]);
    const cut = frameOf(chain(50_000));
    expect(cut.length).toBe(MAX_FLAME_LEVELS - 1);
    expect(cut.meta?.notices?.[0].text).toMatch(/^49301 paths of calls are not drawn/);
    expect(checkFrame(cut)).toEqual([]);
  });

  it('keeps the laws whatever the wire gave', () => {
    checkProperty(
      fc.property(fc.array(arbitraryFlatSpans, { maxLength: 2 }), (sets) => {
        const traces = sets.map((spans) => assembleTrace(spans) as Trace);
        expect(checkFrame(frameOf(...traces))).toEqual([]);
        const pathFlame = computeCriticalPathFlame(traces.map(computeCriticalPath));
        expect(checkFrame(buildFlameGraphFrame(pathFlame, { refId }))).toEqual([]);
      })
    );
  });
});

describe('buildDifferenceFlameGraphFrame', () => {
  it('has both sides per trace', () => {
    const slow = traceFromText(`
      shop  GET /cart   [0-----------40]
      cart    load        [2-----32]
      db        SELECT      [3--25]
    `);
    expect(textOf(differenceOf([cart, cart], [slow]))).toBe(`
level | value    | self    | label           | valueRight | selfRight
0     | 20000000 | 7000000 | shop: GET /cart | 40000000   | 10000000
1     | 10000000 | 8000000 | cart: load      | 30000000   | 8000000
2     | 2000000  | 2000000 | db: SELECT      | 22000000   | 22000000
1     | 3000000  | 3000000 | auth: check     | 0          | 0
`);
  });

  it('keeps the laws', () => {
    const aSet = fc.array(arbitraryTimedTrace, { maxLength: 3 });
    checkProperty(fc.property(aSet, aSet, (left, right) => expect(checkFrame(differenceOf(left, right))).toEqual([])));
  });
});
