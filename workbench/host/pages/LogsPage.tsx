import { css } from '@emotion/css';
import { LoadingState, type GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Alert, Combobox, EmptyState, InlineSwitch, Input, PanelChrome, RefreshPicker, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useAddress } from '../address';
import { ErrorAlert } from '../ErrorText';
import { LokiRow } from '../panels/LokiRow';
import type { LogEntry } from '../logs/logEntry';
import { useLogs } from '../logs/useLogs';
import { useWorkbench } from '../workbenchContext';

/** Every stream of the shop; Loki refuses a query without a matcher that excludes the empty value. */
const DEFAULT_EXPR = '{service_name=~".+"}';

/** Log lines as Explore shows them for Loki, with the links of the provisioned derived fields and correlations. */
export function LogsPage() {
  const styles = useStyles2(getStyles);
  const { config, timeRange, templateSrv } = useWorkbench();
  const { search } = useAddress();
  const parameters = new URLSearchParams(search);
  const sources = config.datasources.filter(({ type }) => type === 'loki');
  const source = sources.find(({ uid }) => uid === parameters.get('ds')) ?? sources[0];
  const expr = parameters.get('query') ?? DEFAULT_EXPR;
  const [isLive, setLive] = useState(true);
  const [run, setRun] = useState(0);
  // A fixed range has nothing new to show.
  const canBeLive = timeRange.raw.to === 'now';
  const replaced = templateSrv.replace(expr);
  const { entries, error, isLoading } = useLogs(source?.url, replaced, timeRange, isLive && canBeLive, run);
  if (!source) {
    return <Alert severity="info" title="No Loki data source is provisioned, so there are no logs to show." />;
  }
  const ask = (text: string) =>
    text === expr ? setRun((count) => count + 1) : locationService.partial({ query: text });
  return (
    <>
      <div className={styles.toolbar}>
        <Combobox
          aria-label="Log data source"
          options={sources.map(({ uid, name }) => ({ value: uid, label: name }))}
          value={source.uid}
          width={24}
          onChange={({ value }) => locationService.partial({ ds: value })}
        />
        <Input
          key={expr}
          className={styles.query}
          aria-label="LogQL query"
          defaultValue={expr}
          onBlur={({ currentTarget }) => currentTarget.value !== expr && ask(currentTarget.value)}
          onKeyDown={({ key, currentTarget }) => key === 'Enter' && ask(currentTarget.value)}
        />
        <InlineSwitch
          label="Live"
          showLabel
          value={isLive && canBeLive}
          disabled={!canBeLive}
          onChange={({ currentTarget }) => setLive(currentTarget.checked)}
        />
        <RefreshPicker
          text="Run query"
          primary
          noIntervalPicker
          onRefresh={() => setRun((count) => count + 1)}
          onIntervalChanged={() => undefined}
        />
      </div>
      {error !== undefined && <ErrorAlert title="The logs could not be read" error={error} />}
      <PanelChrome
        title="Logs"
        description="Click a line for its labels and fields."
        loadingState={isLoading ? LoadingState.Loading : LoadingState.Done}
        padding="none"
        titleItems={
          entries && (
            <span className={styles.count}>
              {entries.length === 1 ? 'One line' : `${entries.length} lines, newest first`}
            </span>
          )
        }
      >
        <div className={styles.lines} role="log" aria-label="Log lines" aria-live="off">
          {withKeys(entries ?? []).map(([key, entry]) => (
            <LokiRow key={key} entry={entry} source={source} />
          ))}
          {entries?.length === 0 && (
            <EmptyState variant="not-found" hideImage message="No log lines in this time range">
              Choose a wider range, or a query that matches more.
            </EmptyState>
          )}
        </div>
      </PanelChrome>
    </>
  );
}

/** Keys that stay with their lines when newer ones come on top; equal lines of one instant are counted. */
function withKeys(entries: readonly LogEntry[]): Array<readonly [string, LogEntry]> {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const identity = `${entry.timeNs} ${entry.line}`;
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    return [`${identity} ${count}`, entry] as const;
  });
}

const getStyles = (theme: GrafanaTheme2) => ({
  toolbar: css({
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(2),
  }),
  query: css({ flex: 1, minWidth: 240, fontFamily: theme.typography.fontFamilyMonospace }),
  count: css({ color: theme.colors.text.secondary, ...theme.typography.bodySmall }),
  lines: css({ paddingBottom: theme.spacing(1), minHeight: 120 }),
});
