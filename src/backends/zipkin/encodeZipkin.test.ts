import fc from 'fast-check';
import { checkProperty } from '../../../testkit/checkProperty';
import { withOneZero } from '../../../testkit/wireText';
import { arbitraryFlatSpans } from '../../../testkit/arbitrarySpans';
import { flatSpan, service, TEST_EPOCH_NANO } from '../../../testkit/flatSpan';
import { traceFromText } from '../../../testkit/traceFromText';
import { assembleTrace } from '../../model/assembleTrace';
import { Attributes, type Attribute } from '../../model/attributes';
import type { FlatSpan } from '../../model/flatSpan';
import type { Trace } from '../../model/trace';
import { drawTrace } from '../contract/drawTrace';
import { withLosses, type Loss } from '../contract/losses';
import { decodeZipkin } from './decodeZipkin';
import { encodeZipkin } from './encodeZipkin';

const LOSSES: readonly Loss[] = [
  'resource attributes',
  'nanoseconds',
  'repeated keys',
  'scope attributes',
  'lists and maps',
  'bytes',
  'empty values',
  'types of values',
  'unspecified kinds',
];

function throughFile(trace: Trace): Trace | undefined {
  const { spans, warnings } = decodeZipkin(JSON.parse(JSON.stringify(encodeZipkin(trace))));
  return assembleTrace(spans, warnings);
}

it('writes what the server reads', () => {
  const trace = traceFromText(`
    = web {service.name="web" host.ip="10.0.0.5" zone="a"}
    web  GET /   [0------------10]       #a1 server !"too late" (http 2.1.0) state="x=1" {n=5 error=false}
                 @3 retry {delay=5}
    web    call    [2---------8.0005]    #a2 client {peer.service="bank" network.peer.port=443}
           >a1 {why="again"}
    web    ""      [4]                   #a3 internal
  `);
  const [root, call, instant] = encodeZipkin(trace);
  const at = Number(trace.epochUnixNano / 1000n);
  expect(root).toEqual({
    traceId: trace.traceId.replace(/^0{16}/, ''),
    id: '00000000000000a1',
    kind: 'SERVER',
    name: 'GET /',
    timestamp: at,
    duration: 10_000,
    localEndpoint: { serviceName: 'web', ipv4: '10.0.0.5' },
    annotations: [{ timestamp: at + 3_000, value: '"retry": {"delay":5}' }],
    tags: {
      error: 'too late',
      n: '5',
      'otel.scope.name': 'http',
      'otel.scope.version': '2.1.0',
      'otel.status_code': 'ERROR',
      'w3c.tracestate': 'x=1',
      zone: 'a',
    },
  });
  expect(call).toMatchObject({
    parentId: '00000000000000a1',
    duration: 6_000,
    remoteEndpoint: { serviceName: 'bank', port: 443 },
    tags: { 'otlp.link.0': `${trace.traceId}|00000000000000a1||{"why":"again"}|0`, zone: 'a' },
  });
  // To Zipkin 0 is no duration, and a name of nothing is none.
  expect(instant).not.toHaveProperty('duration');
  expect(instant).not.toHaveProperty('name');
  expect(instant).not.toHaveProperty('kind');
});

/** Keys to which this JSON gives a meaning of their own. */
const isOrdinary = ({ key }: Attribute) =>
  !/^(error|service\.name|span\.kind|w3c\.tracestate|otel\..*|otlp\..*|peer\.service|server\.address|network\..*|zipkin\.debug)$/.test(
    key
  );

const ordinary = ({ entries }: Attributes) => Attributes.from(entries.filter(isOrdinary));

/** What can be told of any trace: sound ids, and a status whose message is that of a failure. */
function tellable(span: FlatSpan, index: number, spans: readonly FlatSpan[]): FlatSpan {
  const idOf = (at: number) => (at + 1).toString(16).padStart(16, '0');
  const { status, scope } = span;
  return {
    ...span,
    spanId: idOf(index),
    parentSpanId: index === 0 ? undefined : idOf(spans.length % index),
    startUnixNano: span.startUnixNano === 0n ? TEST_EPOCH_NANO : span.startUnixNano,
    durationNano: Math.max(0, span.durationNano),
    status: status.code === 'error' ? { code: 'error', message: status.message || undefined } : { code: status.code },
    scope: scope && { name: scope.name },
    attributes: ordinary(span.attributes),
    events: span.events.map((event) => ({ ...event, timeUnixNano: event.timeUnixNano || TEST_EPOCH_NANO })),
    warnings: undefined,
  };
}

test('any trace comes back as it was, minus what Zipkin has no place for', () => {
  checkProperty(
    fc.property(arbitraryFlatSpans, (wild) => {
      const spans = wild.map(tellable);
      const trace = assembleTrace(spans);
      const expected = assembleTrace(withLosses(spans, LOSSES));
      const found = trace && throughFile(trace);
      expect(found && drawTrace(found, { ids: true })).toBe(
        expected && withOneZero(drawTrace(expected, { ids: true }))
      );
    }),
    { numRuns: 400 }
  );
});

test('halves of a call that still share an id are told as such', () => {
  const spans = [
    flatSpan({ kind: 'client', resource: service('web') }),
    flatSpan({ kind: 'server', resource: service('api'), startUnixNano: TEST_EPOCH_NANO + 1_000n }),
  ];
  const trace = assembleTrace(spans);
  if (!trace) {
    throw new Error('no trace');
  }
  const raw: Trace = { ...trace, spans: trace.spans.map((span) => ({ ...span, spanId: spans[0].spanId })) };
  expect(encodeZipkin(raw).map(({ kind, shared }) => [kind, shared])).toEqual([
    ['CLIENT', undefined],
    ['SERVER', true],
  ]);
});
