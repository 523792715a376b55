/**
 * What Jaeger v2 changes when spans come in (internal/jptrace/sanitizer): every span gets a service and a name, and
 * ends after it starts.
 */
import { groupBy } from './groupBy';
import { findAttribute, withWarning, type OtlpResource, type StoredSpan } from './otlpSpan';

export function sanitizeSpans(spans: readonly StoredSpan[]): StoredSpan[] {
  return [...groupBy(spans, (span) => span.resource)].flatMap(([resource, members]) => {
    const named = withServiceName(resource);
    return members.map((span) => withDuration({ ...span, resource: named, name: span.name || 'empty-span-name' }));
  });
}

function withServiceName(resource: OtlpResource): OtlpResource {
  const found = findAttribute(resource.attributes, 'service.name');
  if (found && 'stringValue' in found && found.stringValue !== '') {
    return resource;
  }
  const others = resource.attributes.filter(({ key }) => key !== 'service.name');
  const stringValue = found ? 'empty-service-name' : 'missing-service-name';
  return { attributes: [...others, { key: 'service.name', value: { stringValue } }] };
}

function withDuration(span: StoredSpan): StoredSpan {
  if (span.startUnixNano < span.endUnixNano) {
    return span;
  }
  const end = span.startUnixNano + 1n;
  const warning = `Negative duration detected, sanitizing end timestamp. Original end timestamp: ${goTime(span.endUnixNano)}, adjusted to: ${goTime(end)}`;
  return withWarning({ ...span, endUnixNano: end }, warning);
}

/** As Go prints a time: no zeros at the end of the fraction. */
function goTime(unixNano: bigint): string {
  const seconds = unixNano / 1_000_000_000n;
  const date = new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = (unixNano % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  return `${date}${fraction && `.${fraction}`} +0000 UTC`;
}
