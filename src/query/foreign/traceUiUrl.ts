import { normalizeSpanId } from '../../model/ids';
import { ceilToMillis, floorToMillis, unixNanoFromMicros } from '../../model/time';
import type { AttributeFilter, ComparedTraces } from '../query';
import { readSearchQuery, traceIdQuery, unsupported } from '../readQuery';
import { readTraceText } from '../readTraceText';
import { formatSearchText, parseSearchText } from '../searchText';
import { hasVariable } from '../variableText';
import type { ConvertedQuery, ForeignQuery } from './dialect';

/**
 * The address of a trace, of two that are compared or of a search in a tracing UI, with or without host and base path:
 * `/trace/<id>`, `/trace/<id>...<id>` and `/search?…` as Jaeger's UI writes them, `/traces/<id>` as Zipkin's and the query APIs do. Undefined for every other text.
 */
export function convertTraceUiUrl(text: string, query: ForeignQuery): ConvertedQuery | undefined {
  const url = readUrl(text);
  if (!url) {
    return undefined;
  }
  const [, folder, last] = /\/(traces?|goto)\/([^/]+)\/?$/.exec(url.path) ?? [];
  if (folder === 'goto') {
    return unsupported('This is a short link. Open it and paste the address it leads to, or the trace ID itself.');
  }
  if (last !== undefined) {
    const converted = convertTracePath(decode(last), query);
    const spanId = readSpanId(url.parameters.get('uiFind'));
    return converted?.queryType === 'traceql' && spanId !== undefined ? { ...converted, spanId } : converted;
  }
  return /(?:^|\/)search\/?$/.test(url.path) ? convertSearchParameters(url.parameters, query) : undefined;
}

/** Text that is looked for in the trace, unless it has the form of a span's id; then the address leads to that span. */
export function readSpanId(text: unknown): string | undefined {
  return typeof text === 'string' && /^[0-9a-f]{16}$/i.test(text) ? normalizeSpanId(text) : undefined;
}

function convertTracePath(segment: string, query: ForeignQuery): ConvertedQuery | undefined {
  const compared = segment.split('...');
  if (compared.length === 2) {
    return convertComparison(compared[0], compared[1]);
  }
  if (hasVariable(segment)) {
    return traceIdQuery(query, segment);
  }
  const found = readTraceText(segment);
  return found.kind === 'id' ? traceIdQuery(query, found.traceId) : undefined;
}

/** `/trace/<a>...<b>`, Jaeger UI's comparison; it leaves a side empty until a trace is chosen for it. */
function convertComparison(baseline: string, comparison: string): ConvertedQuery {
  const [left, right] = [sideOfAddress(baseline), sideOfAddress(comparison)];
  return left === undefined || right === undefined || (baseline === '' && comparison === '')
    ? unsupported(
        'This address compares two traces, but does not name them as IDs. Choose Compare and enter the ID of each.'
      )
    : { queryType: 'compare', baseline: left, comparison: right };
}

function sideOfAddress(text: string): ComparedTraces | undefined {
  if (text === '' || hasVariable(text)) {
    return { queryType: 'traceql', query: text };
  }
  const found = readTraceText(text);
  return found.kind === 'id' ? { queryType: 'traceql', query: found.traceId } : undefined;
}

/** Parameters of Jaeger UI's search page (v1.60 to v2.20): times in microseconds, tags as a JSON object of texts. */
function convertSearchParameters(parameters: URLSearchParams, query: ForeignQuery): ConvertedQuery | undefined {
  const ids = parameters.getAll('traceID');
  if (ids.length === 1) {
    return convertTracePath(ids[0], query);
  }
  if (ids.length > 1) {
    return unsupported(`This address names ${ids.length} traces (${ids.join(', ')}). Enter the ID of one of them.`);
  }
  if (!parameters.has('service')) {
    return undefined;
  }
  const operation = parameters.get('operation');
  return readSearchQuery({
    service: parameters.get('service'),
    operation: operation === 'all' ? undefined : operation,
    tags: formatSearchText([...jsonTags(parameters), ...colonTags(parameters)]),
    minDuration: parameters.get('minDuration'),
    maxDuration: parameters.get('maxDuration'),
    limit: parameters.get('limit'),
    fromMs: millisFromMicros(parameters.get('start'), floorToMillis),
    toMs: millisFromMicros(parameters.get('end'), ceilToMillis),
  });
}

function jsonTags(parameters: URLSearchParams): readonly AttributeFilter[] {
  return parameters.getAll('tags').flatMap((text) => parseSearchText(text).filters);
}

function colonTags(parameters: URLSearchParams): readonly AttributeFilter[] {
  return parameters.getAll('tag').flatMap((text) => {
    const colon = text.indexOf(':');
    return colon < 1 ? [] : [{ key: text.slice(0, colon), operator: '=' as const, value: text.slice(colon + 1) }];
  });
}

function millisFromMicros(text: string | null, round: (unixNano: bigint) => bigint): number | undefined {
  return text !== null && /^\d{1,16}$/.test(text) ? Number(round(unixNanoFromMicros(Number(text)))) : undefined;
}

/** Not `new URL`: it would encode the braces of a variable, and needs a host that a pasted path does not have. */
function readUrl(text: string): { path: string; parameters: URLSearchParams } | undefined {
  const match = /^(?:https?:\/\/[^/\s]+|[\w.-]+(?::\d+)?(?=\/)|(?=\/))(\/[^?#\s]*)(?:\?([^#\s]*))?/i.exec(text);
  return match ? { path: match[1], parameters: new URLSearchParams(match[2] ?? '') } : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
