import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { arbitraryTimedTrace } from '../../testkit/arbitraryTimedTrace';
import { deepFreeze } from '../../testkit/deepFreeze';
import { seededTrace } from '../../testkit/seededTrace';
import { sweptSelfTime } from '../../testkit/sweptSelfTime';
import { traceFromText } from '../../testkit/traceFromText';
import { assembleTrace } from '../model/assembleTrace';
import { NANOS_PER_MILLI } from '../model/time';
import type { Span, Trace } from '../model/trace';
import type { GroupKey, GroupValue } from './groupKey';
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

interface Grouping {
  readonly groupKey: GroupKey;
  readonly read: (span: Span) => GroupValue;
}

const BY_SERVICE: Grouping = { groupKey: SERVICE, read: ({ resource }) => resource.serviceName };
const BY_OPERATION: Grouping = { groupKey: OPERATION, read: ({ name }) => name };
const BY_KIND: Grouping = { groupKey: { by: 'kind' }, read: ({ kind }) => kind };
const BY_STATUS: Grouping = { groupKey: { by: 'status' }, read: ({ status }) => status.code };
const BY_TIER: Grouping = {
  groupKey: { by: 'attribute', key: 'tier' },
  read: ({ attributes }) => attributes.get('tier'),
};
const BY_SERVICE_ATTRIBUTE: Grouping = {
  groupKey: { by: 'attribute', key: 'service.name' },
  read: ({ resource }) => resource.serviceName,
};

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

  // Among the generated trees are asynchronous ones, and such whose clocks disagree.
  it.each<[string, readonly Grouping[]]>([
    ['nothing', []],
    ['service and operation', [BY_SERVICE, BY_OPERATION]],
    ['kind', [BY_KIND]],
    ['status', [BY_STATUS]],
    ['an attribute', [BY_TIER]],
    ['an attribute and the kind', [BY_TIER, BY_KIND]],
    ['the status and an attribute of the resource', [BY_STATUS, BY_SERVICE_ATTRIBUTE]],
  ])('agrees with counting instant by instant, by %s', (_, groupings) => {
    checkProperty(
      fc.property(fc.array(arbitraryTimedTrace, { maxLength: 3 }), (traces) => {
        const groups = computeSpanStatistics(
          deepFreeze(traces),
          groupings.map(({ groupKey }) => groupKey)
        );
        // Traces and spans hold one another: a difference in one of them would be printed as all of it.
        const named = groups.map(({ slowest, ...group }) => ({ ...group, slowest: nameOf(traces, slowest) }));
        expect(named).toEqual(countedGroups(traces, groupings));
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

type Placed = SpanGroup['slowest'];

function nameOf(traces: readonly Trace[], { trace: its, span }: Placed): string {
  return `${span.spanId} of trace ${traces.indexOf(its)}`;
}

/** The reference: every span is held against the first of every group, and its self time counted by instants. */
function countedGroups(traces: readonly Trace[], groupings: readonly Grouping[]): unknown[] {
  const groups: Placed[][] = [];
  for (const placed of traces.flatMap((each) => each.spans.map((span): Placed => ({ trace: each, span })))) {
    const group = groups.find(([first]) => groupings.every(({ read }) => isOne(read(first.span), read(placed.span))));
    if (group) {
      group.push(placed);
    } else {
      groups.push([placed]);
    }
  }
  const selfOfAll = sum(traces.flatMap(({ spans }) => spans.map(sweptSelfTime)));
  return groups
    .map((group) => {
      const durations: readonly number[] = group.map(({ span }) => span.duration);
      const self = sum(group.map(({ span }) => sweptSelfTime(span)));
      return {
        values: groupings.map(({ read }) => read(group[0].span)),
        count: group.length,
        errors: group.filter(({ span }) => span.status.code === 'error').length,
        total: sum(durations),
        self,
        share: selfOfAll === 0 ? 0 : self / selfOfAll,
        min: Math.min(...durations),
        max: Math.max(...durations),
        mean: sum(durations) / group.length,
        p50: rankedByCounting(durations, 50),
        p95: rankedByCounting(durations, 95),
        slowest: nameOf(traces, group[durations.indexOf(Math.max(...durations))]),
      };
    })
    .sort((a, b) => b.self - a.self);
}

/** As people read values: those that are written alike are one; none and `null` are like nothing else. */
function isOne(a: GroupValue, b: GroupValue): boolean {
  const isWritten = [a, b].every((value) => value !== undefined && value !== null);
  return isWritten ? String(a) === String(b) : a === b;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rankedByCounting(values: readonly number[], percent: number): number {
  const enough = values.filter(
    (candidate) => values.filter((value) => value <= candidate).length * 100 >= percent * values.length
  );
  return Math.min(...enough);
}
