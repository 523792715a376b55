/**
 * What a large trace costs up to its folded frame, in multiples of `JSON.parse` of the body it came in. `huge` needs a
 * process with no more heap than `hugeHeapGigabytes`.
 */
import { foldTraceSteps } from '../src/analysis/fold/foldTrace';
import { findInsightsSteps } from '../src/analysis/insights/findInsights';
import { traceViewSteps } from '../src/datasource/traceViewSteps';
import { assembleTraceSteps } from '../src/model/assembleTrace';
import { runAtOnce, type Steps } from '../src/model/cooperative';
import type { TraceShape } from '../testkit/seededTrace';
import { seededBody, type Wire } from './bodies';
import budget from './foldBudget.json';
import { measure, median } from './measure';
import { round, runPart, type Part, type Report } from './parts';
import { BY_DEFAULT, decodeSteps, foldedFrameSteps, preparedFrameSteps, readTrace } from './pipeline';
import { viewSteps } from './viewSteps';

const SPANS = 100_000;
const HUGE = 250_000;
/** More than of the parts: a collection of the garbage of both falls into either. */
const WHOLE_ROUNDS = 11;
const ROUNDS = 5;
const SHAPES: readonly TraceShape[] = ['bushy', 'star', 'chain', 'async', 'loop', 'orphans'];

function benchShape(wire: Wire, shape: TraceShape, report: Report): void {
  const text = seededBody(wire, SPANS, shape);
  const parse = (): unknown => JSON.parse(text);
  const line = { wire, spans: SPANS, shape };
  const whole = measure({ rounds: WHOLE_ROUNDS, repeats: 1 }, parse, (body) =>
    runAtOnce(foldedFrameSteps(readTrace(wire, body)))
  );
  const ms = round(whole.baseline + whole.subject);
  report({ ...line, name: 'text to folded frame', ratio: 1 + whole.ratio, budget: budget.toFrame, ms });

  const body = parse();
  const reportSteps = (stages: readonly Stage[]): void => {
    for (const [name, start] of stages) {
      const { typical, worst } = longestStep(start);
      const ratio = typical / whole.baseline;
      report({
        ...line,
        name: `${name}: longest step`,
        ratio,
        budget: budget.step,
        ms: round(typical),
        worstMs: round(worst),
      });
    }
  };
  reportSteps([['decode', () => decodeSteps(wire, body)]]);
  if (wire === 'legacy') {
    // From here on the two are the same.
    return;
  }
  const { spans } = runAtOnce(decodeSteps(wire, body));
  const trace = readTrace(wire, body);
  const prepared = runAtOnce(traceViewSteps(trace, BY_DEFAULT));
  const measured: ReadonlyArray<readonly [name: 'fold' | 'insights', start: () => Steps<unknown>]> = [
    ['fold', () => foldTraceSteps(trace, BY_DEFAULT)],
    ['insights', () => findInsightsSteps(trace)],
  ];
  for (const [name, start] of measured) {
    const { ratio, subject } = measure({ rounds: ROUNDS, repeats: 1 }, parse, () => runAtOnce(start()));
    report({ ...line, name, ratio, budget: budget[name], ms: round(subject) });
  }
  reportSteps([
    ['assemble', () => assembleTraceSteps(spans)],
    ['trace view', () => traceViewSteps(trace, BY_DEFAULT)],
    ['frame', () => preparedFrameSteps(prepared)],
    ['all spans', () => preparedFrameSteps({ trace, notices: [], isFolded: false })],
    ...measured,
    ...viewSteps(trace),
  ]);
}

type Stage = readonly [name: string, start: () => Steps<unknown>];

/** Completes, or ends the process for want of heap. */
function benchHuge(wire: Wire, report: Report): void {
  const text = seededBody(wire, HUGE, 'bushy');
  const body: unknown = JSON.parse(text);
  const trace = readTrace(wire, body);
  const frame = runAtOnce(foldedFrameSteps(trace));
  const gigabytes = process.memoryUsage().heapUsed / 2 ** 30;
  report({
    name: 'heap, folded',
    wire,
    spans: HUGE,
    ratio: gigabytes / budget.hugeHeapGigabytes,
    budget: 1,
    gigabytes: round(gigabytes),
    // Named so that nothing of it is collected before the reading.
    kept: [text, body, trace, frame].length,
  });
}

/**
 * In milliseconds: the longest step of a round, in the median of the rounds and in the worst. A pause of the garbage
 * collector, or of the machine, falls into any step, so that the budget is for the median.
 */
function longestStep(start: () => Steps<unknown>): { readonly typical: number; readonly worst: number } {
  const longest: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const steps = start();
    let most = 0;
    for (let done = false; !done;) {
      const from = process.hrtime.bigint();
      done = steps.next().done === true;
      most = Math.max(most, Number(process.hrtime.bigint() - from) / 1e6);
    }
    longest.push(most);
  }
  return { typical: median(longest), worst: Math.max(...longest) };
}

/** `run.ts` gives each a process of its own. */
runPart(
  new Map<string, Part>([
    ...SHAPES.map((shape): [string, Part] => [shape, (wire, report) => benchShape(wire, shape, report)]),
    ['huge', benchHuge],
  ])
);
