import { css } from '@emotion/css';
import type { DataFrame } from '@grafana/data';
import { checkFields, FlameGraph, getMessageCheckFieldsResult } from '@grafana/flamegraph';
import { Alert, PanelChrome, useStyles2, useTheme2 } from '@grafana/ui';
import React, { useCallback } from 'react';

/** A flame graph in Explore. */
export const FlameGraphPanel = ({ frame }: { frame: DataFrame }) => (
  <PanelChrome title={frame.name || 'Flame graph'}>
    <FlameGraphView frame={frame} />
  </PanelChrome>
);

/** Grafana's own flame graph with its table of labels; a frame with `valueRight` and `selfRight` is drawn as a difference. */
export function FlameGraphView({ frame }: { frame: DataFrame }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const getTheme = useCallback(() => theme, [theme]);
  const wrong = checkFields(frame);
  return (
    <>
      {wrong && (
        <Alert severity="error" title="Grafana would not draw this flame graph">
          {getMessageCheckFieldsResult(wrong)}
        </Alert>
      )}
      {!wrong && frame.length > 0 && (
        <div className={styles.body}>
          <FlameGraph data={frame} getTheme={getTheme} showAnalyzeWithAssistant={false} keepFocusOnDataChange />
        </div>
      )}
    </>
  );
}

const getStyles = () => ({
  // The table is as high as the graph beside it: two rows and a half for a trace of three levels.
  body: css({ '[class*="-horizontalContainer"]': { minHeight: 320 } }),
});
