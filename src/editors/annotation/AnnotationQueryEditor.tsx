import React, { useEffect } from 'react';

import type { QueryEditorProps } from '@grafana/data';
import { EditorField, EditorRow, EditorRows } from '@grafana/plugin-ui';
import { RadioButtonGroup } from '@grafana/ui';

import type { TraceAnnotationQuery } from '../../datasource/annotations';
import type { TraceJsonData } from '../../datasource/settings';
import type { TraceDataSource } from '../../datasource/TraceDataSource';
import type { BackendCapabilities } from '../../query/capabilities';
import type { TraceQuery } from '../../query/query';
import { useCatalogue } from '../hooks/useCatalogue';
import { assumedCapabilities } from '../query/problems';
import { SearchForm } from '../query/SearchForm';
import { testIds } from '../testIds';

type Props = QueryEditorProps<TraceDataSource, TraceQuery, TraceJsonData>;

const SHAPES = [
  { value: 'points' as const, label: 'Points', description: 'A line where each trace starts' },
  { value: 'regions' as const, label: 'Regions', description: 'A band from the start of each trace to its end' },
];

/** Which traces are drawn over the panels of a dashboard, and how. */
export default function AnnotationQueryEditor({ query: saved, datasource, range, onChange, onRunQuery }: Props) {
  const query = datasource.searchOfAnnotation(saved);
  const capabilities = useCatalogue<BackendCapabilities>(datasource.uid, (signal) => datasource.capabilities(signal));
  const { ask } = capabilities;
  useEffect(ask, [ask]);
  const save = (part: Partial<TraceAnnotationQuery>) => onChange({ ...query, ...part } as TraceAnnotationQuery);
  const keep = (changed: TraceQuery) => onChange({ ...changed, shape: query.shape } as TraceAnnotationQuery);
  return (
    <div data-testid={testIds.annotationEditor.root}>
      <EditorRows>
        <SearchForm
          query={query}
          catalogue={datasource}
          catalogueId={datasource.uid}
          capabilities={capabilities.value ?? assumedCapabilities}
          window={datasource.windowOf(range)}
          correctsClockSkew={datasource.correctsClockSkew}
          readPasted={(text) => datasource.normalize({ query: text })}
          onEdit={keep}
          onSubmit={(changed) => {
            keep(changed);
            onRunQuery();
          }}
        />
        <EditorRow>
          <EditorField label="Drawn as">
            <RadioButtonGroup options={SHAPES} value={query.shape} onChange={(shape) => save({ shape })} />
          </EditorField>
        </EditorRow>
      </EditorRows>
    </div>
  );
}
