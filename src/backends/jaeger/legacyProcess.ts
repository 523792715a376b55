import { Attributes } from '../../model/attributes';
import { SERVICE_NAME } from '../../model/semconv';
import { UNKNOWN_SERVICE, type Resource } from '../../model/trace';
import type { LegacyProcess } from './legacyJson';
import { decodeTags, objectOf } from './legacyTags';

/** For a span whose process the body does not hold. */
export const NAMELESS: Resource = { serviceName: UNKNOWN_SERVICE, attributes: Attributes.empty };

/** A process → a resource that names its service among its attributes, as OpenTelemetry has it. */
export function decodeProcess(raw: unknown): Resource {
  const process = objectOf<LegacyProcess>(raw);
  if (process === undefined) {
    return NAMELESS;
  }
  const attributes = decodeTags(process.tags);
  const named = typeof process.serviceName === 'string' && process.serviceName !== '' ? process.serviceName : undefined;
  if (named === undefined) {
    return { serviceName: UNKNOWN_SERVICE, attributes: Attributes.from(attributes) };
  }
  const others = attributes.filter((attribute) => attribute.key !== SERVICE_NAME || attribute.value !== named);
  return { serviceName: named, attributes: Attributes.from([{ key: SERVICE_NAME, value: named }, ...others]) };
}
