import fc from 'fast-check';
import { Attributes, type Attribute, type AttributeValue } from '../src/model/attributes';
import type { FlatSpan } from '../src/model/flatSpan';
import type { SpanLink } from '../src/model/trace';
import { flatSpan, service, TEST_EPOCH_NANO } from './flatSpan';

/** Few enough to meet: shared ids, circles, spans that name themselves and missing parents all turn up. */
const aSpanId = fc.constantFrom('a1', 'b2', 'c3', 'd4', 'e5', 'f6').map((id) => id.padStart(16, '0'));

const aKey = fc.oneof(fc.constantFrom('error', '__proto__', 'constructor', 'toString', '', 'http.route'), fc.string());

const anAttributeValue: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue; attribute: Attribute }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 2 },
      fc.string(),
      fc.boolean(),
      fc.double(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.constant(null),
      fc.base64String().map((base64) => ({ kind: 'bytes' as const, base64 })),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.array(tie('attribute'), { maxLength: 3 }).map((entries) => ({ kind: 'map' as const, entries }))
    ),
    attribute: fc.record({ key: aKey, value: tie('value') }),
  })
).value;

const someAttributes = fc
  .array(fc.record({ key: aKey, value: anAttributeValue }), { maxLength: 5 })
  .map((entries) => Attributes.from(entries));

const aLink: fc.Arbitrary<SpanLink> = fc.record({
  traceId: fc.constantFrom('abc', 'def').map((id) => id.padStart(32, '0')),
  spanId: aSpanId,
  attributes: someAttributes,
});

/** Around the test epoch; sometimes missing. */
const aStart = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.integer({ min: -5_000, max: 5_000 }).map((micros) => TEST_EPOCH_NANO + BigInt(micros) * 1_000n),
  },
  { weight: 1, arbitrary: fc.constant(0n) }
);

/** Spans of one trace as a wild wire may give them: everything that decoders may hand over, sound or not. */
export const arbitraryFlatSpans: fc.Arbitrary<FlatSpan[]> = fc.array(
  fc
    .record({
      spanId: aSpanId,
      parentSpanId: fc.option(aSpanId, { nil: undefined }),
      name: fc.string(),
      kind: fc.constantFrom('unspecified', 'internal', 'server', 'client', 'producer', 'consumer'),
      status: fc.record({
        code: fc.constantFrom('unset', 'ok', 'error'),
        message: fc.option(fc.string(), { nil: undefined }),
      }),
      startUnixNano: aStart,
      durationNano: fc.integer({ min: -1_000, max: 5_000_000 }),
      resource: fc.constantFrom(service('shop'), service('db', { constructor: 1 }), service('__proto__')),
      scope: fc.option(fc.record({ name: fc.string(), attributes: someAttributes }), { nil: undefined }),
      traceState: fc.option(fc.string(), { nil: undefined }),
      attributes: someAttributes,
      events: fc.array(fc.record({ name: fc.string(), timeUnixNano: aStart, attributes: someAttributes }), {
        maxLength: 2,
      }),
      links: fc.array(aLink, { maxLength: 3 }),
      warnings: fc.option(fc.array(fc.string(), { maxLength: 2 }), { nil: undefined }),
    } satisfies { [Key in keyof FlatSpan]?: fc.Arbitrary<FlatSpan[Key]> })
    .map((span) => flatSpan(span)),
  { minLength: 1, maxLength: 8 }
);
