import React, { lazy, Suspense } from 'react';

import { EditorField, EditorRow } from '@grafana/plugin-ui';
import { LoadingPlaceholder, RadioButtonGroup } from '@grafana/ui';

import type { LanguageCatalogue } from '../../datasource/languageCatalogue';
import { DEFAULT_SEARCH_LIMIT } from '../../query/defaults';
import { LANGUAGE_METRICS, LANGUAGE_TABLES, type LanguageQuery } from '../../query/query';
import { isTraceqlMetrics } from '../../query/traceqlText';
import type { QueryField } from '../../query/validate';
import { testIds } from '../testIds';
import type { FormProps } from './form';
import { problemsByField } from './problems';
import { TextField } from './TextField';

const TraceqlEditor = lazy(() => import('./TraceqlEditor'));

interface Props extends FormProps<LanguageQuery> {
  readonly language: LanguageCatalogue;
  /** What the server said to the query as it is saved, if it refused it. */
  readonly refusal?: string;
}

const TABLE_NAMES = { traces: 'Traces', spans: 'Spans' } as const;
const METRICS_NAMES = { range: 'Over time', instant: 'One value' } as const;

/** A query in TraceQL, with the options that its answer has: a table of traces, or numbers. */
export function TraceqlForm(props: Props) {
  const { query, language, window, refusal, catalogue, capabilities, onEdit, onSubmit } = props;
  const change = (part: Partial<LanguageQuery>) => {
    const changed = { ...query, ...part };
    (changed.query === '' || problemsOf(changed).size > 0 ? onEdit : onSubmit)(changed);
  };
  const problemsOf = (changed: LanguageQuery) =>
    problemsByField(changed, capabilities, (text) => catalogue.interpolate(text));
  const number = (field: 'limit' | 'spss' | 'exemplars', label: string, tooltip: string, placeholder: string) => (
    <TextField
      label={label}
      tooltip={tooltip}
      placeholder={placeholder}
      width={14}
      testId={testIds.queryEditor[field]}
      value={query[field] === undefined ? '' : String(query[field])}
      problem={(text) => problemsOf({ ...query, [field]: text.trim() }).get(field satisfies QueryField)}
      onCommit={(text) => change({ [field]: text === '' ? undefined : /^\d+$/.test(text) ? Number(text) : text })}
    />
  );

  return (
    <>
      <div data-testid={testIds.queryEditor.traceql}>
        <Suspense fallback={<LoadingPlaceholder text="Loading the editor" />}>
          <TraceqlEditor
            value={query.query}
            language={language}
            window={window}
            refusal={refusal}
            onCommit={(text) => change({ query: text })}
          />
        </Suspense>
      </div>
      <EditorRow>
        {isTraceqlMetrics(query.query) ? (
          <>
            <EditorField label="Answer" tooltip="A series for a chart, or one number for the whole range, as a table.">
              <RadioButtonGroup
                options={LANGUAGE_METRICS.map((value) => ({ value, label: METRICS_NAMES[value] }))}
                value={query.metricsQueryType ?? 'range'}
                onChange={(metricsQueryType) => change({ metricsQueryType })}
              />
            </EditorField>
            {query.metricsQueryType !== 'instant' && (
              <>
                <TextField
                  label="Step"
                  tooltip="The time between two points, such as 30s or 5m. Empty means what fits the panel."
                  placeholder="auto"
                  width={14}
                  testId={testIds.queryEditor.step}
                  value={query.step ?? ''}
                  problem={(text) => problemsOf({ ...query, step: text.trim() }).get('step')}
                  onCommit={(text) => change({ step: text || undefined })}
                />
                {number(
                  'exemplars',
                  'Exemplars',
                  'At most so many traces that stand for points of the series.',
                  'auto'
                )}
              </>
            )}
          </>
        ) : (
          <>
            {number('limit', 'Limit', 'The largest number of traces to list.', String(DEFAULT_SEARCH_LIMIT))}
            {number('spss', 'Spans per trace', 'How many of the matching spans are listed for each trace.', '3')}
            <EditorField label="Rows" tooltip="Traces with their matching spans inside, or these spans.">
              <RadioButtonGroup
                options={LANGUAGE_TABLES.map((value) => ({ value, label: TABLE_NAMES[value] }))}
                value={query.tableType ?? 'traces'}
                onChange={(tableType) => change({ tableType })}
              />
            </EditorField>
          </>
        )}
      </EditorRow>
    </>
  );
}
