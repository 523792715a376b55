import { css } from '@emotion/css';
import { getFieldDisplayName, type DataFrame, type GrafanaTheme2 } from '@grafana/data';
import { Alert, EmptyState, PanelChrome, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { fieldText, readLogsFrame, type LogsFrame } from '../logs/readLogsFrame';
import { LogRow, type LogField } from './LogRow';
import { usePreparedFrame } from './usePreparedFrame';

/** Rows are not virtual here; what Grafana asks of a Loki by default. */
const LINE_LIMIT = 1000;

const ORDERS = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
];

/** A logs frame in Explore, newest first as Explore starts. */
export function LogsPanel({ frame }: { frame: DataFrame }) {
  const styles = useStyles2(getStyles);
  const [order, setOrder] = useState('newest');
  return (
    <PanelChrome
      title={frame.name || 'Logs'}
      padding="none"
      titleItems={<span className={styles.count}>{lineCount(frame.length)}</span>}
      actions={<RadioButtonGroup aria-label="Order" size="sm" options={ORDERS} value={order} onChange={setOrder} />}
    >
      <LogsView frame={frame} isOldestFirst={order === 'oldest'} />
    </PanelChrome>
  );
}

/** A list of lines; opened, a line shows its labels and links. */
export function LogsView({ frame, isOldestFirst }: { frame: DataFrame; isOldestFirst: boolean }) {
  const prepared = usePreparedFrame(frame);
  const { logs, problem } = useMemo(() => read(prepared), [prepared]);
  const rows = useMemo(() => {
    const direction = isOldestFirst ? 1 : -1;
    // Lines of one instant turn around with the rest.
    return [...(logs?.lines ?? [])]
      .sort((a, b) => direction * (a.timeMs - b.timeMs || a.rowIndex - b.rowIndex))
      .slice(0, LINE_LIMIT)
      .map((line) => ({ line, fields: fieldsOf(logs!, line.rowIndex) }));
  }, [logs, isOldestFirst]);
  return (
    <>
      {problem && (
        <Alert severity="error" title="Grafana would show no line of this frame">
          {problem}
        </Alert>
      )}
      <div role="log" aria-label={frame.name || 'Log lines'} aria-live="off">
        {rows.map(({ line, fields }) => (
          <LogRow key={line.id} entry={line} level={line.level} fields={fields} />
        ))}
      </div>
      {logs?.lines.length === 0 && <EmptyState variant="not-found" hideImage message="The answer has no lines" />}
    </>
  );
}

function read(frame: DataFrame): { logs?: LogsFrame; problem?: string } {
  try {
    return { logs: readLogsFrame(frame) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

function fieldsOf({ fields }: LogsFrame, rowIndex: number): LogField[] {
  return fields.map((field) => ({
    name: getFieldDisplayName(field),
    value: fieldText(field, rowIndex),
    links: (field.getLinks?.({ valueRowIndex: rowIndex }) ?? []).map(({ title, href, target }) => ({
      title,
      href,
      target: target ?? '_self',
    })),
  }));
}

function lineCount(count: number): string {
  const shown = count > LINE_LIMIT ? `${LINE_LIMIT} of ` : '';
  return count === 1 ? '1 line' : `${shown}${count} lines`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  count: css({ color: theme.colors.text.secondary, ...theme.typography.bodySmall }),
});
