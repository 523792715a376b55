import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { deepFreeze } from '../../testkit/deepFreeze';
import { timedTraces } from '../../testkit/arbitraryTimedTrace';
import { flatSpan, service, TEST_EPOCH_NANO } from '../../testkit/flatSpan';
import { seededSpans } from '../../testkit/seededTrace';
import { traceFromText } from '../../testkit/traceFromText';
import { traceToText } from '../../testkit/traceToText';
import { brokenTreeLaws } from '../../testkit/treeLaws';
import { assembleTrace } from '../model/assembleTrace';
import { NANOS_PER_MILLI } from '../model/time';
import type { Span, Trace } from '../model/trace';
import { clockOf } from './clock';
import { correctClockSkew, detectClockSkew } from './clockSkew';

const HOSTS = `
    = shop {host.name="a"}
    = pay {host.name="b"}
    = bank {host.name="b"}
    = mail {host.name="c"}
`;

function corrected(drawing: string): string {
  return traceToText(correctClockSkew(deepFreeze(traceFromText(HOSTS + drawing))).trace, { withoutWarnings: true });
}

function redrawn(drawing: string): string {
  return traceToText(traceFromText(HOSTS + drawing), { withoutWarnings: true });
}

describe('correctClockSkew', () => {
  it.each<[string, string, string]>([
    [
      'puts a child that begins before its parent into its middle',
      `
    shop  call  [20----40]  client
    pay     do  [10-20]     server
      `,
      `
    shop  call  [0----20]  client
    pay     do    [5-15]   server
      `,
    ],
    [
      'moves descendants of the same host and their events along',
      `
    shop  call     [20----40]  client
    pay     do     [10-20]     server  @12 begun
    bank      book   [11-16]
      `,
      `
    shop  call     [0----20]  client
    pay     do       [5-15]   server  @7 begun
    bank      book     [6-11]
      `,
    ],
    [
      'lets a child that took longer begin with its parent',
      `
    shop  call  [20-30]
    pay     do  [10----------40]
      `,
      `
    shop  call  [0-10]
    pay     do  [0---------30]
      `,
    ],
    [
      'moves a server that began after its client had its answer',
      `
    shop  root    [0------------------100]
    shop    call    [10--30]   client
    pay       do               [50-60]  server
      `,
      `
    shop  root    [0------------------100]
    shop    call    [10--30]   client
    pay       do      [15-25]  server
      `,
    ],
    [
      'judges descendants on another host against the moved parent',
      `
    shop  call     [20----40]
    pay     do     [10-20]
    mail      send   [12-14]
    shop      back              [29-31]
      `,
      `
    shop  call     [0----20]
    pay     do       [5-15]
    mail      send     [9-11]
    shop      back     [9-11]
      `,
    ],
    [
      'moves calls of one clock together: their order and the gaps stay',
      `
    shop  call   [40--------100]
    pay     one  [0-10]
    bank    two     [20-40]
      `,
      `
    shop  call   [0--------60]
    pay     one    [10-20]
    bank    two       [30-50]
      `,
    ],
    [
      'moves a call along that may have happened when it says, with what is below it',
      `
    shop  call      [10------------60]
    pay     one     [0-4]
    pay     two           [20-30]       @21 begun
    bank      book           [22-24]
      `,
      `
    shop  call      [0-------------50]
    pay     one     [10-14]
    pay     two            [30-40]      @31 begun
    bank      book            [32-34]
      `,
    ],
    [
      'moves calls that came after the answer together, and one before with them',
      `
    shop  root    [0------------------------200]
    shop    call    [10-------60]             client
    pay       one          [50-55]            server
    pay       two                   [70-80]   server
      `,
      `
    shop  root    [0------------------------200]
    shop    call    [10-------60]             client
    pay       one     [20-25]                 server
    pay       two              [40-50]        server
      `,
    ],
    [
      'has a shift for each clock',
      `
    shop  call  [40--------100]
    pay     do  [0-20]
    mail    do         [50-70]
    pay     do      [30-40]
      `,
      `
    shop  call  [0--------60]
    pay     do    [10-30]
    mail    do    [10-30]
    pay     do        [40-50]
      `,
    ],
    [
      'lets calls that took longer together begin with their parent, when the last went on after it',
      `
    shop  call  [20----40]
    pay     do  [0-5]
    pay     do    [15------60]
      `,
      `
    shop  call  [0----20]
    pay     do  [0-5]
    pay     do     [15------60]
      `,
    ],
    [
      'moves each by itself when one that lay within would be pushed out',
      `
    shop  call   [20--------40]
    pay     one  [0-6]
    pay     two     [25-30]
    pay     end          [35-40]
      `,
      `
    shop  call   [0---------20]
    pay     two    [5-10]
    pay     one      [7-13]
    pay     end          [15-20]
      `,
    ],
    [
      'moves each by itself when one would still begin after the answer',
      `
    shop  call  [20----40]                     client
    pay     do  [0-10]                         server
    pay     do             [50--56]            server
      `,
      `
    shop  call  [0----20]                      client
    pay     do    [5-15]                       server
    pay     do     [7-13]                      server
      `,
    ],
  ])('%s', (_, drawing, expected) => {
    expect(corrected(drawing)).toBe(redrawn(expected));
  });

  it.each<[string, string]>([
    [
      'a child that ends after its parent: that is asynchronous work',
      `
    shop  call  [0---20]
    pay     do     [10-----50]
      `,
    ],
    [
      'a child that begins after its parent, when nobody waited for it',
      `
    shop  call  [0---20]            producer
    pay     do             [30-50]  consumer
      `,
    ],
    [
      'a server that began after its client had given up',
      `
    shop  call  [0---20]            client !
    pay     do             [30-50]  server
      `,
    ],
    [
      'spans of one host',
      `
    pay   call     [10-20]  client
    bank    do  [0-5]       server
      `,
    ],
    [
      'less than a millisecond',
      `
    shop  call  [0.9999---20]  client
    pay     do  [0--5]         server
      `,
    ],
    [
      'spans of one service that tells no host',
      `
    x  call     [10-20]
    x    do  [0-5]
      `,
    ],
  ])('leaves alone: %s', (_, drawing) => {
    const trace = deepFreeze(traceFromText(HOSTS + drawing));
    expect(correctClockSkew(trace)).toEqual({ trace, corrections: [] });
    expect(correctClockSkew(trace).trace).toBe(trace);
  });

  it('does not leave alone a whole millisecond', () => {
    expect(detectClockSkew(traceFromText(`${HOSTS}\n    shop  call  [1--20]\n    pay     do  [0--5]`))).toHaveLength(1);
  });

  it('says on every moved span what it did, and keeps the original start', () => {
    const trace = traceFromText(`${HOSTS}
    shop  call     [20----40]  client {a=1}
    pay     do     [10-20]     server {b=2}
    bank      book   [11-16]
    `);
    const result = correctClockSkew(trace);
    const [call, ...moved] = result.trace.spans;
    expect([call.warnings, call.attributes.size]).toEqual([[], 1]);
    expect(moved.map(({ attributes }) => attributes.get('tracebridge.original_start_unix_nano'))).toEqual(
      trace.spans.slice(1).map(({ start }) => trace.epochUnixNano + BigInt(start))
    );
    expect(moved.map(({ attributes }) => attributes.get('tracebridge.clock_shift_ns'))).toEqual([15e6, 15e6]);
    expect(moved[0].attributes.get('b')).toBe(2);
    expect(moved[0].warnings).toEqual([
      'Clock skew: the start is shown 15ms later than pay on b told, because its clock disagrees with that of shop on a. ' +
        'The original start is the attribute tracebridge.original_start_unix_nano.',
    ]);
    expect(result.corrections).toMatchObject([
      { shift: 15e6, spanCount: 2, clock: { serviceName: 'pay', host: 'b' }, parentClock: { host: 'a' } },
    ]);
  });

  it('counts only the calls that are skewed, and with the first of them what moves along', () => {
    const { corrections } = correctClockSkew(
      traceFromText(`${HOSTS}
    shop  root    [0------------------------200]
    shop    note    [2-8]                     client
    mail      send      [20-24]               server
    shop    call    [10-------60]             client
    pay       one      [50-55]                server
    bank        book     [51-52]
    pay       two                [70-75]      server
    pay       end                  [75-80]    server
      `)
    );
    expect(corrections.map(({ span, shift, spanCount }) => [span.name, shift / 1e6, spanCount])).toEqual([
      ['send', -17, 1],
      ['two', -30, 3],
      ['end', -30, 1],
    ]);
  });

  it('keeps the order of calls of one clock from one parent, and the gaps between them, where any shift fits', () => {
    checkProperty(
      fc.property(skewedTrace, (trace) => {
        const moves = movesOf(trace);
        for (const parent of trace.spans) {
          const parentStart = parent.start + (moves.get(parent.spanId) as number);
          for (const calls of callsByService(parent)) {
            const toStart = parentStart - Math.min(...calls.map(({ start }) => start));
            const shifts = Array.from({ length: 80 }, (_, millis) => toStart + millis * NANOS_PER_MILLI);
            if (shifts.some((by) => calls.every((call) => fits(parent, parentStart, call, by)))) {
              expect(new Set(calls.map((call) => moves.get(call.spanId))).size).toBe(1);
            }
          }
        }
      }),
      { numRuns: 500 }
    );
  });

  it('leaves no call before its caller or after its answer, and moves none of a clock that is right for all', () => {
    checkProperty(
      fc.property(skewedTrace, (trace) => {
        const moves = movesOf(trace);
        const moved = (span: Span) => span.start + (moves.get(span.spanId) as number);
        for (const parent of trace.spans) {
          for (const calls of callsByService(parent)) {
            calls.forEach((call) => expect(isPossible(parent, moved(parent), call, moved(call))).toBe(true));
            if (calls.every((call) => isPossible(parent, moved(parent), call, call.start))) {
              expect(calls.map((call) => moves.get(call.spanId))).toEqual(calls.map(() => 0));
            }
          }
          for (const child of parent.children.filter((each) => isOnClockOf(parent, each))) {
            expect(moves.get(child.spanId)).toBe(moves.get(parent.spanId));
          }
        }
      }),
      { numRuns: 500 }
    );
  });

  it('pushes no call out of its parent that lay within', () => {
    checkProperty(
      fc.property(skewedTrace, (trace) => {
        const moves = movesOf(trace);
        for (const parent of trace.spans) {
          const parentStart = parent.start + (moves.get(parent.spanId) as number);
          for (const call of callsByService(parent).flat()) {
            const isWithin = (by: number) => liesWithin(parent, parentStart, call, by);
            expect(!isWithin(0) || isWithin(moves.get(call.spanId) as number)).toBe(true);
          }
        }
      }),
      { numRuns: 500 }
    );
  });

  it('has no more to do after once, and says on moved spans alone that they moved', () => {
    checkProperty(
      fc.property(skewedTrace, (trace) => {
        const { trace: result, corrections } = correctClockSkew(deepFreeze(trace));
        expect(brokenTreeLaws(result)).toEqual([]);
        expect(correctClockSkew(result)).toEqual({ trace: result, corrections: [] });
        const moves = movesOf(trace);
        const marked = result.spans.filter(({ warnings }) => warnings.length > 0);
        expect(marked.map(({ spanId }) => spanId).sort()).toEqual(
          trace.spans
            .map(({ spanId }) => spanId)
            .filter((spanId) => moves.get(spanId) !== 0)
            .sort()
        );
        expect(corrections.reduce((sum, { spanCount }) => sum + spanCount, 0)).toBe(marked.length);
        marked.forEach(({ attributes, spanId }) =>
          expect(attributes.get('tracebridge.clock_shift_ns')).toBe(moves.get(spanId))
        );
      }),
      { numRuns: 500 }
    );
  });

  it('on wild traces: keeps durations, spans, and times within spans; holds the laws; has no more to do after once', () => {
    checkProperty(
      fc.property(arbitraryFlatSpans, (flatSpans) => {
        const trace = assembleTrace(flatSpans) as Trace;
        const { trace: result, corrections } = correctClockSkew(trace);
        expect(brokenTreeLaws(result)).toEqual([]);
        expect(shapeOf(result)).toEqual(shapeOf(trace));
        expect(correctClockSkew(result).corrections).toEqual([]);
        expect(result === trace).toBe(corrections.length === 0);
      })
    );
  });

  it('corrects every second host of a long chain without recursion', () => {
    const [right, wrong] = ['a', 'b'].map((host) => service('shop', { 'host.name': host }));
    const flatSpans = seededSpans({ spans: 50_000, shape: 'chain', attributesPerSpan: 0 }).sort((a, b) =>
      a.startUnixNano < b.startUnixNano ? -1 : 1
    );
    const chain = assembleTrace(
      flatSpans.map((span, index) =>
        index % 2 === 0
          ? { ...span, resource: right }
          : { ...span, resource: wrong, startUnixNano: span.startUnixNano - 1_000_000_000n }
      )
    ) as Trace;
    const { trace, corrections } = correctClockSkew(chain);
    expect(corrections).toHaveLength(25_000);
    expect(trace.spans.filter(({ parent, start }) => parent !== undefined && parent.start - start >= 1e6)).toEqual([]);
  });

  it('moves none of many calls along when a single one of them would be pushed out', () => {
    const [calls, rootId] = [3_000, 'f'.repeat(16)];
    const duration = calls * NANOS_PER_MILLI;
    const trace = assembleTrace([
      flatSpan({ spanId: rootId, durationNano: duration }),
      ...Array.from({ length: calls }, (_, index) =>
        flatSpan({
          spanId: (index + 1).toString(16).padStart(16, '0'),
          parentSpanId: rootId,
          resource: service('pay'),
          // The first begins 10 ms before the root, the second ends with it, all others go on after it.
          startUnixNano: TEST_EPOCH_NANO + BigInt((index === 0 ? -10 : index) * NANOS_PER_MILLI),
          durationNano: index === 1 ? duration - NANOS_PER_MILLI : duration,
        })
      ),
    ]) as Trace;
    expect(correctClockSkew(trace).corrections.map(({ spanCount }) => spanCount)).toEqual([1]);
  });

  it('moves many calls of one parent together', () => {
    const [right, wrong] = ['a', 'b'].map((host) => service('shop', { 'host.name': host }));
    const flatSpans = seededSpans({ spans: 10_000, shape: 'star', attributesPerSpan: 0 });
    const star = assembleTrace(
      flatSpans.map((span) =>
        span.parentSpanId === undefined
          ? { ...span, resource: right }
          : { ...span, resource: wrong, startUnixNano: span.startUnixNano - 1_000_000_000n }
      )
    ) as Trace;
    const moves = movesOf(star);
    expect(new Set(star.spans.slice(1).map(({ spanId }) => moves.get(spanId))).size).toBe(1);
    // One call every 6 ms: those of the first second seem to begin before the root.
    expect(correctClockSkew(star).corrections).toHaveLength(167);
  });
});

describe('clockOf', () => {
  const identity = (...args: Parameters<typeof service>) => clockOf(service(...args)).identity;

  it.each<[string, string, string, boolean]>([
    ['one host, two services', identity('a', { 'host.name': 'h' }), identity('b', { 'host.name': 'h' }), true],
    ['two hosts, one service', identity('a', { 'host.name': 'h' }), identity('a', { 'host.name': 'i' }), false],
    [
      'host.id before host.name',
      identity('a', { 'host.id': '1', 'host.name': 'h' }),
      identity('a', { 'host.id': '1', 'host.name': 'i' }),
      true,
    ],
    [
      'addresses in any order',
      identity('a', { 'host.ip': ['10.0.0.1', '::1'] }),
      identity('a', { 'host.ip': ['::1', '10.0.0.1'] }),
      true,
    ],
    ['no host, two services', identity('a'), identity('b'), false],
    ['no host, one service', identity('a'), identity('a'), true],
    [
      'no host, two instances',
      identity('a', { 'service.instance.id': '1' }),
      identity('a', { 'service.instance.id': '2' }),
      false,
    ],
  ])('%s', (_, one, other, same) => {
    expect(one === other).toBe(same);
  });
});

/** Services without a host, so each has a clock of its own, and times of whole milliseconds. */
const skewedTrace = timedTraces(NANOS_PER_MILLI);

const endOf = (span: Span) => span.start + span.duration;
const isOnClockOf = (parent: Span, child: Span) => parent.resource.serviceName === child.resource.serviceName;

/** The calls of one parent to each clock that is not its own. */
function callsByService(parent: Span): Span[][] {
  const services = [...new Set(parent.children.map(({ resource }) => resource.serviceName))];
  return services
    .filter((serviceName) => serviceName !== parent.resource.serviceName)
    .map((serviceName) => parent.children.filter(({ resource }) => resource.serviceName === serviceName));
}

/** By id: how far the correction moves a span. */
function movesOf(trace: Trace): Map<string, number> {
  const { trace: result } = correctClockSkew(trace);
  const before = new Map(trace.spans.map(({ spanId, start }) => [spanId, start]));
  const epochs = Number(result.epochUnixNano - trace.epochUnixNano);
  return new Map(
    result.spans.map(({ spanId, start }) => [spanId, start + epochs - (before.get(spanId) as number)] as const)
  );
}

/** The rules, for starts that the spans do not tell themselves. */
function isPossible(parent: Span, parentStart: number, call: Span, start: number): boolean {
  const isWaitedFor = parent.kind === 'client' && call.kind === 'server' && parent.status.code !== 'error';
  const latest = isWaitedFor && parent.duration > 0 ? parentStart + parent.duration + NANOS_PER_MILLI : Infinity;
  return start > parentStart - NANOS_PER_MILLI && start < latest;
}

function liesWithin(parent: Span, parentStart: number, call: Span, by: number): boolean {
  return call.start + by >= parentStart && endOf(call) + by <= parentStart + parent.duration;
}

function fits(parent: Span, parentStart: number, call: Span, by: number): boolean {
  return (
    isPossible(parent, parentStart, call, call.start + by) &&
    (!liesWithin(parent, parentStart, call, 0) || liesWithin(parent, parentStart, call, by))
  );
}

/** All that must not change, span by span; order may. */
function shapeOf({ spans }: Trace) {
  return new Map(
    spans.map((span) => [
      span.spanId,
      [span.parent?.spanId, span.duration, span.events.map(({ time }) => time - span.start), span.name],
    ])
  );
}
