import { css } from '@emotion/css';
import type { DataFrame, ExploreTracePanelState, GrafanaTheme2 } from '@grafana/data';
import { Alert, EmptyState, PanelChrome, useStyles2, useTheme2 } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import type { TraceJsonData } from '../../../src/datasource/settings';
import { filterSpans, type SpanFilters } from '../trace/filterSpans';
import { readTraceFrame } from '../trace/readTraceFrame';
import { serviceColors } from '../trace/serviceColor';
import { visibleSpans } from '../trace/visibleSpans';
import type { ViewTrace } from '../trace/viewTrace';
import { Minimap } from './Minimap';
import type { OpenReference } from './SpanDetail';
import { SpanList } from './SpanList';
import { TraceHeader } from './TraceHeader';
import { TraceSearch } from './TraceSearch';

interface TracePanelProps {
  readonly frame: DataFrame;
  readonly jsonData: TraceJsonData;
  /** `panelsState.trace` of the address: the span to show, and filters. */
  readonly panelState?: ExploreTracePanelState;
  readonly onOpenReference: OpenReference;
}

/** A trace in Explore. */
export const TracePanel = (props: TracePanelProps) => (
  <PanelChrome title="Trace" padding="none">
    <TraceView {...props} />
  </PanelChrome>
);

/** A waterfall of the trace frame, reading the columns that Grafana's trace view reads, and telling what it would lose. */
export function TraceView({ frame, jsonData, panelState, onOpenReference }: TracePanelProps) {
  const trace = useMemo(() => readTraceFrame(frame), [frame]);
  if (!trace) {
    return (
      <EmptyState variant="not-found" hideImage message="No trace in this answer">
        Grafana shows nothing for a trace frame without spans.
      </EmptyState>
    );
  }
  return (
    <OneTrace
      // Another trace, or filters that another link brought, start afresh.
      key={`${trace.traceId} ${JSON.stringify(panelState?.spanFilters)}`}
      trace={trace}
      jsonData={jsonData}
      panelState={panelState}
      onOpenReference={onOpenReference}
    />
  );
}

type OneTraceProps = Omit<TracePanelProps, 'frame'> & { readonly trace: ViewTrace };

function OneTrace({ trace, jsonData, panelState, onOpenReference }: OneTraceProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const [filters, setFilters] = useState<SpanFilters>(panelState?.spanFilters ?? {});
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const colors = useMemo(() => serviceColors(trace.services, theme), [trace, theme]);
  const matches = useMemo(() => filterSpans(trace.spans, filters), [trace, filters]);
  const visible = useMemo(
    () => visibleSpans(trace.spans, collapsed, filters.matchesOnly ? matches : undefined),
    [trace, collapsed, filters.matchesOnly, matches]
  );
  const collapseAll = (isCollapsed: boolean) =>
    setCollapsed(
      new Set(isCollapsed ? trace.spans.filter(({ childCount }) => childCount > 0).map(({ spanId }) => spanId) : [])
    );
  return (
    <div className={styles.panel}>
      <TraceHeader trace={trace} />
      {trace.losses.map((loss) => (
        <Alert key={loss} severity="error" title={loss} />
      ))}
      <TraceSearch filters={filters} matchCount={matches?.size} onChange={setFilters} onCollapseAll={collapseAll} />
      <Minimap trace={trace} colors={colors} />
      <SpanList
        trace={trace}
        colors={colors}
        visible={visible}
        matches={matches}
        collapsed={collapsed}
        onCollapsedChange={setCollapsed}
        focusedSpanId={panelState?.spanId}
        jsonData={jsonData}
        onOpenReference={onOpenReference}
      />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ padding: theme.spacing(0, 1, 1), minWidth: 0 }),
});
