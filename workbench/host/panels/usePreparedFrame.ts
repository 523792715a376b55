import {
  applyFieldOverrides,
  cacheFieldDisplayNames,
  mapInternalLinkToExplore,
  type DataFrame,
  type DataLinkPostProcessor,
  type FieldConfigSource,
} from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';
import { hasUnknownVariable } from '../logs/logLinks';
import { useWorkbench } from '../workbenchContext';
import { fieldConfigRegistry } from './fieldConfigRegistry';

const NO_CONFIG: FieldConfigSource = { defaults: {}, overrides: [] };

/**
 * Frames as panels get them: with the panel's field config, display processors, and data links as Explore makes them:
 * internal ones carry the range of the page, and one with a variable that nobody knows is not shown. `config` must stay
 * the same object from render to render.
 */
export function usePreparedFrames(frames: readonly DataFrame[], config: FieldConfigSource = NO_CONFIG): DataFrame[] {
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
    const prepared = applyFieldOverrides({
      data: [...frames],
      fieldConfig: config,
      fieldConfigRegistry: config === NO_CONFIG ? undefined : fieldConfigRegistry(config),
      theme,
      timeZone: 'browser',
      replaceVariables: (text, scopedVars, format) => templateSrv.replace(text, scopedVars, format),
      dataLinkPostProcessor: postProcess,
    });
    cacheFieldDisplayNames(prepared);
    return prepared;
  }, [frames, config, theme, templateSrv, timeRange]);
}

/** One frame, without a field config of the panel. */
export function usePreparedFrame(frame: DataFrame): DataFrame {
  const frames = useMemo(() => [frame], [frame]);
  return usePreparedFrames(frames)[0];
}
