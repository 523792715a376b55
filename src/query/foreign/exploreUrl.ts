import type { ForeignQuery } from './dialect';
import { readSpanId } from './traceUiUrl';

/**
 * The queries inside the address of a Grafana Explore page, each with the pane's time range as `fromMs` and `toMs` where
 * that is absolute, and the span that its trace view shows as `spanId`. Undefined when the text is no such address; empty when it is but holds nothing readable.
 *
 * Explore writes `?schemaVersion=1&panes={…}` since Grafana 10 and reads the older `?left={…}` too, which data links
 * still use (`mapInternalLinkToExplore`, Grafana 12.4); before Grafana 7 `left` was an array.
 */
export function embeddedQueries(text: string): readonly ForeignQuery[] | undefined {
  if (!/(?:^|\/)explore\/?\?\S/.test(text)) {
    return undefined;
  }
  const parameters = new URLSearchParams(text.slice(text.indexOf('?') + 1).replace(/#.*$/, ''));
  const panes = parameters.get('panes');
  const states = [parameters.get('left'), parameters.get('right')].filter((state) => state !== null).map(parseJson);
  if (panes === null && states.length === 0) {
    return undefined;
  }
  const allPanes = panes === null ? states : Object.values(asRecord(parseJson(panes)) ?? {});
  return allPanes.flatMap(readPane);
}

function readPane(pane: unknown): ForeignQuery[] {
  if (Array.isArray(pane)) {
    // ["now-1h", "now", "source", {query}, {ui: …}]
    return withRange(pane.slice(2), pane[0], pane[1]);
  }
  const record = asRecord(pane);
  const range = asRecord(record?.range);
  const queries = Array.isArray(record?.queries) ? withRange(record.queries, range?.from, range?.to) : [];
  const spanId = readSpanId(asRecord(asRecord(record?.panelsState)?.trace)?.spanId);
  return spanId === undefined ? queries : queries.map((query) => ({ ...query, spanId }));
}

function withRange(queries: readonly unknown[], from: unknown, to: unknown): ForeignQuery[] {
  const fromMs = absoluteMillis(from);
  const toMs = absoluteMillis(to);
  const window = fromMs === undefined || toMs === undefined ? {} : { fromMs, toMs };
  return queries.flatMap((query) => {
    const record = asRecord(query);
    return record ? [{ ...window, ...record }] : [];
  });
}

/** Epoch milliseconds as number or digits, or an ISO date; `now-1h` depends on when the address was copied. */
function absoluteMillis(time: unknown): number | undefined {
  if (typeof time === 'number') {
    return time;
  }
  if (typeof time !== 'string') {
    return undefined;
  }
  const millis = /^\d+$/.test(time) ? Number(time) : /^\d{4}-\d\d-\d\dT/.test(time) ? Date.parse(time) : NaN;
  return Number.isFinite(millis) ? millis : undefined;
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function asRecord(value: unknown): ForeignQuery | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as ForeignQuery) : undefined;
}
