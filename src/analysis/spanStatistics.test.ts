import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { arbitraryTimedTrace } from '../../testkit/arbitraryTimedTrace';
import { deepFreeze } from '../../testkit/deepFreeze';
import { seededTrace } from '../../testkit/seededTrace';
import { traceFromText } from '../../testkit/traceFromText';
import { assembleTrace } from '../model/assembleTrace';
import { NANOS_PER_MILLI } from '../model/time';
import type { Span, Trace } from '../model/trace';
import type { GroupKey } from './groupKey';
import { computeSpanStatistics, type SpanGroup } from './spanStatistics';

const SERVICE: GroupKey = { by: 'service' };
const OPERATION: GroupKey = { by: 'operation' };

/** A line a group, times in milliseconds. */
function lines(groups: readonly SpanGroup[]): string[] {
  return groups.map((group) => {
    const times = [group.total, group.self, group.min, group.mean, group.p50, group.p95, group.max];
    const millis = times.map((time) => time / NANOS_PER_MILLI).join(' ');
    return `${group.values.map(String).join('/')}: ${group.count} (${group.errors}!) ${group.share.toFixed(3)} ${millis}`;
  });
}

const trace = traceFromText(`
  shop  GET /cart   [0-----------------20]
  cart    load       [2------10]             {tier="gold"}
  db        SELECT     [3-4]                 !
  db        SELECT       [4--7]              {rows=0}
  mail    send                      [18-30]
`);

describe('computeSpanStatistics', () => {
  it('sums up each group, most self time first', () => {
    expect(lines(computeSpanStatistics([trace], [SERVICE]))).toEqual([
      'mail: 1 (0!) 0.400 12 12 12 12 12 12 12',
      'shop: 1 (0!) 0.333 20 10 20 20 20 20 20',
      'cart: 1 (0!) 0.133 8 4 8 8 8 8 8',
      'db: 2 (1!) 0.133 4 4 1 2 1 3 3',
    ]);
  });

  it('groups by two keys, and spans without an attribute apart', () => {
    const groups = computeSpanStatistics([trace], [{ by: 'attribute', key: 'rows' }, { by: 'status' }]);
    expect(groups.map(({ values, count }) => [...values, count])).toEqual([
      [undefined, 'unset', 3],
      [0, 'unset', 1],
      [undefined, 'error', 1],
    ]);
  });

  it('takes many traces together and names the slowest span with its trace', () => {
    const faster = traceFromText('shop  GET /cart  [0---5]', { traceId: 'f'.repeat(32) });
    const [group] = computeSpanStatistics([faster, trace], [SERVICE, OPERATION]).filter(({ count }) => count === 2);
    expect([group.values, group.total / NANOS_PER_MILLI]).toEqual([['shop', 'GET /cart'], 25]);
    expect(group.slowest.trace).toBe(trace);
    expect(group.slowest.span).toBe(trace.spans.find(({ name }) => name === 'GET /cart'));
  });

  it('has one group for no key, none for no spans, and no share where nothing took time', () => {
    expect(computeSpanStatistics([trace], []).map(({ values, count }) => [values, count])).toEqual([[[], 5]]);
    expect(computeSpanStatistics([], [SERVICE])).toEqual([]);
    expect(computeSpanStatistics([traceFromText('shop  GET  [4]')], [SERVICE])[0].share).toBe(0);
  });

  it('agrees with counting instant by instant', () => {
    checkProperty(
      fc.property(fc.array(arbitraryTimedTrace, { maxLength: 3 }), (traces) => {
        const groups = computeSpanStatistics(deepFreeze(traces), [SERVICE, OPERATION]);
        const allSpans = traces.flatMap(({ spans }) => spans);
        const selfOfAll = sum(allSpans.map(sweptSelfTime));
        const seen: Span[] = [];
        for (const group of groups) {
          const spans = allSpans.filter(
            ({ resource, name }) => resource.serviceName === group.values[0] && name === group.values[1]
          );
          seen.push(...spans);
          const durations = spans.map(({ duration }) => duration);
          expect(group).toMatchObject({
            count: spans.length,
            errors: spans.filter(({ status }) => status.code === 'error').length,
            total: sum(durations),
            self: sum(spans.map(sweptSelfTime)),
            min: Math.min(...durations),
            max: Math.max(...durations),
            mean: sum(durations) / spans.length,
            p50: rankedByCounting(durations, 50),
            p95: rankedByCounting(durations, 95),
          });
          expect(group.share).toBe(selfOfAll === 0 ? 0 : group.self / selfOfAll);
        }
        expect(seen.length).toBe(allSpans.length);
      })
    );
  });

  it('takes whatever the wire gave', () => {
    checkProperty(
      fc.property(arbitraryFlatSpans, (spans) => {
        const wild = assembleTrace(spans) as Trace;
        const groups = computeSpanStatistics([wild], [{ by: 'attribute', key: 'error' }, { by: 'kind' }]);
        expect(sum(groups.map(({ count }) => count))).toBe(wild.spans.length);
      })
    );
  });

  it.each(['star', 'chain'] as const)('does not depend on the shape of a big trace: %s', (shape) => {
    const big = seededTrace({ spans: 20_000, shape, attributesPerSpan: 1 });
    expect(sum(computeSpanStatistics([big], [SERVICE]).map(({ count }) => count))).toBe(20_000);
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function sweptSelfTime(span: Span): number {
  let own = 0;
  for (let instant = span.start as number; instant < span.start + span.duration; instant++) {
    const isCovered = span.children.some((child) => child.start <= instant && instant < child.start + child.duration);
    own += isCovered ? 0 : 1;
  }
  return own;
}

function rankedByCounting(values: readonly number[], percent: number): number {
  const enough = values.filter(
    (candidate) => values.filter((value) => value <= candidate).length * 100 >= percent * values.length
  );
  return Math.min(...enough);
}
