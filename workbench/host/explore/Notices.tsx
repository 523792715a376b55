import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2, QueryResultMetaNotice } from '@grafana/data';
import { Icon, TextLink, useStyles2 } from '@grafana/ui';
import React from 'react';

const icons = { info: 'info-circle', warning: 'exclamation-triangle', error: 'exclamation-circle' } as const;

/** The notices of all frames, each once, where Grafana shows a badge that has to be pointed at. */
export function Notices({ frames }: { frames: readonly DataFrame[] }) {
  const styles = useStyles2(getStyles);
  const noticeByText = new Map<string, QueryResultMetaNotice & { refId?: string }>();
  for (const { meta, refId } of frames) {
    meta?.notices?.forEach((notice) => noticeByText.set(`${refId} ${notice.text}`, { ...notice, refId }));
  }
  const hasSeveral = new Set(frames.map(({ refId }) => refId)).size > 1;
  if (noticeByText.size === 0) {
    return null;
  }
  return (
    <ul className={styles.list} aria-label="Notices">
      {[...noticeByText].map(([key, { severity, text, link, refId }]) => (
        <li key={key} className={styles.notice}>
          <Icon name={icons[severity]} className={styles[severity]} title={severity} />
          <span>
            {hasSeveral && <strong>{refId}: </strong>}
            {text}{' '}
            {link && (
              <TextLink inline external href={link}>
                More
              </TextLink>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none' }),
  notice: css({ display: 'flex', alignItems: 'flex-start', gap: theme.spacing(1), padding: theme.spacing(0.25, 0) }),
  info: css({ color: theme.colors.info.text, flex: 'none', marginTop: 3 }),
  warning: css({ color: theme.colors.warning.text, flex: 'none', marginTop: 3 }),
  error: css({ color: theme.colors.error.text, flex: 'none', marginTop: 3 }),
});
