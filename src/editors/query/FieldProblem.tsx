import React, { type ReactNode } from 'react';

import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

interface Props {
  /** For `aria-describedby` of the control. */
  readonly id?: string;
  readonly children: ReactNode;
}

/** A sentence under a field, broken into lines so that it does not push the fields beside it away. */
export function FieldProblem({ id, children }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <span id={id} className={styles.text}>
      {children}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  text: css({
    display: 'inline-block',
    verticalAlign: 'top',
    maxWidth: theme.spacing(36),
    overflowWrap: 'anywhere',
    button: {
      marginLeft: theme.spacing(1),
      padding: 0,
      border: 'none',
      background: 'none',
      color: 'inherit',
      font: 'inherit',
      textDecoration: 'underline',
    },
  }),
});
