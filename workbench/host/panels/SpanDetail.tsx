import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, LinkButton, TextLink, useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';
import type { TraceJsonData } from '../../../src/datasource/settings';
import { logsHref } from '../address';
import { exploreHref } from '../exploreUrl';
import { formatDuration } from '../trace/formatDuration';
import { spanLinks } from '../trace/spanLinks';
import { spanLogsLink } from '../trace/spanLogsLink';
import type { ViewReference, ViewSpan, ViewTrace } from '../trace/viewTrace';
import { useWorkbench } from '../workbenchContext';
import { TagTable } from './TagTable';

/** The address that opens a span of this or another trace, as the trace view makes it. */
export type OpenReference = (reference: Pick<ViewReference, 'traceId' | 'spanId'>) => string;

interface SpanDetailProps {
  readonly span: ViewSpan;
  readonly trace: ViewTrace;
  readonly jsonData: TraceJsonData;
  readonly onOpenReference: OpenReference;
}

const STATUS = ['unset', 'ok', 'error'];

/** Everything the frame says about one span. */
export function SpanDetail({ span, trace, jsonData, onOpenReference }: SpanDetailProps) {
  const styles = useStyles2(getStyles);
  const { templateSrv, timeRange } = useWorkbench();
  const logs = spanLogsLink(span, jsonData.tracesToLogsV2, (text, scopedVars) => templateSrv.replace(text, scopedVars));
  const links = spanLinks(span, trace.links, (text, scopedVars) => templateSrv.replace(text, scopedVars));
  const facts: ReadonlyArray<readonly [string, string | undefined]> = [
    ['Duration', formatDuration(span.duration)],
    ['Start', formatDuration(span.startTime - trace.startTime)],
    ['Kind', span.kind],
    ['Status', span.statusCode === undefined ? undefined : STATUS[span.statusCode]],
    ['Status message', span.statusMessage],
    ['Library', [span.libraryName, span.libraryVersion].filter(Boolean).join(' ') || undefined],
    ['Trace state', span.traceState],
  ];
  return (
    <section className={styles.detail} aria-label={`Details of ${span.operationName}`}>
      <div className={styles.head}>
        <h3 className={styles.title}>{span.operationName}</h3>
        {logs && (
          <LinkButton
            size="sm"
            icon="gf-logs"
            href={logsHref(logs.expr, { from: String(logs.fromMs), to: String(logs.toMs) }, logs.datasourceUid)}
          >
            Logs for this span
          </LinkButton>
        )}
        {links.map(({ title, target }) => (
          <LinkButton
            key={title}
            size="sm"
            icon="link"
            variant="secondary"
            href={exploreHref({ ...target, range: timeRange.raw })}
          >
            {title}
          </LinkButton>
        ))}
      </div>
      <div className={styles.facts}>
        {facts.map(
          ([name, value]) =>
            value && (
              <span key={name}>
                {name}: <strong>{value}</strong>
              </span>
            )
        )}
      </div>
      <Group name="Span attributes" count={span.tags.length} isOpen>
        <TagTable tags={span.tags} />
      </Group>
      <Group name="Resource attributes" count={span.serviceTags.length} isOpen>
        <TagTable tags={span.serviceTags} />
      </Group>
      <Group name="Warnings" count={span.warnings.length} isOpen>
        <ul className={styles.warnings}>
          {span.warnings.map((warning, index) => (
            <li key={index}>
              <Icon name="exclamation-triangle" /> {warning}
            </li>
          ))}
        </ul>
      </Group>
      <Group name="Events" count={span.events.length}>
        {span.events.map((event, index) => (
          <div key={index}>
            <strong>{formatDuration(event.timestamp - trace.startTime)}</strong> {event.name}
            <TagTable tags={event.fields} />
          </div>
        ))}
      </Group>
      <Group name="References" count={span.references.length} isOpen>
        {span.references.map((reference, index) => (
          <div key={index}>
            <TextLink inline href={onOpenReference(reference)}>
              {`Span ${reference.spanId} in ${reference.traceId === span.traceId ? 'this trace' : `trace ${reference.traceId}`}`}
            </TextLink>
            <TagTable tags={reference.tags} />
          </div>
        ))}
      </Group>
      <Group name="Stack traces" count={span.stackTraces.length}>
        {span.stackTraces.map((stackTrace, index) => (
          <pre key={index}>{stackTrace}</pre>
        ))}
      </Group>
      <footer className={styles.foot}>
        Span ID <code>{span.spanId}</code>{' '}
        <TextLink inline variant="bodySmall" href={onOpenReference(span)}>
          Link to this span
        </TextLink>
      </footer>
    </section>
  );
}

interface GroupProps {
  readonly name: string;
  readonly count: number;
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}

const Group = ({ name, count, isOpen, children }: GroupProps) =>
  count === 0 ? null : (
    <details open={isOpen}>
      <summary>
        {name} ({count})
      </summary>
      {children}
    </details>
  );

const getStyles = (theme: GrafanaTheme2) => ({
  detail: css({
    padding: theme.spacing(1, 2, 1.5),
    background: theme.colors.background.secondary,
    borderTop: `1px solid ${theme.colors.border.weak}`,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    fontSize: 13,
    summary: { cursor: 'pointer', padding: theme.spacing(0.5, 0), fontWeight: theme.typography.fontWeightMedium },
  }),
  head: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  title: css({ ...theme.typography.h5, margin: 0, marginRight: 'auto', overflowWrap: 'anywhere' }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(0.5, 0),
    color: theme.colors.text.secondary,
    strong: { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
  }),
  warnings: css({ listStyle: 'none', color: theme.colors.warning.text }),
  foot: css({ marginTop: theme.spacing(1), color: theme.colors.text.secondary, fontSize: 12, textAlign: 'right' }),
});
