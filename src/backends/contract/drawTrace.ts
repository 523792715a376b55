import { traceToText } from '../../../testkit/traceToText';
import { writeAttributes } from '../../../testkit/drawnValues';
import { Attributes } from '../../model/attributes';
import type { Resource, Scope, Span, Trace } from '../../model/trace';

/**
 * The drawing by which two tellings of a story are compared: times, structure, every attribute, and ids where asked. Stores may sort
 * attributes and split resources as they like, so those come in one order here; remarks on spans are the store's own.
 */
export function drawTrace(trace: Trace, { ids }: { readonly ids: boolean }): string {
  const resources = new Map<string, Resource>();
  const oneResource = ({ serviceName, attributes }: Resource): Resource => {
    const sorted = { serviceName, attributes: sortAttributes(attributes) };
    const key = serviceName + writeAttributes(sorted.attributes);
    const known = resources.get(key) ?? sorted;
    resources.set(key, known);
    return known;
  };
  const spans = trace.spans.map((span): Span => ({
    ...fieldsOf(span),
    resource: oneResource(span.resource),
    scope: span.scope && sortScope(span.scope),
    attributes: sortAttributes(span.attributes),
    events: [...span.events]
      .sort((a, b) => a.time - b.time)
      .map((event) => ({ ...event, attributes: sortAttributes(event.attributes) })),
    links: span.links.map((link) => ({ ...link, attributes: sortAttributes(link.attributes) })),
  }));
  return traceToText({ ...trace, spans }, { attributes: true, ids, withoutWarnings: true });
}

/** A span may be an instance of a class whose fields are getters, which spreading would miss. */
function fieldsOf(span: Span): Span {
  const { spanId, parentSpanId, name, kind, status, start, duration, resource, scope, traceState } = span;
  const { attributes, events, links, parent, children, depth, position, warnings } = span;
  return {
    ...{ spanId, parentSpanId, name, kind, status, start, duration, resource, scope, traceState },
    ...{ attributes, events, links, parent, children, depth, position, warnings },
  };
}

function sortScope({ name, version, attributes }: Scope): Scope {
  return { name, version, ...(attributes && attributes.size > 0 && { attributes: sortAttributes(attributes) }) };
}

function sortAttributes(attributes: Attributes): Attributes {
  return Attributes.from([...attributes.entries].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)));
}
