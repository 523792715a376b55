import {
  applyFieldOverrides,
  cacheFieldDisplayNames,
  mapInternalLinkToExplore,
  type DataFrame,
  type DataLinkPostProcessor,
} from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';
import { hasUnknownVariable } from '../logs/logLinks';
import { useWorkbench } from '../workbenchContext';

/**
 * A frame as panels get it: with display processors, and data links as Explore makes them: internal ones carry the range
 * of the pane, and one with a variable that nobody knows is not shown.
 */
export function usePreparedFrame(frame: DataFrame): DataFrame {
  const theme = useTheme2();
  const { templateSrv, timeRange } = useWorkbench();
  return useMemo(() => {
    const postProcess: DataLinkPostProcessor = ({ link, field, dataLinkScopedVars, replaceVariables, linkModel }) => {
      const shown = link.internal
        ? mapInternalLinkToExplore({
            link,
            internalLink: link.internal,
            scopedVars: dataLinkScopedVars,
            range: timeRange,
            field,
            replaceVariables,
          })
        : linkModel;
      return hasUnknownVariable(decodeURIComponent(shown.href)) ? undefined : shown;
    };
    const frames = applyFieldOverrides({
      data: [frame],
      fieldConfig: { defaults: {}, overrides: [] },
      theme,
      timeZone: 'browser',
      replaceVariables: (text, scopedVars, format) => templateSrv.replace(text, scopedVars, format),
      dataLinkPostProcessor: postProcess,
    });
    cacheFieldDisplayNames(frames);
    return frames[0];
  }, [frame, theme, templateSrv, timeRange]);
}
