import { Attributes, type AttributeValue } from '../src/model/attributes';
import type { FlatSpan } from '../src/model/flatSpan';
import type { Resource } from '../src/model/trace';

/** 2024-01-02T03:04:05Z. */
export const TEST_EPOCH_NANO = 1_704_164_645_000_000_000n;

/** A sound span of service `shop` from the test epoch on, one millisecond long; `overrides` say what the test is about. */
export function flatSpan(overrides: Partial<FlatSpan> = {}): FlatSpan {
  return {
    traceId: '00000000000000000000000000000abc',
    spanId: '00000000000000a1',
    name: 'work',
    kind: 'internal',
    status: { code: 'unset' },
    startUnixNano: TEST_EPOCH_NANO,
    durationNano: 1_000_000,
    resource: service('shop'),
    attributes: Attributes.empty,
    events: [],
    links: [],
    ...overrides,
  };
}

/** A resource with its `service.name` among the attributes, as decoders make it. */
export function service(serviceName: string, attributes: Readonly<Record<string, AttributeValue>> = {}): Resource {
  return { serviceName, attributes: Attributes.of({ 'service.name': serviceName, ...attributes }) };
}
