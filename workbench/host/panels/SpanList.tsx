import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import React, { useEffect, useRef, useState } from 'react';
import type { TraceJsonData } from '../../../src/datasource/settings';
import { formatDuration } from '../trace/formatDuration';
import type { ViewTrace } from '../trace/viewTrace';
import { SpanDetail, type OpenReference } from './SpanDetail';
import { NAME_WIDTH, SpanRow } from './SpanRow';

interface SpanListProps {
  readonly trace: ViewTrace;
  readonly colors: ReadonlyMap<string, string>;
  /** Indices into `trace.spans`. */
  readonly visible: readonly number[];
  readonly matches?: ReadonlySet<string>;
  readonly collapsed: ReadonlySet<string>;
  readonly onCollapsedChange: (collapsed: ReadonlySet<string>) => void;
  readonly focusedSpanId?: string;
  readonly jsonData: TraceJsonData;
  readonly onOpenReference: OpenReference;
}

const ROW_HEIGHT = 28;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** A copy with the element in it if it was not, and without it if it was. */
function toggled(set: ReadonlySet<string>, element: string): ReadonlySet<string> {
  const copy = new Set(set);
  return copy.delete(element) ? copy : copy.add(element);
}

/** The rows of the waterfall. Only those on screen exist, so tens of thousands of spans cost no more than fifty. */
export function SpanList(props: SpanListProps) {
  const { trace, colors, visible, matches, collapsed, onCollapsedChange, focusedSpanId, jsonData } = props;
  const styles = useStyles2(getStyles);
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(focusedSpanId ? [focusedSpanId] : []));
  // Its functions change what they answer between renders; the list uses them only while rendering.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: visible.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (row) => trace.spans[visible[row]].spanId,
    overscan: 12,
  });
  useEffect(() => {
    const row = visible.findIndex((index) => trace.spans[index].spanId === focusedSpanId);
    if (row >= 0) {
      setOpen((before) => new Set(before).add(focusedSpanId!));
      rows.scrollToIndex(row, { align: 'center' });
    }
    // Only a new address moves the list; opening a span must not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [trace, focusedSpanId]);
  return (
    <div className={styles.list}>
      <div className={styles.ticks}>
        <span className={styles.nameHead}>Service &amp; operation</span>
        {TICKS.map((share) => (
          <span key={share} className={styles.tick} style={{ left: `${NAME_WIDTH + share * (100 - NAME_WIDTH)}%` }}>
            {formatDuration((trace.endTime - trace.startTime) * share)}
          </span>
        ))}
      </div>
      <div ref={scroller} className={styles.scroller} role="tree" aria-label="Spans" tabIndex={-1}>
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index: row, key, start }) => {
            const span = trace.spans[visible[row]];
            return (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={row}
                className={styles.item}
                style={{ transform: `translateY(${start}px)` }}
              >
                <SpanRow
                  span={span}
                  trace={trace}
                  color={colors.get(span.serviceName)!}
                  spanBar={jsonData.spanBar}
                  isCollapsed={collapsed.has(span.spanId)}
                  isOpen={open.has(span.spanId)}
                  isFocused={span.spanId === focusedSpanId}
                  isMatch={matches?.has(span.spanId)}
                  onToggleChildren={() => onCollapsedChange(toggled(collapsed, span.spanId))}
                  onToggleDetail={() => setOpen(toggled(open, span.spanId))}
                />
                {open.has(span.spanId) && (
                  <SpanDetail span={span} trace={trace} jsonData={jsonData} onOpenReference={props.onOpenReference} />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ border: `1px solid ${theme.colors.border.weak}`, minWidth: 640 }),
  ticks: css({
    position: 'relative',
    height: 28,
    // The same gutter as the scroller's, so that ticks and bars share their edges.
    overflow: 'hidden',
    scrollbarGutter: 'stable',
    background: theme.colors.background.secondary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    fontSize: 12,
    lineHeight: '28px',
  }),
  nameHead: css({ paddingLeft: theme.spacing(1), fontWeight: theme.typography.fontWeightMedium }),
  tick: css({
    position: 'absolute',
    top: 0,
    paddingLeft: theme.spacing(0.5),
    whiteSpace: 'nowrap',
    color: theme.colors.text.secondary,
    '&:last-child': { transform: 'translateX(-100%)', paddingRight: theme.spacing(0.5) },
  }),
  scroller: css({ maxHeight: 640, overflowY: 'auto', scrollbarGutter: 'stable' }),
  item: css({ position: 'absolute', top: 0, left: 0, width: '100%' }),
});
