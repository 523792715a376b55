import { DataSourcePlugin, type QueryEditorProps } from '@grafana/data';
import { createElement, lazy, Suspense, type ComponentType, type FunctionComponent } from 'react';

import { createAnnotationSupport } from './datasource/annotations';
import { TraceDataSource } from './datasource/TraceDataSource';
import type { TraceJsonData } from './datasource/settings';
import { TraceVariableSupport } from './datasource/variables';
import type { TraceQuery } from './query/query';
import type { VariableQuery } from './query/variableQuery';

/**
 * A dashboard that only shows traces never loads an editor. A chunk that is gone (the plugin was updated while the page
 * was open) is told in place of the editor instead of taking the page down.
 */
function lazily<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>
): FunctionComponent<Props> {
  const Loaded = lazy(() => load().catch(() => ({ default: NotLoaded as ComponentType<Props> })));
  return function Lazy(props) {
    return createElement(
      Suspense,
      { fallback: null },
      createElement<Props>(Loaded as unknown as ComponentType<Props>, props)
    );
  };
}

function NotLoaded() {
  return 'This part of the Tracebridge plugin could not be loaded. Reload the page.';
}

const VariableEditor = lazily<QueryEditorProps<TraceDataSource, TraceQuery, TraceJsonData, VariableQuery>>(
  () => import('./editors/variable/VariableQueryEditor')
);

const AnnotationEditor = lazily<QueryEditorProps<TraceDataSource, TraceQuery, TraceJsonData>>(
  () => import('./editors/annotation/AnnotationQueryEditor')
);

/** The data source with the editors that Grafana looks for on the instance; the class itself knows none. */
class EditableDataSource extends TraceDataSource {
  annotations = createAnnotationSupport(this, AnnotationEditor);
  variables = new TraceVariableSupport((query, place) => this.findVariableValues(query, place), VariableEditor);
}

export const plugin = new DataSourcePlugin<TraceDataSource, TraceQuery, TraceJsonData>(EditableDataSource)
  .setConfigEditor(lazily(() => import('./editors/config/ConfigEditor')))
  .setQueryEditor(lazily(() => import('./editors/query/QueryEditor')))
  .setQueryEditorHelp(lazily(() => import('./editors/cheatsheet/CheatSheet')));
