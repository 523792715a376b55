import type { Span } from '../../model/trace';

/** Names come from strangers, and a sentence must stay one. */
const MAX_NAME = 80;

/** `shop: GET /cart`. */
export function nameSpan({ name, resource }: Pick<Span, 'name' | 'resource'>): string {
  return `${shorten(resource.serviceName)}: ${shorten(name)}`;
}

export function shorten(text: string, length = MAX_NAME): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
