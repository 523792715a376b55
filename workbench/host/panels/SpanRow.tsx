import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, IconButton, useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import type { TraceJsonData } from '../../../src/datasource/settings';
import { formatDuration } from '../trace/formatDuration';
import type { ViewSpan, ViewTrace } from '../trace/viewTrace';

/** Share of the width that the names take, in percent. */
export const NAME_WIDTH = 38;

const INDENT_PX = 14;
/** Deeper spans are not moved further right: their names would leave the column. */
const DEEPEST_INDENT = 14;

interface SpanRowProps {
  readonly span: ViewSpan;
  readonly trace: ViewTrace;
  readonly color: string;
  readonly spanBar: TraceJsonData['spanBar'];
  readonly isCollapsed: boolean;
  readonly isOpen: boolean;
  readonly isFocused: boolean;
  /** `undefined` when nothing is filtered. */
  readonly isMatch?: boolean;
  readonly onToggleChildren: () => void;
  readonly onToggleDetail: () => void;
}

/** What `jsonData.spanBar` puts beside the bar: nothing, a tag (the span's before its service's), or the duration. */
function barLabel(span: ViewSpan, spanBar: TraceJsonData['spanBar']): string {
  const duration = formatDuration(span.duration);
  if (spanBar?.type === 'None') {
    return '';
  }
  if (spanBar?.type === 'Tag' && spanBar.tag) {
    const tag = [...span.tags, ...span.serviceTags].find(({ key }) => key === spanBar.tag);
    return tag ? `(${String(tag.value)}) ${duration}` : duration;
  }
  return duration;
}

/** One span: its place in the tree, its names, and its bar on the time line. */
export function SpanRow(props: SpanRowProps) {
  const { span, trace, color, isCollapsed, isOpen, onToggleChildren, onToggleDetail } = props;
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const whole = Math.max(trace.endTime - trace.startTime, Number.MIN_VALUE);
  const left = ((span.startTime - trace.startTime) / whole) * 100;
  const width = (span.duration / whole) * 100;
  const showsError = span.isError || (isCollapsed && span.hasErrorBelow);
  const isLabelLeft = left + width > 75 && left > 30;
  const isLabelInside = left + width > 75 && !isLabelLeft;
  return (
    <div
      className={cx(
        styles.row,
        props.isMatch && styles.match,
        props.isMatch === false && styles.noMatch,
        props.isFocused && styles.focused
      )}
      role="treeitem"
      aria-level={span.depth + 1}
      aria-expanded={span.childCount > 0 ? !isCollapsed : undefined}
      aria-selected={props.isFocused}
    >
      <div className={styles.name} style={{ paddingLeft: 4 + Math.min(span.depth, DEEPEST_INDENT) * INDENT_PX }}>
        {span.childCount > 0 ? (
          <IconButton
            name={isCollapsed ? 'angle-right' : 'angle-down'}
            aria-label={isCollapsed ? 'Show children' : 'Hide children'}
            onClick={onToggleChildren}
          />
        ) : (
          <span className={styles.leaf} />
        )}
        <button
          type="button"
          className={styles.toggle}
          style={{ borderLeftColor: color }}
          aria-expanded={isOpen}
          onClick={onToggleDetail}
        >
          {showsError && (
            <Icon
              name="exclamation-circle"
              title="Error"
              className={styles.error}
              style={{ color: span.errorIconColor }}
            />
          )}
          <strong>{span.serviceName}</strong>
          <span className={styles.operation}>{span.operationName}</span>
        </button>
        {span.references.length > 0 && <Icon name="link" title="Links to other spans" className={styles.mark} />}
        {span.warnings.length > 0 && (
          <Icon name="exclamation-triangle" title={span.warnings.join('\n')} className={styles.warning} />
        )}
      </div>
      <div className={styles.track} onClick={onToggleDetail} aria-hidden="true">
        <div className={styles.bar} style={{ left: `${left}%`, width: `max(2px, ${width}%)`, background: color }}>
          {span.events.map(({ timestamp }, index) => (
            <span
              key={index}
              className={styles.event}
              style={{ left: `${span.duration > 0 ? ((timestamp - span.startTime) / span.duration) * 100 : 0}%` }}
            />
          ))}
        </div>
        <span
          className={styles.label}
          style={
            isLabelInside
              ? { left: `calc(${left}% + 6px)`, color: theme.colors.getContrastText(color) }
              : isLabelLeft
                ? { right: `calc(${100 - left}% + 4px)` }
                : { left: `calc(${left + width}% + 6px)` }
          }
        >
          {barLabel(span, props.spanBar)}
        </span>
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', height: 28, '&:hover': { background: theme.colors.action.hover } }),
  match: css({ background: theme.colors.warning.transparent }),
  noMatch: css({ opacity: 0.55 }),
  focused: css({ background: theme.colors.action.selected, boxShadow: `inset 2px 0 ${theme.colors.primary.main}` }),
  name: css({
    display: 'flex',
    alignItems: 'center',
    width: `${NAME_WIDTH}%`,
    minWidth: 0,
    paddingRight: theme.spacing(0.5),
    borderRight: `1px solid ${theme.colors.border.weak}`,
  }),
  leaf: css({ flex: 'none', width: 24 }),
  toggle: css({
    flex: 1,
    minWidth: 0,
    padding: theme.spacing(0, 0.75),
    border: 0,
    borderLeft: '4px solid',
    background: 'none',
    textAlign: 'left',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: 13,
    strong: { fontWeight: theme.typography.fontWeightMedium },
  }),
  operation: css({ marginLeft: theme.spacing(1), color: theme.colors.text.secondary }),
  error: css({ color: theme.colors.error.text, marginRight: theme.spacing(0.5) }),
  warning: css({ color: theme.colors.warning.text, flex: 'none' }),
  mark: css({ color: theme.colors.text.secondary, flex: 'none' }),
  track: css({ position: 'relative', flex: 1, minWidth: 0, overflow: 'hidden', cursor: 'pointer' }),
  bar: css({ position: 'absolute', top: 7, height: 14, borderRadius: 2 }),
  event: css({
    position: 'absolute',
    top: -1,
    width: 2,
    height: 16,
    background: theme.colors.text.primary,
    opacity: 0.6,
  }),
  label: css({
    position: 'absolute',
    top: 0,
    lineHeight: '28px',
    fontSize: 11,
    whiteSpace: 'nowrap',
    color: theme.colors.text.secondary,
  }),
});
