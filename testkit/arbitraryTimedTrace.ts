import fc from 'fast-check';
import { assembleTrace } from '../src/model/assembleTrace';
import { Attributes } from '../src/model/attributes';
import type { SpanKind, StatusCode, Trace } from '../src/model/trace';
import { flatSpan, service, TEST_EPOCH_NANO } from './flatSpan';

interface TimedSpan {
  /** Counts back from the span itself: 0 is a root, 1 the span before it. */
  readonly parentBefore: number;
  readonly start: number;
  readonly duration: number;
  readonly name: string;
  readonly serviceName: string;
  readonly status: StatusCode;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
}

const aTimedSpan: fc.Arbitrary<TimedSpan> = fc.record({
  // Most spans hang near the one before, so that trees get deep as well as wide.
  parentBefore: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.nat(12)),
  start: fc.nat(40),
  duration: fc.oneof({ weight: 6, arbitrary: fc.nat(25) }, fc.constant(0)),
  name: fc.constantFrom('a', 'b', 'c'),
  serviceName: fc.constantFrom('shop', 'db'),
  status: fc.constantFrom('error', 'unset', 'ok'),
  kind: fc.constantFrom('internal', 'server', 'client', 'producer', 'consumer'),
  // The number and the text are one value to people, the empty text is none, and many spans have nothing.
  attributes: fc.constantFrom<Attributes>(
    Attributes.empty,
    ...[1, '1', 2, '', null, false].map((tier) => Attributes.of({ tier }))
  ),
});

/**
 * Traces of a few spans whose times are small whole numbers of nanoseconds, so that a reference can look at every
 * single instant. Children begin before, after and within their parents, outlive them, touch and overlap; there are
 * several roots and spans without duration. Few names, services and
 * values of the attribute `tier`, so that paths and groups meet.
 */
export const arbitraryTimedTrace = timedTraces(1);

/** The same with times that are small whole numbers of `unit` nanoseconds. */
export function timedTraces(unit: number): fc.Arbitrary<Trace> {
  return fc.array(aTimedSpan, { minLength: 1, maxLength: 14 }).map((spans) => {
    const id = (index: number) => (index + 1).toString(16).padStart(16, '0');
    const flatSpans = spans.map(({ parentBefore, start, duration, serviceName, status, ...fields }, index) =>
      flatSpan({
        spanId: id(index),
        parentSpanId: parentBefore === 0 || parentBefore > index ? undefined : id(index - parentBefore),
        ...fields,
        resource: service(serviceName),
        status: { code: status },
        startUnixNano: TEST_EPOCH_NANO + BigInt(start * unit),
        durationNano: duration * unit,
      })
    );
    return assembleTrace(flatSpans) as Trace;
  });
}
