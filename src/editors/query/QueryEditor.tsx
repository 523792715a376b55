import React, { useEffect, useRef } from 'react';

import { CoreApp, type QueryEditorProps } from '@grafana/data';
import { EditorRows } from '@grafana/plugin-ui';
import { Alert, Button, RadioButtonGroup, Stack } from '@grafana/ui';

import type { TraceJsonData } from '../../datasource/settings';
import type { TraceDataSource } from '../../datasource/TraceDataSource';
import type { BackendCapabilities } from '../../query/capabilities';
import { isRunnable } from '../../query/isRunnable';
import type { TraceQuery } from '../../query/query';
import { savedForm } from '../../query/savedForm';
import { useCatalogue } from '../hooks/useCatalogue';
import { testIds } from '../testIds';
import { CompareForm } from './CompareForm';
import { DocumentForm } from './DocumentForm';
import { DownloadButton } from './DownloadButton';
import type { FormProps } from './form';
import { MetricsForm } from './MetricsForm';
import { assumedCapabilities, problemsByField } from './problems';
import { placeOf, type QueryKind, queryKinds, queryOfKind } from './queryKinds';
import { SearchForm } from './SearchForm';
import { ServiceGraphForm } from './ServiceGraphForm';
import { TraceIdField } from './TraceIdField';
import { TraceqlForm } from './TraceqlForm';
import { TraceSwitches } from './TraceSwitches';
import { ViewFieldsForm } from './ViewFieldsForm';
import { chosenView, viewOptions, withView } from './viewOptions';
import { ViewPicker } from './ViewPicker';

type Props = QueryEditorProps<TraceDataSource, TraceQuery, TraceJsonData>;

/** The kind switch and the form of the chosen kind. Saves what a person changed and never rewrites a query unasked. */
export default function QueryEditor(props: Props) {
  const { query: saved, datasource, app, data, range, onChange: onSave, onRunQuery } = props;
  const onChange = (changed: TraceQuery) => onSave(savedForm(changed));
  const query = datasource.normalize(saved);
  const capabilities = useCatalogue<BackendCapabilities>(datasource.uid, (signal) => datasource.capabilities(signal));
  const { ask } = capabilities;
  useEffect(ask, [ask]);

  // Switching to another kind and back must not cost what was typed.
  const left = useRef(new Map<string, TraceQuery>());
  const switchKind = (kind: QueryKind) => {
    left.current.set(query.queryType, query);
    const next = left.current.get(kind) ?? queryOfKind(kind, query);
    onChange(next);
    if (kind === 'serviceGraph' || (kind === 'metrics' && isRunnable(next))) {
      onRunQuery();
    }
  };

  const form: Omit<FormProps<TraceQuery>, 'query'> = {
    catalogue: datasource,
    catalogueId: datasource.uid,
    capabilities: capabilities.value ?? assumedCapabilities,
    window: datasource.windowOf(range),
    correctsClockSkew: datasource.correctsClockSkew,
    // In place of this query, and with nothing of what it asked: another trace lies in another time range.
    readPasted: (text) => datasource.normalize({ ...placeOf(query), query: text }),
    onEdit: onChange,
    onSubmit: (changed) => {
      onChange(changed);
      onRunQuery();
    },
  };

  const problemOfView = problemsByField(query, form.capabilities, (text) => datasource.interpolate(text)).get('view');
  const switchView = (view: string) => {
    const next = withView(query, view);
    (isRunnable(next) ? form.onSubmit : form.onEdit)(next);
  };

  return (
    <div data-testid={testIds.queryEditor.root}>
      <EditorRows>
        <Stack gap={1} alignItems="flex-start" wrap="wrap">
          <div data-testid={testIds.queryEditor.kind}>
            <RadioButtonGroup<string>
              aria-label="Query type"
              options={queryKinds(form.capabilities, query)}
              value={query.queryType}
              onChange={(kind) => switchKind(kind as QueryKind)}
            />
          </div>
          {query.queryType === 'traceql' && <TraceIdField {...form} query={query} />}
          <ViewPicker
            options={viewOptions(query)}
            value={chosenView(query)}
            problem={problemOfView}
            onChange={switchView}
          />
          {(query.queryType === 'traceql' || query.queryType === 'document') && (
            <TraceSwitches {...form} query={query} />
          )}
          <Button
            type="button"
            variant="secondary"
            icon="play"
            aria-label="Run query"
            tooltip="Run query"
            data-testid={testIds.queryEditor.run}
            onClick={onRunQuery}
          />
          {(query.queryType === 'traceql' || query.queryType === 'document') && (
            <DownloadButton query={query} datasource={datasource} />
          )}
        </Stack>
        {query.queryType === 'search' && <SearchForm {...form} query={query} />}
        {query.queryType === 'document' && (
          <DocumentForm
            {...form}
            query={query}
            documents={datasource.documents}
            isInAddress={app === CoreApp.Explore}
          />
        )}
        {(query.queryType === 'traceql' || query.queryType === 'search' || query.queryType === 'document') && (
          <ViewFieldsForm {...form} query={query} />
        )}
        {query.queryType === 'language' && (
          <TraceqlForm
            {...form}
            query={query}
            language={datasource.language}
            refusal={data?.errors?.find(({ refId }) => refId === query.refId)?.message}
          />
        )}
        {query.queryType === 'compare' && <CompareForm {...form} query={query} />}
        {query.queryType === 'serviceGraph' && <ServiceGraphForm {...form} query={query} />}
        {query.queryType === 'metrics' && <MetricsForm {...form} query={query} />}
        {query.queryType === 'unsupported' && (
          <Alert data-testid={testIds.queryEditor.problem} severity="warning" title="This query cannot be run">
            {query.reason}
          </Alert>
        )}
      </EditorRows>
    </div>
  );
}
