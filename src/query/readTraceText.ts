import { displayTraceId, normalizeTraceId } from '../model/ids';

/** What a text says about a trace. Ids are in their display form, each once. */
export type TraceText =
  | { readonly kind: 'id'; readonly traceId: string }
  | { readonly kind: 'several'; readonly traceIds: readonly string[] }
  | { readonly kind: 'none' };

/** A whole text that names one trace. The first group is the id; the order matters: a B3 header is also all hex. */
const WHOLE_TEXT_FORMS: readonly RegExp[] = [
  // https://www.w3.org/TR/trace-context/#traceparent-header
  /^(?:traceparent\s*[:=]\s*)?["']?[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}["']?$/i,
  // https://github.com/openzipkin/b3-propagation#single-header
  /^(?:b3\s*[:=]\s*)?["']?([0-9a-f]{32}|[0-9a-f]{16})-[0-9a-f]{16}(?:-[01d](?:-[0-9a-f]{16})?)?["']?$/i,
  // https://www.jaegertracing.io/sdk-migration/#propagation-format
  /^(?:uber-trace-id\s*[:=]\s*)?["']?([0-9a-f]{1,32})(?::|%3a)[0-9a-f]{1,16}(?::|%3a)[0-9a-f]{1,16}(?::|%3a)[0-9a-f]{1,2}["']?$/i,
  // https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
  /^(?:x-amzn-trace-id\s*[:=]\s*)?(?:Root=)?1-([0-9a-f]{8}-[0-9a-f]{24})(?:;.*)?$/i,
  // A 64-bit id in the clothes of a log line. Inside a longer text 16 digits may be a span's, so only the whole counts.
  /^(?:trace[\s._-]?id\s+)?["'`([<]*([0-9a-f]{16})["'`)\]>]*[,;.:]?$/i,
];

/** `{trace:id="…"}`, TraceQL's way to name one trace, in its spellings. The id may be a variable. */
const TRACE_ID_EXPRESSION = /^\{\s*trace:id\s*=\s*(?:"([^"]*)"|`([^`]*)`)\s*\}$/;

/**
 * `trace_id=…`, `"traceId": "…"`, `trace.id: …` and their kin inside a log line. Datadog's `dd.trace_id` is left out:
 * it is written in decimal.
 */
const KEYED_ID =
  /(?<![\w]|dd\.)(?:x-b3-)?trace[\s._-]?id\b[\\"'\]]*\s*(?:=>|[:=])\s*(?:[\\"'[(]+\s*)?((?:0x)?[0-9a-f][0-9a-f-]*)(?![\w-])/gi;
const TRACEPARENT = /(?<![\w-])[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?![\w-])/gi;
const BARE_LONG_ID = /(?<![\w-])([0-9a-f]{32})(?![\w-])/gi;

/** A longer text is no id and no log line; reading on would only cost time. */
const READ_LIMIT = 65_536;

/** Finds the one trace a typed or pasted text means: an id, a propagation header, or a piece of a log line. */
export function readTraceText(text: string): TraceText {
  const trimmed = text.slice(0, READ_LIMIT).trim();
  for (const form of WHOLE_TEXT_FORMS) {
    const id = form.exec(trimmed)?.[1];
    if (id !== undefined) {
      return fromIds([id]);
    }
  }
  const bare = normalizeTraceId(trimmed);
  if (bare !== undefined) {
    return fromIds([bare]);
  }
  if (isTraceQl(trimmed)) {
    return { kind: 'none' };
  }
  for (const pattern of [KEYED_ID, TRACEPARENT, BARE_LONG_ID]) {
    const found = fromIds([...trimmed.matchAll(pattern)].map((match) => match[1]));
    if (found.kind !== 'none') {
      return found;
    }
  }
  return { kind: 'none' };
}

/** The text inside `{trace:id="…"}`, which may be a variable; undefined when the text is anything else. */
export function readTraceIdExpression(text: string): string | undefined {
  const match = TRACE_ID_EXPRESSION.exec(text.trim());
  return match ? (match[1] ?? match[2]) : undefined;
}

/** Whether a text can only be meant as TraceQL: braces, but not those of a JSON object with something in it. */
export function isTraceQl(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.startsWith('{') && !/^\{\s*\\*"/.test(trimmed);
}

/** `{{traceId}}`, `<trace id>`, an unclosed `${traceId`: the name of an id where a template should have put the id. */
export function isUnfilledTemplate(text: string): boolean {
  return /^(?:\{\{\s*\.?[\w.-]+\s*\}\}|<[a-z][\w .-]*>|\$\{[^{}]*)$/i.test(text.trim());
}

function fromIds(candidates: readonly string[]): TraceText {
  const ids = new Set<string>();
  for (const candidate of candidates) {
    const id = normalizeTraceId(candidate);
    if (id !== undefined) {
      ids.add(displayTraceId(id));
    }
  }
  const traceIds = [...ids];
  switch (traceIds.length) {
    case 0:
      return { kind: 'none' };
    case 1:
      return { kind: 'id', traceId: traceIds[0] };
    default:
      return { kind: 'several', traceIds };
  }
}
