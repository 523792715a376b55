import fc from 'fast-check';
import { checkProperty } from './checkProperty';
import { assembleTrace } from '../src/model/assembleTrace';
import type { Trace } from '../src/model/trace';
import { arbitraryFlatSpans } from './arbitrarySpans';
import { TEST_EPOCH_NANO } from './flatSpan';
import { flatSpansFromText, traceFromText } from './traceFromText';
import { traceToText } from './traceToText';

it('takes the nearest line above whose name starts further left for the parent', () => {
  const spans = traceFromText(`
    web   a          [0----9]
    cart    b        [1---8]
    db         c     [2--7]
    db        d      [3--6]
    auth    e        [4--5]
    mail  f          [5---9]
  `).spans;
  expect(spans.map((span) => [span.name, span.parent?.name])).toEqual([
    ['a', undefined],
    ['b', 'a'],
    ['c', 'b'],
    ['d', 'b'],
    ['e', 'a'],
    ['f', undefined],
  ]);
});

it.each([
  ['[4]', 4_000_000n, 0],
  ['[0--20]', 0n, 20_000_000],
  ['[1.5----2]', 1_500_000n, 500_000],
  ['[0.000001-0.25]', 1n, 249_999],
  ['[9--4]', 9_000_000n, -5_000_000],
])('reads %s', (bar, start, duration) => {
  const [span] = flatSpansFromText(`web  a  ${bar}`);
  expect([span.startUnixNano - TEST_EPOCH_NANO, span.durationNano]).toEqual([start, duration]);
});

it.each([
  ['[?]', 0],
  ['[?--4]', 4_000_000],
])('reads %s as a span without a start', (bar, duration) => {
  expect(flatSpansFromText(`web  a  ${bar}`)[0]).toMatchObject({ startUnixNano: 0n, durationNano: duration });
});

it('reads every mark, in the line and below', () => {
  const [span] = flatSpansFromText(
    `
    = web {service.name="web" replicas=3}
    // A remark.
    web  GET /  [1--9]  server !"it broke" #a1 ^b2 (lib 1.2 {x=1}) state="k=v"
           {text="a b" n=-5 big=9007199254740993 whole=2.0 ok=false none=null list=[1 "x" []] map={k="v"} raw=b64"AAE="}
           @2 exception {message="no"} @? "two words"
           >c3 {why="cache"} >abc1/d4
           % Something was odd.
  `,
    { traceId: 'f'.repeat(32), epochUnixNano: 1_000_000n }
  );
  expect(span).toEqual({
    traceId: 'f'.repeat(32),
    spanId: '00000000000000a1',
    parentSpanId: '00000000000000b2',
    name: 'GET /',
    kind: 'server',
    status: { code: 'error', message: 'it broke' },
    startUnixNano: 2_000_000n,
    durationNano: 8_000_000,
    resource: {
      serviceName: 'web',
      attributes: expect.objectContaining({
        entries: [
          { key: 'service.name', value: 'web' },
          { key: 'replicas', value: 3 },
        ],
      }),
    },
    scope: { name: 'lib', version: '1.2', attributes: expect.objectContaining({ entries: [{ key: 'x', value: 1 }] }) },
    traceState: 'k=v',
    attributes: expect.objectContaining({
      entries: [
        { key: 'text', value: 'a b' },
        { key: 'n', value: -5 },
        { key: 'big', value: 9007199254740993n },
        { key: 'whole', value: 2, type: 'double' },
        { key: 'ok', value: false },
        { key: 'none', value: null },
        { key: 'list', value: [1, 'x', []] },
        { key: 'map', value: { kind: 'map', entries: [{ key: 'k', value: 'v' }] } },
        { key: 'raw', value: { kind: 'bytes', base64: 'AAE=' } },
      ],
    }),
    events: [
      {
        name: 'exception',
        timeUnixNano: 3_000_000n,
        attributes: expect.objectContaining({ entries: [{ key: 'message', value: 'no' }] }),
      },
      { name: 'two words', timeUnixNano: 0n, attributes: expect.objectContaining({ entries: [] }) },
    ],
    links: [
      {
        traceId: 'f'.repeat(32),
        spanId: '00000000000000c3',
        attributes: expect.objectContaining({ entries: [{ key: 'why', value: 'cache' }] }),
      },
      {
        traceId: 'abc1'.padStart(32, '0'),
        spanId: '00000000000000d4',
        attributes: expect.objectContaining({ entries: [] }),
      },
    ],
    warnings: ['Something was odd.'],
  });
});

it('gives spans of one service one resource, and equal scopes one object', () => {
  const [a, b] = flatSpansFromText('web  a  [0--1]  (lib 1)\nweb  b  [0--1]  (lib 1)');
  expect(a.resource).toBe(b.resource);
  expect(a.scope).toBe(b.scope);
});

it.each([
  ['web GET /  [0--1]', 'no bar'],
  ['web', 'no service and name'],
  ['web  GET /', 'no bar'],
  ['web  a  [0--1]  sevrer', '"sevrer" is no mark'],
  ['web  a  [0--1]  {a=text}', 'text is no value'],
  ['web  a  [0--1]  {a=1', 'cannot read'],
  ['web  a  [0--1]  @x name', 'cannot read'],
  ['web\ta\t[0--1]', 'tabs'],
  ['', 'no spans'],
])('refuses %j', (drawing, reason) => {
  expect(() => traceFromText(drawing)).toThrow(reason);
});

it('names the line that it refuses', () => {
  expect(() => traceFromText('web  a  [0--1]\nweb  b  [0--x]')).toThrow(/^Line 2 of the drawing, "web  b  \[0--x\]"/);
});

it('reads what traceToText writes, whatever the trace', () => {
  checkProperty(
    fc.property(arbitraryFlatSpans, (spans) => {
      const trace = assembleTrace(spans) as Trace;
      const options = { attributes: true, ids: true, withoutWarnings: true };
      const text = traceToText(trace, options);
      expect(traceToText(traceFromText(text, { epochUnixNano: TEST_EPOCH_NANO }), options)).toBe(text);
    })
  );
});
