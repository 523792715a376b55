import { css, cx } from '@emotion/css';
import { dateTime, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Link, TimeRangePicker, ToolbarButton, useStyles2 } from '@grafana/ui';
import React from 'react';
import { changeTimeRange, configHref, DASHBOARDS_PATH, logsHref, useAddress, type PageName } from './address';
import { exploreHref } from './exploreUrl';
import type { ThemeMode } from './shell';
import { writeTimeRange } from './timeRangeUrl';
import { useWorkbench } from './workbenchContext';

interface TopBarProps {
  readonly page: PageName;
  readonly mode: ThemeMode;
  readonly onModeChange: (mode: ThemeMode) => void;
}

/** Half a range earlier or later, or twice as wide: what the arrows and the lens of Grafana's picker do. */
function moved(range: TimeRange, earlierBy: number, laterBy: number): TimeRange {
  const span = range.to.valueOf() - range.from.valueOf();
  const from = dateTime(range.from.valueOf() - span * earlierBy);
  const to = dateTime(range.to.valueOf() + span * laterBy);
  return { from, to, raw: { from, to } };
}

/** Name, pages, time range and theme. */
export function TopBar({ page, mode, onModeChange }: TopBarProps) {
  const styles = useStyles2(getStyles);
  const { config, timeRange } = useWorkbench();
  const { pathname, search } = useAddress();
  const ours = config.datasources.find(({ type }) => type === config.pluginId);
  const range = writeTimeRange(timeRange);
  const setRange = (next: TimeRange) => changeTimeRange(pathname, search, next);
  const links: ReadonlyArray<readonly [PageName, string, string]> = [
    ['logs', 'Logs', logsHref(undefined, range)],
    ['explore', 'Explore', exploreHref({ datasource: ours?.uid, queries: [], range })],
    ['dashboards', 'Dashboards', DASHBOARDS_PATH],
    ['config', 'Settings', configHref(ours?.uid ?? '')],
  ];
  return (
    <header className={styles.bar}>
      <img
        className={styles.logo}
        src={`/public/plugins/${config.pluginId}/${config.pluginMeta.info.logos.small}`}
        alt=""
      />
      <h1 className={styles.title}>{config.pluginMeta.name} workbench</h1>
      <nav className={styles.pages} aria-label="Pages">
        {links.map(([name, label, href]) => (
          <Link
            key={name}
            href={href}
            className={cx(styles.link, name === page && styles.current)}
            aria-current={name === page ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      <div className={styles.end}>
        {page !== 'config' && pathname !== DASHBOARDS_PATH && (
          <TimeRangePicker
            value={timeRange}
            onChange={setRange}
            onChangeTimeZone={() => undefined}
            onMoveBackward={() => setRange(moved(timeRange, 0.5, -0.5))}
            onMoveForward={() => setRange(moved(timeRange, -0.5, 0.5))}
            onZoom={() => setRange(moved(timeRange, 0.5, 0.5))}
            isOnCanvas
          />
        )}
        <ToolbarButton
          icon="palette"
          variant="canvas"
          tooltip={mode === 'dark' ? 'Light theme' : 'Dark theme'}
          onClick={() => {
            const next = mode === 'dark' ? 'light' : 'dark';
            onModeChange(next);
            if (new URLSearchParams(search).has('theme')) {
              locationService.partial({ theme: next }, true);
            }
          }}
        />
      </div>
    </header>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    position: 'sticky',
    top: 0,
    zIndex: theme.zIndex.navbarFixed,
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    padding: theme.spacing(0.5, 2),
    minHeight: theme.spacing(6),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  logo: css({ width: 24, height: 24 }),
  title: css({ ...theme.typography.h5, margin: 0, whiteSpace: 'nowrap' }),
  pages: css({ display: 'flex', gap: theme.spacing(0.5), marginLeft: theme.spacing(1) }),
  link: css({
    padding: theme.spacing(0.5, 1.25),
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.secondary,
    '&:hover, &:focus-visible': { color: theme.colors.text.primary, background: theme.colors.action.hover },
  }),
  current: css({ color: theme.colors.text.primary, background: theme.colors.action.selected }),
  end: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), marginLeft: 'auto' }),
});
