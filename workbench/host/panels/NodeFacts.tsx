import { css } from '@emotion/css';
import { getLinksSupplier, type GrafanaTheme2 } from '@grafana/data';
import { IconButton, LinkButton, useStyles2 } from '@grafana/ui';
import React from 'react';
import type { GraphNode } from '../graph/readNodeGraph';
import { hasUnknownVariable } from '../logs/logLinks';
import { useWorkbench } from '../workbenchContext';

/** What Grafana puts into a node's menu: its texts, its details, and the links of every column of its row. */
export function NodeFacts({ node, onClose }: { node: GraphNode; onClose: () => void }) {
  const styles = useStyles2(getStyles);
  const { templateSrv } = useWorkbench();
  const links = node.frame.fields
    .flatMap((field) =>
      getLinksSupplier(node.frame, field, field.state?.scopedVars ?? {}, (text, scopedVars, format) =>
        templateSrv.replace(text, scopedVars, format)
      )({ valueRowIndex: node.rowIndex })
    )
    .filter(({ href }) => !hasUnknownVariable(decodeURIComponent(href)));
  const facts = [...(node.subtitle ? [['', node.subtitle] as const] : []), ...node.details];
  return (
    <aside className={styles.facts} aria-label={`Details of ${node.title}`}>
      <div className={styles.head}>
        <strong>{node.title || node.id}</strong>
        <IconButton name="times" aria-label="Close" onClick={onClose} />
      </div>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          {name && <span>{name}</span>} {value}
        </div>
      ))}
      {links.map(({ href, title }) => (
        <LinkButton key={href + title} size="sm" fill="text" icon="compass" href={href}>
          {title}
        </LinkButton>
      ))}
    </aside>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({
    position: 'absolute',
    top: theme.spacing(1),
    right: theme.spacing(2),
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    maxWidth: 320,
    padding: theme.spacing(1),
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z2,
  }),
  head: css({
    display: 'flex',
    justifyContent: 'space-between',
    alignSelf: 'stretch',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  }),
  fact: css({ overflowWrap: 'anywhere', span: { color: theme.colors.text.secondary } }),
});
