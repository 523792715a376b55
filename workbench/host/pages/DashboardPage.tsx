import { css } from '@emotion/css';
import { rangeUtil, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Card, EmptyState, LoadingPlaceholder, RefreshPicker, TextLink, useStyles2 } from '@grafana/ui';
import React, { useEffect, useMemo, useState } from 'react';
import { dashboardHref, uidOfDashboardPath, useAddress } from '../address';
import type { Dashboard } from '../dashboard/dashboardJson';
import { AnnotationControls } from '../dashboard/AnnotationControls';
import { DashboardGrid } from '../dashboard/DashboardGrid';
import type { DashboardScope } from '../dashboard/DashboardScope';
import { mentions } from '../dashboard/resolveVariables';
import { useAnnotations } from '../dashboard/useAnnotations';
import { useDashboards } from '../dashboard/useDashboards';
import { useVariables } from '../dashboard/useVariables';
import { VariableControls } from '../dashboard/VariableControls';
import { ErrorAlert } from '../ErrorText';
import { useWorkbench, WorkbenchContext } from '../workbenchContext';

/** The dashboards of the plugin: a list, or the one that the address names. */
export function DashboardPage() {
  const { pathname } = useAddress();
  const { dashboards, problem } = useDashboards();
  if (problem !== undefined) {
    return <ErrorAlert title="The dashboards could not be read" error={problem} />;
  }
  if (!dashboards) {
    return <LoadingPlaceholder text="Loading dashboards" />;
  }
  const uid = uidOfDashboardPath(pathname);
  if (uid === undefined) {
    return <DashboardList dashboards={dashboards} />;
  }
  const dashboard = dashboards.find((candidate) => candidate.uid === uid);
  return dashboard ? (
    <OneDashboard key={uid} dashboard={dashboard} dashboards={dashboards} />
  ) : (
    <EmptyState variant="not-found" message={`There is no dashboard “${uid}”`} />
  );
}

function DashboardList({ dashboards }: { dashboards: readonly Dashboard[] }) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.list} aria-label="Dashboards">
      {dashboards.map((dashboard) => (
        <li key={dashboard.uid}>
          <Card href={dashboardHref(dashboard)} noMargin>
            <Card.Heading>{dashboard.title}</Card.Heading>
            <Card.Description>{dashboard.description}</Card.Description>
          </Card>
        </li>
      ))}
    </ul>
  );
}

interface OneDashboardProps {
  readonly dashboard: Dashboard;
  readonly dashboards: readonly Dashboard[];
}

function OneDashboard({ dashboard, dashboards }: OneDashboardProps) {
  const styles = useStyles2(getStyles);
  const workbench = useWorkbench();
  const { search } = useAddress();
  const [runs, setRuns] = useState(0);
  const range = useMemo(
    (): TimeRange => (runs >= 0 ? rangeUtil.convertRawToRange(workbench.timeRange.raw) : workbench.timeRange),
    [workbench.timeRange, runs]
  );
  const scope = useVariables(dashboard, search, range);
  const [enabled, setEnabled] = useState(() => new Set(enabledAnnotations(dashboard)));
  const annotations = useMemo(
    () => dashboard.annotations.filter(({ name }) => enabled.has(name)),
    [dashboard, enabled]
  );
  const { events, problem } = useAnnotations(annotations, scope, range);
  const context = useMemo(() => ({ ...workbench, timeRange: range }), [workbench, range]);
  const parameters = new URLSearchParams(search);
  const isComplete = parameters.has('from');
  const refresh = parameters.get('refresh') ?? dashboard.refresh;
  useEffect(() => {
    if (!isComplete) {
      locationService.partial(dashboard.time, true);
    }
  }, [isComplete, dashboard]);
  useEffect(() => {
    if (refresh === '') {
      return undefined;
    }
    const timer = setInterval(() => setRuns((count) => count + 1), rangeUtil.intervalToMs(refresh));
    return () => clearInterval(timer);
  }, [refresh]);
  if (!scope || !isComplete) {
    return <LoadingPlaceholder text={`Loading ${dashboard.title}`} />;
  }
  return (
    <WorkbenchContext.Provider value={context}>
      <div className={styles.head}>
        <h1 className={styles.title}>{dashboard.title}</h1>
        <DashboardLinks dashboard={dashboard} dashboards={dashboards} />
        <div className={styles.end}>
          <RefreshPicker
            isOnCanvas
            value={refresh}
            intervals={['5s', '10s', '30s', '1m', '5m']}
            onRefresh={() => setRuns((count) => count + 1)}
            onIntervalChanged={(interval) => locationService.partial({ refresh: interval || null }, true)}
          />
        </div>
      </div>
      <div className={styles.variables}>
        <VariableControls scope={scope} onChange={(name, values) => changeVariable(scope, name, values)} />
        <AnnotationControls
          annotations={dashboard.annotations}
          enabled={enabled}
          onChange={(name, isEnabled) =>
            setEnabled((before) => new Set([...before].filter((other) => other !== name).concat(isEnabled ? name : [])))
          }
        />
      </div>
      {problem !== undefined && <ErrorAlert title="The annotations could not be read" error={problem} />}
      <DashboardGrid dashboard={dashboard} scope={scope} range={range} events={events} />
    </WorkbenchContext.Provider>
  );
}

const enabledAnnotations = ({ annotations }: Dashboard) =>
  annotations.flatMap(({ name, enable }) => (enable ? [name] : []));

/** Writes a variable into the address, and forgets those whose options follow from it. */
function changeVariable(scope: DashboardScope, name: string, values: readonly string[]): void {
  const dependent = scope.variables.filter(
    ({ definition }) => definition.type === 'query' && mentions(definition, name)
  );
  const forgotten = dependent.map(({ definition }) => [`var-${definition.name}`, null] as const);
  // An empty list would leave the parameter out, and a variable without one goes back to what was saved.
  locationService.partial({ ...Object.fromEntries(forgotten), [`var-${name}`]: values.length > 0 ? values : '' });
}

/** Links to other dashboards; they take variables and range along where the dashboard says so. */
function DashboardLinks({ dashboard, dashboards }: OneDashboardProps) {
  const styles = useStyles2(getStyles);
  const { templateSrv } = useWorkbench();
  const parts = ({ includeVars, keepTime }: Dashboard['links'][number]) =>
    [includeVars && '${__all_variables}', keepTime && '${__url_time_range}'].filter(Boolean).join('&');
  const links = dashboard.links.flatMap((link) =>
    link.type === 'dashboards'
      ? dashboards
          .filter(({ uid, tags }) => uid !== dashboard.uid && (link.tags ?? []).every((tag) => tags.includes(tag)))
          .map((other) => ({ title: other.title, href: `${dashboardHref(other)}?${parts(link)}` }))
      : [{ title: link.title, href: link.url ?? '' }]
  );
  return (
    <nav className={styles.links} aria-label="Dashboard links">
      {links.map(({ title, href }) => (
        <TextLink key={title} inline={false} variant="bodySmall" icon="apps" href={templateSrv.replace(href)}>
          {title}
        </TextLink>
      ))}
    </nav>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'grid', gap: theme.spacing(1), listStyle: 'none', maxWidth: 800 }),
  head: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(2), marginBottom: theme.spacing(1) }),
  title: css({ ...theme.typography.h4, margin: 0 }),
  links: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2) }),
  end: css({ marginLeft: 'auto' }),
  variables: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), marginBottom: theme.spacing(1) }),
});
