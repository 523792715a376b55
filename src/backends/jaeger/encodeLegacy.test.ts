import fc from 'fast-check';
import { checkProperty } from '../../../testkit/checkProperty';
import { service, flatSpan, TEST_EPOCH_NANO } from '../../../testkit/flatSpan';
import { traceFromText } from '../../../testkit/traceFromText';
import { traceToText } from '../../../testkit/traceToText';
import { assembleTrace } from '../../model/assembleTrace';
import { Attributes, type Attribute } from '../../model/attributes';
import type { Trace } from '../../model/trace';
import { decodeLegacyTraces } from './decodeLegacy';
import { encodeLegacy } from './encodeLegacy';

/** Through the text of a file, as a download goes. */
function throughFile(trace: Trace): Trace {
  const { spans, warnings } = decodeLegacyTraces(JSON.parse(JSON.stringify(encodeLegacy(trace))));
  const again = assembleTrace(spans, warnings);
  if (!again) {
    throw new Error('The file has no spans.');
  }
  return again;
}

const draw = (trace: Trace) => traceToText(trace, { attributes: true, ids: true });

it('writes what Jaeger UI reads', () => {
  const trace = traceFromText(
    `
    web   GET /  [0----20]  server {n=9223372036854775807 d=1.0 list=[1 2]} !"bad"  (lib 1.2)  @5 retry {attempt=2}
    cart    load   [2--4]   client >beef/ab {why="lost"}
    `,
    { traceId: '00000000000000000000000000000abc' }
  );
  const [encoded] = encodeLegacy(trace).data ?? [];
  expect(encoded).toMatchObject({
    traceID: '0000000000000abc',
    processes: { p1: { serviceName: 'web', tags: [] }, p2: { serviceName: 'cart', tags: [] } },
    warnings: null,
  });
  expect(encoded.spans[0]).toMatchObject({
    references: [],
    startTime: Number(TEST_EPOCH_NANO / 1000n),
    duration: 20_000,
    tags: [
      { key: 'n', type: 'int64', value: '9223372036854775807' },
      { key: 'd', type: 'float64', value: 1 },
      { key: 'list', type: 'string', value: '[1,2]' },
      { key: 'span.kind', type: 'string', value: 'server' },
      { key: 'otel.status_code', type: 'string', value: 'ERROR' },
      { key: 'error', type: 'bool', value: true },
      { key: 'otel.status_description', type: 'string', value: 'bad' },
      { key: 'otel.scope.name', type: 'string', value: 'lib' },
      { key: 'otel.scope.version', type: 'string', value: '1.2' },
    ],
  });
  expect(encoded.spans[1].references).toEqual([
    { refType: 'CHILD_OF', traceID: '0000000000000abc', spanID: trace.spans[0].spanId },
    { refType: 'FOLLOWS_FROM', traceID: '000000000000beef', spanID: '00000000000000ab' },
  ]);
});

it('a trace in the means of this JSON comes back as it was', () => {
  const aKey = fc.oneof(fc.constantFrom('__proto__', 'constructor', '', 'event'), fc.string()).filter(isOrdinary);
  const anAttribute: fc.Arbitrary<Attribute> = fc.oneof(
    fc.record({ key: aKey, value: fc.oneof(fc.string(), fc.boolean(), fc.maxSafeInteger()) }),
    fc.record({ key: aKey, value: fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }) }),
    fc.record({ key: aKey, value: fc.double().filter((value) => !Number.isInteger(value)) }),
    fc.record({ key: aKey, value: fc.integer(), type: fc.constant('double' as const) }),
    fc.record({ key: aKey, value: fc.base64String().map((base64) => ({ kind: 'bytes' as const, base64 })) })
  );
  const attributes = fc.array(anAttribute, { maxLength: 4 }).map((entries) => Attributes.from(entries));
  const aSpan = fc.record({
    name: fc.string(),
    kind: fc.constantFrom('unspecified' as const, 'server' as const, 'client' as const),
    status: fc.record({
      code: fc.constantFrom('unset' as const, 'ok' as const, 'error' as const),
      message: fc.option(fc.string(), { nil: undefined }),
    }),
    startMicros: fc.integer({ min: 0, max: 1_000_000 }),
    durationMicros: fc.integer({ min: 0, max: 1_000_000 }),
    resource: fc.constantFrom(service('shop'), service('db', { constructor: 1 })),
    scope: fc.option(fc.record({ name: fc.string() }), { nil: undefined }),
    traceState: fc.option(fc.string(), { nil: undefined }),
    attributes,
    parent: fc.nat(),
  });
  checkProperty(
    fc.property(fc.array(aSpan, { minLength: 1, maxLength: 6 }), (drawn) => {
      const idOf = (index: number) => (index + 1).toString(16).padStart(16, '0');
      const trace = assembleTrace(
        drawn.map(({ startMicros, durationMicros, parent, ...span }, index) =>
          flatSpan({
            ...span,
            spanId: idOf(index),
            parentSpanId: index === 0 ? undefined : idOf(parent % index),
            startUnixNano: TEST_EPOCH_NANO + BigInt(startMicros) * 1000n,
            durationNano: durationMicros * 1000,
            events: [
              {
                name: span.name,
                timeUnixNano: TEST_EPOCH_NANO + BigInt(startMicros) * 1000n,
                attributes: span.attributes,
              },
            ],
          })
        )
      );
      expect(trace && draw(throughFile(trace))).toBe(trace && draw(trace));
    })
  );
});

/** Keys that this JSON gives a meaning of their own. */
function isOrdinary(key: string): boolean {
  return key !== 'span.kind' && key !== 'error' && !key.startsWith('otel.') && key !== 'w3c.tracestate';
}
