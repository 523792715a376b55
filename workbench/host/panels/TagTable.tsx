import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import type { ViewTag } from '../trace/viewTrace';

/** A value as it is in the frame: texts plain, everything else as JSON, so that `"5"` and `5` look different from `[5]`. */
const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));

/** Keys and values, sorted by key as the trace view sorts them. Long values wrap and scroll rather than grow the page. */
export function TagTable({ tags }: { tags: readonly ViewTag[] }) {
  const styles = useStyles2(getStyles);
  const sorted = [...tags].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return (
    <table className={styles.table}>
      <tbody>
        {sorted.map(({ key, value }, index) => (
          <tr key={index}>
            <th scope="row">{key}</th>
            <td className={typeof value === 'number' || typeof value === 'boolean' ? styles.literal : undefined}>
              <div className={styles.value}>{valueText(value)}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    width: '100%',
    tableLayout: 'fixed',
    marginBottom: theme.spacing(0.5),
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: 12,
    tr: { borderTop: `1px solid ${theme.colors.border.weak}` },
    th: {
      width: '30%',
      padding: theme.spacing(0.25, 1),
      fontWeight: 'normal',
      color: theme.colors.text.secondary,
      verticalAlign: 'top',
      overflowWrap: 'anywhere',
    },
    td: { padding: theme.spacing(0.25, 1) },
  }),
  literal: css({ color: theme.visualization.getColorByName('blue') }),
  value: css({ maxHeight: 160, overflowY: 'auto', overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }),
});
