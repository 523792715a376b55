/**
 * What a data source instance stores in `jsonData`. Keys and shapes are those that Grafana's trace view reads from any
 * data source (Grafana 12.4, explore/TraceView/TraceView.tsx:142) and those of the built-in Jaeger source, so that its
 * provisioning files work here with only `type:` changed.
 */
import { rangeUtil, type DataSourceInstanceSettings, type DataSourceJsonData } from '@grafana/data';
import { get } from 'lodash';

import { INSIGHT_KINDS, type InsightKind } from '../analysis/insights/insight';

export interface TagMapping {
  readonly key: string;
  readonly value?: string;
}

/** Read by Grafana's trace view. Time shifts are interval texts such as `-5m`. */
export interface TracesToLogsV2 {
  readonly datasourceUid?: string;
  readonly tags?: readonly TagMapping[];
  readonly spanStartTimeShift?: string;
  readonly spanEndTimeShift?: string;
  readonly filterByTraceID?: boolean;
  readonly filterBySpanID?: boolean;
  readonly query?: string;
  readonly customQuery: boolean;
}

export interface TracesToMetrics {
  readonly datasourceUid?: string;
  readonly tags?: readonly TagMapping[];
  readonly queries: ReadonlyArray<{ readonly name?: string; readonly query?: string }>;
  readonly spanStartTimeShift?: string;
  readonly spanEndTimeShift?: string;
}

export interface TracesToProfiles {
  readonly datasourceUid?: string;
  readonly tags?: readonly TagMapping[];
  readonly profileTypeId?: string;
  readonly query?: string;
  readonly customQuery: boolean;
}

export interface TraceJsonData extends DataSourceJsonData {
  /** Id of a backend definition; missing means that it is found out who answers. */
  readonly backend?: string;
  readonly tracesToLogsV2?: TracesToLogsV2;
  readonly tracesToMetrics?: TracesToMetrics;
  readonly tracesToProfiles?: TracesToProfiles;
  readonly spanBar?: { readonly type?: 'None' | 'Duration' | 'Tag'; readonly tag?: string };
  readonly nodeGraph?: { readonly enabled?: boolean };
  /** The Prometheus that holds the metrics of a service graph (the key of Grafana's Tempo source). */
  readonly serviceMap?: { readonly datasourceUid?: string };
  /** Bound lookups by id with the time range of the panel first (the built-in Jaeger source's key). */
  readonly traceIdTimeParams?: { readonly enabled?: boolean };
  /** The same in the words of Grafana's Tempo source, with interval texts by which the range is widened. */
  readonly traceQuery?: {
    readonly timeShiftEnabled?: boolean;
    readonly spanStartTimeShift?: string;
    readonly spanEndTimeShift?: string;
  };
  /** What stands out in a trace, as notices and span warnings: told unless switched off, but for the kinds in `disabled`. */
  readonly insights?: { readonly enabled?: boolean; readonly disabled?: readonly InsightKind[] };
  /** Mark the spans of the critical path with how long they were on it: done unless switched off. */
  readonly criticalPath?: { readonly enabled?: boolean };
  /** Move calls whose clocks disagree into their callers, unless a query says otherwise. */
  readonly clockSkew?: { readonly correct?: boolean };
  /** Fold traces of more spans than `threshold`; 0 means never. */
  readonly largeTrace?: { readonly threshold?: number };
  /** A backend definition's own settings fields live beside these under their keys; `readSettings` checks them. */
  readonly [settingsField: string]: unknown;
}

/** By how much a bounded lookup looks further than the panel, in milliseconds; negative is less far. */
export interface LookupMargins {
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** What this plugin itself acts on, checked. The rest of jsonData is read by Grafana's trace view. */
export interface TraceSettings {
  /** Undefined means that it is found out who answers. */
  readonly backendId?: string;
  /** As saved; a backend definition reads its own fields from it. */
  readonly jsonData: unknown;
  /** In proxy mode a path of Grafana's, whatever URL the user typed (and even when none). */
  readonly url: string;
  readonly isProxied: boolean;
  readonly hasNodeGraph: boolean;
  /** Look a trace up within the panel's time range and these margins first; undefined means everywhere at once. */
  readonly lookupMargins?: LookupMargins;
  /** Where the metrics of a service graph are. */
  readonly serviceMapUid?: string;
  readonly tracesToProfiles?: TracesToProfiles;
  /** The kinds of findings to tell; empty when switched off. */
  readonly insights: ReadonlySet<InsightKind>;
  readonly hasCriticalPathMarks: boolean;
  readonly correctsClockSkew: boolean;
  /** In spans; traces with more are folded. Infinity means never. */
  readonly largeTraceThreshold: number;
  /** Of Grafana's proxy, in seconds. */
  readonly timeoutSeconds: number;
}

/** Grafana's `[dataproxy] timeout` where the data source does not set its own. */
const DEFAULT_TIMEOUT_SECONDS = 30;

/** In spans. Chosen from what Grafana's trace view costs: docs/decisions/0006-fold-above-10000-spans.md. */
export const DEFAULT_LARGE_TRACE_THRESHOLD = 10_000;

/** jsonData is written by people, by provisioning files and by the built-in Jaeger source: any shape is possible. */
export function readSettings({ jsonData, url, access }: DataSourceInstanceSettings<TraceJsonData>): TraceSettings {
  const backendId = get(jsonData, 'backend');
  return {
    backendId: typeof backendId === 'string' && backendId !== '' ? backendId : undefined,
    jsonData,
    url: (url ?? '').trim(),
    isProxied: access !== 'direct',
    hasNodeGraph: get(jsonData, 'nodeGraph.enabled') === true,
    lookupMargins: readLookupMargins(jsonData),
    serviceMapUid: readText(get(jsonData, 'serviceMap.datasourceUid')),
    tracesToProfiles: readTracesToProfiles(get(jsonData, 'tracesToProfiles')),
    insights: readInsights(get(jsonData, 'insights')),
    hasCriticalPathMarks: get(jsonData, 'criticalPath.enabled') !== false,
    correctsClockSkew: get(jsonData, 'clockSkew.correct') === true,
    largeTraceThreshold: readThreshold(get(jsonData, 'largeTrace.threshold')),
    timeoutSeconds: readTimeout(get(jsonData, 'timeout')),
  };
}

/**
 * The built-in Jaeger source looks exactly where the panel does. Grafana's Tempo source subtracts and adds its shifts,
 * half an hour each where none is set (12.4, tempo/datasource.ts, makeTraceIdRequest).
 */
function readLookupMargins(jsonData: unknown): LookupMargins | undefined {
  if (get(jsonData, 'traceQuery.timeShiftEnabled') === true) {
    return {
      beforeMs: readShift(get(jsonData, 'traceQuery.spanStartTimeShift')),
      afterMs: readShift(get(jsonData, 'traceQuery.spanEndTimeShift')),
    };
  }
  return get(jsonData, 'traceIdTimeParams.enabled') === true ? { beforeMs: 0, afterMs: 0 } : undefined;
}

const DEFAULT_SHIFT = '30m';

/** In milliseconds. What is no interval means the default: the whole store is searched after a miss anyway. */
function readShift(value: unknown): number {
  try {
    return rangeUtil.intervalToMs(readText(value) ?? DEFAULT_SHIFT);
  } catch {
    return rangeUtil.intervalToMs(DEFAULT_SHIFT);
  }
}

/** Undefined unless it names a data source: without one there is nothing to link to. */
function readTracesToProfiles(value: unknown): TracesToProfiles | undefined {
  const datasourceUid = readText(get(value, 'datasourceUid'));
  if (!datasourceUid) {
    return undefined;
  }
  const tags: unknown = get(value, 'tags');
  return {
    datasourceUid,
    tags: Array.isArray(tags) ? tags.flatMap(readTagMapping) : undefined,
    profileTypeId: readText(get(value, 'profileTypeId')),
    query: readText(get(value, 'query')),
    customQuery: get(value, 'customQuery') === true,
  };
}

function readTagMapping(value: unknown): TagMapping[] {
  const key = readText(get(value, 'key'));
  return key ? [{ key, value: readText(get(value, 'value')) }] : [];
}

function readInsights(value: unknown): ReadonlySet<InsightKind> {
  if (get(value, 'enabled') === false) {
    return new Set();
  }
  const disabled: unknown = get(value, 'disabled');
  return new Set(INSIGHT_KINDS.filter((kind) => !(Array.isArray(disabled) && disabled.includes(kind))));
}

function readThreshold(value: unknown): number {
  const spans = readNumber(value);
  return spans === undefined || spans < 0 ? DEFAULT_LARGE_TRACE_THRESHOLD : spans === 0 ? Infinity : spans;
}

function readTimeout(value: unknown): number {
  const seconds = readNumber(value);
  return seconds !== undefined && seconds > 0 ? seconds : DEFAULT_TIMEOUT_SECONDS;
}

/** Provisioning with environment variables turns numbers into text. */
function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
