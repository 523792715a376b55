/** Two traces, or the traces of two searches, held against each other. */
import type { DataFrame } from '@grafana/data';

import { compareTracesSteps, type Sides } from '../analysis/compareTraces';
import type { Steps } from '../model/cooperative';
import { overRepresentedSteps } from '../analysis/overRepresentedAttributes';
import { buildAttributeComparisonFrame } from '../frames/attributeComparisonFrame';
import { comparisonFrameSteps } from '../frames/comparisonFrame';
import { differenceFlameGraphFrameSteps } from '../frames/flameGraphFrame';
import type { Notice } from '../model/notice';
import type { TimeWindow } from '../model/time';
import { queryOfSide, SIDES, type Side } from '../query/compare';
import { parseDurationText } from '../query/durationText';
import type { CompareQuery } from '../query/query';
import { readCompareView, type CompareView } from '../query/views';
import { searchAndRead } from './answerSearch';
import { findTrace } from './answerTrace';
import { sideSentence } from './messages';
import { narrowTrace } from './prepareTrace';
import { throttleProgress } from './progress';
import type { ReadTraces } from './readTraces';
import { refuseProblems, type Run } from './run';
import { runCooperatively } from './runCooperatively';

const NAMES: Sides<Side> = { left: 'baseline', right: 'comparison' };

export async function answerCompare(query: CompareQuery, run: Run): Promise<DataFrame[]> {
  const isSearch = SIDES.some((side) => query[side].queryType === 'search');
  const { definition } = run.connected;
  refuseProblems(query, isSearch ? await run.capabilities() : definition.capabilities, run);

  const view = readCompareView(query) ?? 'flameGraph';
  const read = new Map<Side, ReadTraces>();
  const frameOf = (sides: Sides<ReadTraces>) => runCooperatively(compareFrameSteps(view, sides, query.refId), run);
  const onProgress = throttleProgress<void>(async () => {
    const [left, right] = [read.get('baseline'), read.get('comparison')];
    // A side that has nothing yet would make everything look new.
    if (left && right) {
      run.onPartial([await frameOf({ left, right })]);
    }
  }, run.services.now);
  const readSide = async (side: Side) => {
    const answer = await tracesOf(query, side, reading, (soFar) => {
      read.set(side, soFar);
      onProgress();
    });
    read.set(side, answer);
    return answer;
  };
  const ending = new AbortController();
  const { signal } = run.context;
  const end = () => ending.abort(signal.reason);
  signal.addEventListener('abort', end);
  if (signal.aborted) {
    end();
  }
  const reading: Run = { ...run, context: { ...run.context, signal: ending.signal } };
  try {
    const [left, right] = await Promise.all(SIDES.map(readSide));
    return [await frameOf({ left, right })];
  } finally {
    // Of no use to anybody, where the other side failed.
    ending.abort();
    signal.removeEventListener('abort', end);
  }
}

async function tracesOf(
  query: CompareQuery,
  side: Side,
  run: Run,
  onProgress: (soFar: ReadTraces) => void
): Promise<ReadTraces> {
  const asked = queryOfSide(query, side);
  if (asked.queryType === 'search') {
    const traces = query[side];
    const earlierBy = traces.queryType === 'search' ? traces.earlierBy : undefined;
    return searchAndRead(asked, { ...run, window: earlier(run.window, earlierBy) }, onProgress);
  }
  const found = await findTrace(asked, run);
  const { trace, notices } = await narrowTrace(found.trace, asked, run);
  return { traces: [trace], notices: [...found.notices, ...notices] };
}

function earlier(window: TimeWindow, by: string | undefined): TimeWindow {
  const shift = parseDurationText(by ?? '');
  if ('problem' in shift) {
    return window;
  }
  const nanos = BigInt(shift.value);
  return { fromUnixNano: window.fromUnixNano - nanos, toUnixNano: window.toUnixNano - nanos };
}

function* compareFrameSteps(view: CompareView, { left, right }: Sides<ReadTraces>, refId: string): Steps<DataFrame> {
  const notices = [...sideNotices('baseline', left), ...sideNotices('comparison', right)];
  const options = { refId, names: NAMES, notices };
  switch (view) {
    case 'flameGraph':
      return yield* differenceFlameGraphFrameSteps(yield* compareTracesSteps(left.traces, right.traces), options);
    case 'operations':
      return yield* comparisonFrameSteps(yield* compareTracesSteps(left.traces, right.traces), options);
    case 'attributes': {
      // Beside a side without traces, whose remark says why, every value of the other would seem to differ.
      const [a, b] = left.traces.length > 0 && right.traces.length > 0 ? [left.traces, right.traces] : [[], []];
      return buildAttributeComparisonFrame(yield* overRepresentedSteps(a, b), options);
    }
  }
}

function sideNotices(side: Side, { traces, notices }: ReadTraces): Notice[] {
  const warnings = [...new Set(traces.flatMap((trace) => trace.warnings))];
  return [...warnings.map((text) => ({ severity: 'warning' as const, text })), ...notices].map(
    ({ severity, text }) => ({
      severity,
      text: sideSentence(side, text),
    })
  );
}
