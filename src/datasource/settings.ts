/**
 * What a data source instance stores in `jsonData`. Keys and shapes are those that Grafana's trace view reads from any
 * data source (Grafana 12.4, explore/TraceView/TraceView.tsx:142) and those of the built-in Jaeger source, so that its
 * provisioning files work here with only `type:` changed.
 */
import type { DataSourceJsonData } from '@grafana/data';

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
  /** Id of a backend definition; missing means the first in the list. */
  readonly backend?: string;
  readonly tracesToLogsV2?: TracesToLogsV2;
  readonly tracesToMetrics?: TracesToMetrics;
  readonly tracesToProfiles?: TracesToProfiles;
  readonly spanBar?: { readonly type?: 'None' | 'Duration' | 'Tag'; readonly tag?: string };
  readonly nodeGraph?: { readonly enabled?: boolean };
  /** Bound lookups by id with the time range of the panel first (the built-in Jaeger source's key). */
  readonly traceIdTimeParams?: { readonly enabled?: boolean };
  /** A backend definition's own settings fields live beside these under their keys; `readSettings` checks them. */
  readonly [settingsField: string]: unknown;
}
