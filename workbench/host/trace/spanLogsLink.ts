import type { TagMapping, TracesToLogsV2 } from '../../../src/datasource/settings';
import { readDurationMs } from './filterSpans';
import type { ViewSpan } from './viewTrace';

/** Where "Logs for this span" goes. Times are epoch milliseconds. */
export interface SpanLogsLink {
  readonly datasourceUid: string;
  readonly expr: string;
  readonly fromMs: number;
  readonly toMs: number;
}

type Replace = (text: string, scopedVars: Record<string, { value: unknown }>) => string;

/** Grafana's default, when the settings name no tags. */
const DEFAULT_TAGS: readonly TagMapping[] = [
  ...['cluster', 'hostname', 'namespace', 'pod'].map((key) => ({ key })),
  { key: 'service.name', value: 'service_name' },
  { key: 'service.namespace', value: 'service_namespace' },
];

function shiftMs(text: string | undefined): number {
  const negative = text?.trim().startsWith('-') ?? false;
  return (negative ? -1 : 1) * (readDurationMs(text ?? '') ?? 0);
}

/**
 * The part of Grafana's createSpanLink that leads to Loki: the span's tags that the settings map to labels, the trace and
 * span id as line filters when asked, or the settings' own query. No link when no tag matches or a variable is unknown.
 */
export function spanLogsLink(
  span: ViewSpan,
  settings: TracesToLogsV2 | undefined,
  replace: Replace
): SpanLogsLink | undefined {
  if (!settings?.datasourceUid) {
    return undefined;
  }
  const labels = new Map<string, string>();
  const tags = settings.tags?.length ? settings.tags : DEFAULT_TAGS;
  for (const { key, value } of [...span.serviceTags, ...span.tags]) {
    const mapping = tags.find((tag) => tag.key === key);
    if (mapping) {
      // Only the first dot: what Grafana 12 does with tags that have no label name of their own.
      labels.set(mapping.value || key.replace('.', '_'), String(value));
    }
  }
  const selector = [...labels].map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ');
  const template = settings.customQuery ? settings.query : defaultQuery(settings, labels.size);
  if (!template) {
    return undefined;
  }
  const spanValue = {
    traceId: span.traceId,
    spanId: span.spanId,
    name: span.operationName,
    duration: span.duration * 1000,
    tags: Object.fromEntries([...span.serviceTags, ...span.tags].map(({ key, value }) => [key, value])),
  };
  const expr = replace(template, {
    __span: { value: spanValue },
    __trace: { value: { traceId: span.traceId, name: span.operationName, duration: span.duration * 1000 } },
    ...(selector ? { __tags: { value: selector } } : {}),
  });
  if (/\$\{__\w+/.test(expr)) {
    return undefined;
  }
  const fromMs = Math.floor(span.startTime + shiftMs(settings.spanStartTimeShift));
  const toMs = Math.floor(span.startTime + span.duration + shiftMs(settings.spanEndTimeShift));
  return { datasourceUid: settings.datasourceUid, expr, fromMs, toMs: toMs === fromMs ? toMs + 1 : toMs };
}

function defaultQuery({ filterByTraceID, filterBySpanID }: TracesToLogsV2, labelCount: number): string | undefined {
  if (labelCount === 0) {
    return undefined;
  }
  return [
    '{${__tags}}',
    filterByTraceID ? mentions('trace_id', '${__span.traceId}') : '',
    filterBySpanID ? mentions('span_id', '${__span.spanId}') : '',
  ].join('');
}

/** An id in the text of the line or in its structured metadata, in the words of Grafana 12. */
function mentions(label: 'trace_id' | 'span_id', id: string): string {
  const flag = `log_line_contains_${label}`;
  return ` | label_format ${flag}=\`{{ contains "${id}" __line__  }}\` | ${flag}="true" OR ${label}="${id}"`;
}
