import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { deepFreeze } from '../../testkit/deepFreeze';
import { service } from '../../testkit/flatSpan';
import { seededTrace } from '../../testkit/seededTrace';
import { traceFromText } from '../../testkit/traceFromText';
import { traceToText } from '../../testkit/traceToText';
import { brokenTreeLaws } from '../../testkit/treeLaws';
import { assembleTrace } from '../model/assembleTrace';
import type { Trace } from '../model/trace';
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
    const flat = seededTrace({ spans: 50_000, shape: 'chain', attributesPerSpan: 0 });
    expect(correctClockSkew(flat).trace.spans).toHaveLength(50_000);
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

/** All that must not change, span by span; order may. */
function shapeOf({ spans }: Trace) {
  return new Map(
    spans.map((span) => [
      span.spanId,
      [span.parent?.spanId, span.duration, span.events.map(({ time }) => time - span.start), span.name],
    ])
  );
}
