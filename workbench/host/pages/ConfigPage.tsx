import { css } from '@emotion/css';
import type { DataSourceSettings, GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Alert, Button, Combobox, ErrorBoundaryAlert, Field, Input, useStyles2 } from '@grafana/ui';
import React, { Suspense, useEffect, useState } from 'react';
import { configHref, uidOfConfigPath, useAddress } from '../address';
import { TestResult, type Outcome } from '../config/TestResult';
import { saveAndTest } from '../config/saveAndTest';
import { editableSettings } from '../workbenchConfig';
import { useWorkbench } from '../workbenchContext';

/** Grafana's settings page of a data source, with the plugin's real editor. */
export function ConfigPage() {
  const styles = useStyles2(getStyles);
  const workbench = useWorkbench();
  const { config, plugin } = workbench;
  const uid = uidOfConfigPath(useAddress().pathname);
  const ours = config.datasources.filter(({ type }) => type === config.pluginId);
  const source = ours.find((candidate) => candidate.uid === uid);
  const [settings, setSettings] = useState<DataSourceSettings>();
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    setSettings(source && editableSettings(source, config));
  }, [source, config]);
  useEffect(() => setOutcome(undefined), [uid]);
  const { ConfigEditor } = plugin.components;
  if (!source || !settings) {
    return (
      <Alert severity="error" title={source ? 'Loading …' : `No data source of this plugin has the uid "${uid}".`} />
    );
  }
  const submit = async () => {
    setOutcome({ status: 'running' });
    setOutcome(await saveAndTest(settings, workbench));
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className={styles.head}>
        <h2>{source.name}</h2>
        <Combobox
          aria-label="Data source"
          options={ours.map((candidate) => ({ value: candidate.uid, label: candidate.name }))}
          value={uid}
          width={30}
          onChange={({ value }) => locationService.push(configHref(value))}
        />
      </div>
      <Field label="Name">
        <Input
          id="data-source-name"
          width={40}
          value={settings.name}
          onChange={({ currentTarget }) => setSettings({ ...settings, name: currentTarget.value })}
        />
      </Field>
      <ErrorBoundaryAlert title="The settings editor failed">
        <Suspense fallback={null}>
          {ConfigEditor ? (
            <ConfigEditor key={uid} options={settings} onOptionsChange={setSettings} />
          ) : (
            <Alert severity="error" title="The plugin has no settings editor." />
          )}
        </Suspense>
      </ErrorBoundaryAlert>
      {outcome && <TestResult outcome={outcome} />}
      <Button type="submit" disabled={outcome?.status === 'running'}>
        Save &amp; test
      </Button>
    </form>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({
    maxWidth: 900,
    margin: '0 auto',
    padding: theme.spacing(2, 3, 4),
    background: theme.colors.background.primary,
  }),
  head: css({
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    marginBottom: theme.spacing(2),
    h2: { margin: 0 },
  }),
});
