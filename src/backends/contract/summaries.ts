import { assembleTrace } from '../../model/assembleTrace';
import { NANOS_PER_MICRO } from '../../model/time';
import { summarizeTrace, type TraceSummary } from '../../model/summary';
import { withLosses, type Loss } from './losses';
import type { Story } from './stories';

/**
 * The summaries tell exactly these stories, in this order. A microsecond more or less is fine, as some servers are asked
 * for whole traces in microseconds; who is the root of an incomplete trace, each server decides for itself.
 */
export function expectSummaries(
  summaries: readonly TraceSummary[],
  stories: readonly Story[],
  losses: readonly Loss[]
): void {
  expect(summaries.map(({ traceId }) => traceId)).toEqual(stories.map(({ traceId }) => traceId));
  summaries.forEach((summary, index) => expectSummary(summary, stories[index], losses));
}

function expectSummary(summary: TraceSummary, { spans }: Story, losses: readonly Loss[]): void {
  const trace = assembleTrace(withLosses(spans, losses));
  if (!trace) {
    throw new Error('A story without spans.');
  }
  const expected = summarizeTrace(trace);
  const { spanCount, errorCount, services } = expected;
  expect(summary).toMatchObject({ spanCount, errorCount, services });
  expect(Math.abs(Number(summary.startUnixNano - expected.startUnixNano))).toBeLessThan(NANOS_PER_MICRO);
  expect(Math.abs(summary.duration - expected.duration)).toBeLessThan(2 * NANOS_PER_MICRO);
  if (expected.orphanCount === 0) {
    const { rootServiceName, rootSpanName } = expected;
    expect(summary).toMatchObject({ rootServiceName, rootSpanName });
  }
}
