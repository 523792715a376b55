import { css } from '@emotion/css';
import type { DataSourceSettings, GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Alert, Button, Combobox, ErrorBoundaryAlert, Field, Input, useStyles2 } from '@grafana/ui';
import React, { Suspense, useState } from 'react';
import { configHref, uidOfConfigPath, useAddress } from '../address';
import { TestResult, type Outcome } from '../config/TestResult';
import { saveAndTest } from '../config/saveAndTest';
import { editableSettings, type ProvisionedDataSource } from '../workbenchConfig';
import { useWorkbench } from '../workbenchContext';

/** Grafana's settings page of the data source that the address names. */
export function ConfigPage() {
  const { config } = useWorkbench();
  const uid = uidOfConfigPath(useAddress().pathname);
  const source = config.datasources.find((candidate) => candidate.uid === uid && candidate.type === config.pluginId);
  return source ? (
    <SettingsForm key={uid} source={source} />
  ) : (
    <Alert severity="error" title={`No data source of this plugin has the uid "${uid}".`} />
  );
}

/** The plugin's real editor between name and "Save & test". What is typed lasts until another data source is chosen. */
function SettingsForm({ source }: { source: ProvisionedDataSource }) {
  const styles = useStyles2(getStyles);
  const workbench = useWorkbench();
  const { config, plugin } = workbench;
  const [settings, setSettings] = useState<DataSourceSettings>(() => editableSettings(source, config));
  const [outcome, setOutcome] = useState<Outcome>();
  const { ConfigEditor } = plugin.components;
  const submit = async () => {
    setOutcome({ status: 'running' });
    const result = await saveAndTest(settings, workbench);
    setOutcome(result.outcome);
    const saved = result.config?.datasources.find(({ uid }) => uid === source.uid);
    if (saved && result.config) {
      setSettings(editableSettings(saved, result.config));
    }
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
          options={config.datasources
            .filter(({ type }) => type === config.pluginId)
            .map(({ uid, name }) => ({ value: uid, label: name }))}
          value={source.uid}
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
            <ConfigEditor options={settings} onOptionsChange={setSettings} />
          ) : (
            <Alert severity="error" title="The plugin has no settings editor." />
          )}
        </Suspense>
      </ErrorBoundaryAlert>
      <div className={styles.foot} />
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
  foot: css({ height: theme.spacing(3) }),
  head: css({
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    marginBottom: theme.spacing(2),
    h2: { margin: 0 },
  }),
});
