import { css } from '@emotion/css';
import { createTheme, ThemeContext, type GrafanaTheme2 } from '@grafana/data';
import { config as grafanaConfig, locationService, LocationServiceProvider } from '@grafana/runtime';
import { ErrorBoundaryAlert, GlobalStyles, ModalRoot, ModalsProvider, PortalContainer, useStyles2 } from '@grafana/ui';
import React, { useCallback, useMemo, useState } from 'react';
import { Router } from 'react-router-dom-v5-compat';
import { pageOf, timeRangeOf, useAddress } from './address';
import type { LoadedPlugin } from './loadPlugin';
import { ConfigPage } from './pages/ConfigPage';
import { DashboardPage } from './pages/DashboardPage';
import { ExplorePage } from './pages/ExplorePage';
import { LogsPage } from './pages/LogsPage';
import type { Services } from './services/installServices';
import { TopBar } from './TopBar';
import { VariablesBar } from './VariablesBar';
import { fetchWorkbenchConfig, instanceSettings, type WorkbenchConfig } from './workbenchConfig';
import { WorkbenchContext, type Workbench } from './workbenchContext';

export type ThemeMode = 'dark' | 'light';

interface ShellProps {
  readonly plugin: LoadedPlugin;
  readonly services: Services;
  readonly initialConfig: WorkbenchConfig;
}

/** Gives the theme to components by context, and to code that reads `config.theme2` as Grafana does. */
function themeOf(mode: ThemeMode): GrafanaTheme2 {
  const theme = createTheme({ colors: { mode } });
  grafanaConfig.theme2 = theme;
  grafanaConfig.theme = theme.v1;
  grafanaConfig.bootData.user.theme = mode;
  localStorage.setItem('workbench.theme', mode);
  document.documentElement.style.colorScheme = mode;
  return theme;
}

function registerSources(services: Services, config: WorkbenchConfig): WorkbenchConfig {
  services.dataSourceSrv.register(config.datasources.map((source) => instanceSettings(source, config)));
  return config;
}

/** The page frame: theme, services, the bars on top, and the page the address names. */
export function Shell({ plugin, services, initialConfig }: ShellProps) {
  const [mode, setMode] = useState<ThemeMode>(() => (grafanaConfig.bootData.user.theme === 'light' ? 'light' : 'dark'));
  const theme = useMemo(() => themeOf(mode), [mode]);
  const [config, setConfig] = useState(() => registerSources(services, initialConfig));
  const { pathname, search } = useAddress();
  const timeRange = useMemo(() => timeRangeOf(pathname, search), [pathname, search]);
  services.templateSrv.updateTimeRange(timeRange);
  const reload = useCallback(async () => {
    const next = registerSources(services, await fetchWorkbenchConfig());
    setConfig(next);
    return next;
  }, [services]);
  const workbench = useMemo<Workbench>(
    () => ({ plugin, config, timeRange, reload, ...services }),
    [plugin, config, timeRange, reload, services]
  );
  return (
    <ThemeContext.Provider value={theme}>
      <LocationServiceProvider service={locationService}>
        <Router location={{ pathname, search }} navigator={locationService.getHistory()}>
          <GlobalStyles />
          <ModalsProvider>
            <WorkbenchContext.Provider value={workbench}>
              <Frame mode={mode} onModeChange={setMode} />
            </WorkbenchContext.Provider>
            <ModalRoot />
          </ModalsProvider>
          <PortalContainer />
        </Router>
      </LocationServiceProvider>
    </ThemeContext.Provider>
  );
}

const pages = { logs: LogsPage, explore: ExplorePage, dashboards: DashboardPage, config: ConfigPage };

function Frame({ mode, onModeChange }: { mode: ThemeMode; onModeChange: (mode: ThemeMode) => void }) {
  const styles = useStyles2(getStyles);
  const page = pageOf(useAddress().pathname);
  const Page = pages[page];
  return (
    <div className={styles.frame}>
      <TopBar page={page} mode={mode} onModeChange={onModeChange} />
      {(page === 'logs' || page === 'explore') && <VariablesBar />}
      <main className={styles.page}>
        <ErrorBoundaryAlert dependencies={[page]}>
          <Page />
        </ErrorBoundaryAlert>
      </main>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({
    display: 'flex',
    flexDirection: 'column',
    minHeight: '100vh',
    background: theme.colors.background.canvas,
  }),
  page: css({ flex: 1, padding: theme.spacing(2), minWidth: 0 }),
});
