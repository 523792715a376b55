import { css } from '@emotion/css';
import {
  dateTime,
  LoadingState,
  type AnnotationEvent,
  type DataFrame,
  type GrafanaTheme2,
  type TimeRange,
} from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Alert, ErrorBoundaryAlert, Icon, PanelChrome, Tooltip, useStyles2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { checkFrame } from '../../../testkit/frameLaws';
import { changeTimeRange } from '../address';
import { NoValue } from '../panels/NothingToDraw';
import { usePreparedFrames } from '../panels/usePreparedFrame';
import { useWorkbench } from '../workbenchContext';
import type { Panel } from './dashboardJson';
import type { DashboardScope } from './DashboardScope';
import { EDGE_TO_EDGE, panelViews } from './panelViews';
import { usePanelData } from './usePanelData';

interface DashboardPanelProps {
  readonly panel: Panel;
  readonly scope: DashboardScope;
  readonly range: TimeRange;
  readonly width: number;
  readonly height: number;
  readonly dashboardUid: string;
  readonly events: readonly AnnotationEvent[];
}

const NO_FRAMES: readonly DataFrame[] = [];

/** One panel: its frame with state and notices, and its drawing. */
export function DashboardPanel({ panel, scope, range, width, height, dashboardUid, events }: DashboardPanelProps) {
  const { templateSrv, config } = useWorkbench();
  const { data, dataSource, problem } = usePanelData({ panel, scope, range, width, dashboardUid });
  const series = data?.series ?? NO_FRAMES;
  const frames = usePreparedFrames(series, panel.fieldConfig);
  const annotations = usePreparedFrames(data?.annotations ?? NO_FRAMES);
  const laws = useMemo(() => series.flatMap(checkFrame), [series]);
  const View = panelViews.get(panel.type);
  const source = config.datasources.find(({ uid }) => uid === dataSource?.uid);
  const message = problem ?? data?.error?.message ?? data?.error?.data?.message;
  const zoom = ({ from, to }: { from: number; to: number }) => {
    const { pathname, search } = locationService.getLocation();
    const bounds = { from: dateTime(from), to: dateTime(to) };
    changeTimeRange(pathname, search, { ...bounds, raw: bounds });
  };
  const isWaiting = panel.targets.length > 0 && !data && problem === undefined;
  return (
    <PanelChrome
      title={templateSrv.replace(panel.title)}
      description={panel.description ? () => templateSrv.replace(panel.description) : undefined}
      width={width}
      height={height}
      padding={EDGE_TO_EDGE.has(panel.type) ? 'none' : 'md'}
      displayMode={panel.transparent ? 'transparent' : 'default'}
      loadingState={data?.state === LoadingState.Error ? LoadingState.Done : data?.state}
      statusMessage={message}
      titleItems={<PanelNotices frames={series} />}
    >
      {(innerWidth, innerHeight) => (
        <ErrorBoundaryAlert dependencies={[frames]}>
          {laws.length > 0 && <Alert severity="error" title={`A frame breaks what Grafana expects: ${laws[0]}`} />}
          <NoValue.Provider value={message ?? panel.fieldConfig.defaults.noValue}>
            {!View && (
              <Alert severity="error" title={`The workbench does not draw panels of the type ${panel.type}.`} />
            )}
            {View && !isWaiting && (
              <View
                panel={panel}
                frames={frames}
                raw={series}
                annotations={annotations}
                events={events}
                width={innerWidth}
                height={innerHeight}
                timeRange={range}
                options={panel.options}
                fieldConfig={panel.fieldConfig}
                jsonData={source?.jsonData ?? {}}
                datasourceUid={dataSource?.uid}
                onZoom={zoom}
              />
            )}
          </NoValue.Provider>
        </ErrorBoundaryAlert>
      )}
    </PanelChrome>
  );
}

/** A badge that tells the notices when it is pointed at, as in Grafana's panel header. */
function PanelNotices({ frames }: { frames: readonly DataFrame[] }) {
  const styles = useStyles2(getStyles);
  const notices = new Map(
    frames.flatMap(({ meta }) => (meta?.notices ?? []).map((notice) => [notice.text, notice.severity] as const))
  );
  return (
    <>
      {[...notices].map(([text, severity]) => (
        <Tooltip key={text} content={text}>
          <span className={styles.notice} role="note" aria-label={text} tabIndex={0}>
            <Icon name={severity === 'info' ? 'info-circle' : 'exclamation-triangle'} className={styles[severity]} />
          </span>
        </Tooltip>
      ))}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  notice: css({ display: 'flex', padding: theme.spacing(0.5) }),
  info: css({ color: theme.colors.info.text }),
  warning: css({ color: theme.colors.warning.text }),
  error: css({ color: theme.colors.error.text }),
});
