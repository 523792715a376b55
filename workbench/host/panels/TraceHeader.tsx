import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Badge, ClipboardButton, useStyles2 } from '@grafana/ui';
import React from 'react';
import { formatDuration } from '../trace/formatDuration';
import type { ViewTrace } from '../trace/viewTrace';

/** Title, id and the numbers of a trace. */
export function TraceHeader({ trace }: { trace: ViewTrace }) {
  const styles = useStyles2(getStyles);
  const [root] = trace.spans;
  const errors = trace.spans.filter(({ isError }) => isError).length;
  const depth = trace.spans.reduce((deepest, span) => Math.max(deepest, span.depth + 1), 0);
  const facts = [
    ['Start', dateTimeFormat(trace.startTime, { format: 'YYYY-MM-DD HH:mm:ss.SSS' })],
    ['Duration', formatDuration(trace.endTime - trace.startTime)],
    ['Services', trace.services.length],
    ['Depth', depth],
    ['Spans', trace.spans.length],
  ] as const;
  return (
    <header className={styles.header}>
      <div className={styles.titleRow}>
        <h2 className={styles.title}>
          {root.serviceName}: {root.operationName}
        </h2>
        {errors > 0 && (
          <Badge color="red" icon="exclamation-circle" text={errors === 1 ? '1 error' : `${errors} errors`} />
        )}
      </div>
      <div className={styles.facts}>
        <span className={styles.id}>
          {trace.traceId}
          <ClipboardButton
            size="sm"
            fill="text"
            variant="secondary"
            icon="copy"
            aria-label="Copy the trace ID"
            getText={() => trace.traceId}
          />
        </span>
        {facts.map(([name, value]) => (
          <span key={name}>
            {name} <strong>{value}</strong>
          </span>
        ))}
      </div>
    </header>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  header: css({ padding: theme.spacing(0, 0, 1) }),
  titleRow: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), minWidth: 0 }),
  title: css({ ...theme.typography.h4, margin: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  id: css({ display: 'inline-flex', alignItems: 'center', fontFamily: theme.typography.fontFamilyMonospace }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 3),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    strong: { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
  }),
});
