import type { TagMapping, TraceJsonData, TracesToLogsV2 } from '../../datasource/settings';

/** `jsonData.tracesToLogs` as Grafana up to version 9 wrote it. */
interface LegacyTracesToLogs {
  readonly datasourceUid?: string;
  readonly tags?: readonly string[];
  readonly mappedTags?: readonly TagMapping[];
  readonly mapTagNamesEnabled?: boolean;
  readonly spanStartTimeShift?: string;
  readonly spanEndTimeShift?: string;
  readonly filterByTraceID?: boolean;
  readonly filterBySpanID?: boolean;
}

/**
 * The trace-to-logs settings in force. Grafana's trace view falls back to the legacy key while the newer one is absent,
 * so the page must show what that fallback does; the first change writes the newer key, which then wins, and the legacy
 * key stays where it is.
 */
export function readTracesToLogs(jsonData: TraceJsonData): TracesToLogsV2 | undefined {
  if (jsonData.tracesToLogsV2) {
    return jsonData.tracesToLogsV2;
  }
  const legacy = jsonData.tracesToLogs as LegacyTracesToLogs | undefined;
  if (!legacy) {
    return undefined;
  }
  return {
    datasourceUid: legacy.datasourceUid,
    tags: legacy.mapTagNamesEnabled ? legacy.mappedTags : legacy.tags?.map((key) => ({ key })),
    spanStartTimeShift: legacy.spanStartTimeShift,
    spanEndTimeShift: legacy.spanEndTimeShift,
    filterByTraceID: legacy.filterByTraceID,
    filterBySpanID: legacy.filterBySpanID,
    customQuery: false,
  };
}
