import { renderMarkdown, type GrafanaTheme2 } from '@grafana/data';
import { css } from '@emotion/css';
import { Drawer, useStyles2 } from '@grafana/ui';
import React from 'react';
import readme from './README.md?raw';

/** The README of the workbench, which says what it does not imitate. */
export function Limits({ onClose }: { onClose: () => void }) {
  const styles = useStyles2(getStyles);
  return (
    <Drawer title="The workbench" subtitle="workbench/host/README.md" size="md" onClose={onClose}>
      {/* Our own file, bundled with the page; renderMarkdown sanitizes all the same. */}
      <div
        className={styles.text}
        dangerouslySetInnerHTML={{ __html: renderMarkdown(readme.replace(/^# .*\n/, '')) }}
      />
    </Drawer>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  text: css({
    'h2, h3': { ...theme.typography.h4, marginTop: theme.spacing(3) },
    'p, li': { lineHeight: 1.6 },
    'ul, ol': { paddingLeft: theme.spacing(3) },
    table: { borderCollapse: 'collapse', width: '100%' },
    'td, th': { border: `1px solid ${theme.colors.border.weak}`, padding: theme.spacing(0.5, 1), textAlign: 'left' },
    pre: { padding: theme.spacing(1), overflowX: 'auto' },
  }),
});
