import { foldTraceSteps, type FoldedTrace } from '../src/analysis/fold/foldTrace';
import { findInsightsSteps } from '../src/analysis/insights/findInsights';
import { runAtOnce, type Steps } from '../src/model/cooperative';
import { buildTraceFrame, traceFrameSteps } from '../src/frames/traceFrame';
import { assembleTraceSteps } from '../src/model/assembleTrace';
import { seededSpans, type TraceShape } from '../testkit/seededTrace';
import { writeBody } from './bodies';
import budget from './foldBudget.json';
import { decodeOtlp, decodeOtlpSteps, type DecodeOtlpOptions } from '../src/wire/otlp/decodeOtlp';
import { measure, median } from './measure';
import { readTrace } from './pipeline';
import { viewSteps } from './viewSteps';

/** As `run.ts` prints it: within budget while `ratio` is at most `budget`. */
export interface FoldLine {
  readonly name: string;
  readonly wire: 'otlp';
  readonly spans: number;
  readonly ratio: number;
  readonly budget: number;
  readonly [detail: string]: unknown;
}

const SPANS = 100_000;
const HUGE = 250_000;
const IDS: DecodeOtlpOptions = { ids: 'hex' };
const ROUNDS = 5;
/** Folding costs most where it must show most. */
const THRESHOLD = 10_000;
const SHAPES: readonly TraceShape[] = ['bushy', 'star', 'chain', 'async'];

/**
 * Large traces, told in multiples of `JSON.parse` of the body they came in. Needs a process of its own, with no more heap
 * than `hugeHeapGigabytes`.
 */
export function benchFolding(report: (line: FoldLine) => void): void {
  for (const shape of SHAPES) {
    benchShape(shape, report);
  }
  benchHuge(report);
}

function benchShape(shape: TraceShape, report: (line: FoldLine) => void): void {
  const text = seededBody(SPANS, shape);
  const parse = (): unknown => JSON.parse(text);
  const reportRatio = (name: string, ratio: number, limit: number, ms: number): void =>
    report({ name, wire: 'otlp', spans: SPANS, ratio, budget: limit, shape, ms: round(ms) });

  const whole = measure({ rounds: ROUNDS, repeats: 1 }, parse, (body) =>
    buildTraceFrame(fold(body).trace, { refId: 'A' })
  );
  reportRatio('text to folded frame', 1 + whole.ratio, budget.toFrame, whole.baseline + whole.subject);
  const body = parse();
  const { spans } = decodeOtlp(body, IDS);
  const trace = readTrace('otlp', body);
  const parts: ReadonlyArray<readonly [name: string, start: () => Steps<unknown>]> = [
    ['decode', () => decodeOtlpSteps(body, IDS)],
    ['assemble', () => assembleTraceSteps(spans)],
    ['frame', () => traceFrameSteps(trace, { refId: 'A' })],
    ...viewSteps(trace),
  ];
  for (const [name, start] of parts) {
    const step = longestStep(start);
    reportRatio(`${name}: longest step`, step / whole.baseline, budget.step, step);
  }
  const subjects: ReadonlyArray<readonly [name: 'fold' | 'insights', start: () => Steps<unknown>]> = [
    ['fold', () => foldTraceSteps(trace, { threshold: THRESHOLD })],
    ['insights', () => findInsightsSteps(trace)],
  ];
  for (const [name, start] of subjects) {
    const inAll = measure({ rounds: ROUNDS, repeats: 1 }, parse, () => runAtOnce(start()));
    reportRatio(name, inAll.ratio, budget[name], inAll.subject);
    const step = longestStep(start);
    reportRatio(`${name}: longest step`, step / whole.baseline, budget.step, step);
  }
}

/** Completes, or ends the process for want of heap. */
function benchHuge(report: (line: FoldLine) => void): void {
  const text = seededBody(HUGE, 'bushy');
  const body: unknown = JSON.parse(text);
  const folded = fold(body);
  const frame = buildTraceFrame(folded.trace, { refId: 'A' });
  const gigabytes = process.memoryUsage().heapUsed / 2 ** 30;
  report({
    name: 'heap, folded',
    wire: 'otlp',
    spans: HUGE,
    ratio: gigabytes / budget.hugeHeapGigabytes,
    budget: 1,
    gigabytes: round(gigabytes),
    rows: frame.length,
    // Named so that nothing of it is collected before the reading.
    kept: [text, body].length,
  });
}

function fold(body: unknown): FoldedTrace {
  return runAtOnce(foldTraceSteps(readTrace('otlp', body), { threshold: THRESHOLD }));
}

/** In milliseconds, the median over the rounds: a pause of the garbage collector falls into any step. */
function longestStep(start: () => Steps<unknown>): number {
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
  return median(longest);
}

function seededBody(spans: number, shape: TraceShape): string {
  return writeBody('otlp', seededSpans({ spans, shape, seed: spans, attributesPerSpan: 8 }));
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
