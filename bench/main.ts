/**
 * What a trace costs between `JSON.parse` and Grafana, in multiples of that `JSON.parse`. The process has no more heap than
 * the budget allows, so a trace that needs more ends it.
 */
import type { TraceShape } from '../testkit/seededTrace';
import { seededBody, type Wire } from './bodies';
import budget from './budget.json';
import { measure, type Effort } from './measure';
import { round, runPart, type Part, type Report } from './parts';
import { nodeGraph, readTrace, traceFrame } from './pipeline';

const SIZES: ReadonlyArray<readonly [spans: number, effort: Effort]> = [
  [1_000, { rounds: 21, repeats: 40 }],
  [10_000, { rounds: 15, repeats: 8 }],
  [100_000, { rounds: 7, repeats: 4 }],
];
const SHAPES: ReadonlyArray<readonly [shape: TraceShape, spans: number]> = [
  ['chain', 50_000],
  ['star', 20_000],
];
const SHAPE_EFFORT: Effort = { rounds: 9, repeats: 4 };
const GROWTH = { from: 10_000, to: 100_000, rounds: 9 } as const;

function benchFrames(wire: Wire, report: Report, spans: number, effort: Effort): void {
  const text = seededBody(wire, spans);
  const parse = (): unknown => JSON.parse(text);
  const frame = measure(effort, parse, (body) => traceFrame(readTrace(wire, body)));
  report({
    name: 'trace frame',
    wire,
    spans,
    ratio: frame.ratio,
    budget: budget.traceFrame,
    ms: round(frame.subject),
    parseMs: round(frame.baseline),
    megabytes: round(text.length / 1e6),
  });
  const trace = readTrace(wire, parse());
  const graph = measure(effort, parse, () => nodeGraph(trace));
  report({
    name: 'node graph',
    wire,
    spans,
    ratio: graph.ratio,
    budget: budget.nodeGraph,
    ms: round(graph.subject),
  });
}

/**
 * One large trace against the same number of spans in small ones, in turns: what the two find in caches and heap is then
 * alike, and the difference is the code's.
 */
function benchGrowth(wire: Wire, report: Report): void {
  const { from, to, rounds } = GROWTH;
  const many = to / from;
  const bodyOf = (spans: number, seed: number): unknown => JSON.parse(seededBody(wire, spans, 'bushy', seed));
  const small = Array.from({ length: many }, (_, index) => bodyOf(from, index + 1));
  const large = bodyOf(to, 1);
  const { ratio } = measure(
    { rounds, repeats: 1 },
    () => {
      for (const body of small) {
        traceFrame(readTrace(wire, body));
      }
      return large;
    },
    (body) => traceFrame(readTrace(wire, body))
  );
  report({ name: 'growth', wire, spans: to, ratio: ratio * many, budget: budget.growth });
}

/** A walk that recurses ends here, not in someone's browser. */
function benchShape(wire: Wire, report: Report, shape: TraceShape, spans: number): void {
  const text = seededBody(wire, spans, shape);
  nodeGraph(readTrace(wire, JSON.parse(text)));
  const { ratio, subject } = measure(
    SHAPE_EFFORT,
    (): unknown => JSON.parse(text),
    (body) => traceFrame(readTrace(wire, body))
  );
  report({ name: shape, wire, spans, ratio, budget: budget.traceFrame, ms: round(subject) });
}

/** The text, the parsed body, the trace and its frames alive at once, and whatever rubbish there is between them. */
function benchHeap(wire: Wire, report: Report, spans: number): void {
  const text = seededBody(wire, spans);
  const readings: number[] = [];
  const kept: unknown[] = [];
  const keep = <T>(value: T): T => {
    kept.push(value);
    readings.push(process.memoryUsage().heapUsed);
    return value;
  };
  const trace = keep(readTrace(wire, keep<unknown>(JSON.parse(text))));
  keep(traceFrame(trace));
  keep(nodeGraph(trace));
  const gigabytes = Math.max(...readings) / 2 ** 30;
  report({
    name: 'heap',
    wire,
    spans,
    ratio: gigabytes / budget.heapGigabytes,
    budget: 1,
    gigabytes: round(gigabytes),
    kept: kept.length,
  });
}

/** `run.ts` gives each a process of its own. */
runPart(
  new Map<string, Part>([
    ...SIZES.map(([spans, effort]): [string, Part] => [
      `${spans}`,
      (wire, report) => benchFrames(wire, report, spans, effort),
    ]),
    ['growth', benchGrowth],
    ...SHAPES.map(([shape, spans]): [string, Part] => [
      shape,
      (wire, report) => benchShape(wire, report, shape, spans),
    ]),
    ['heap', (wire, report) => benchHeap(wire, report, 100_000)],
  ])
);
