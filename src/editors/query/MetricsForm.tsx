import React from 'react';

import { EditorRow } from '@grafana/plugin-ui';

import { isRunnable } from '../../query/isRunnable';
import { readServices } from '../../query/metrics';
import type { MetricsQuery } from '../../query/query';
import type { QueryField } from '../../query/validate';
import { useCatalogue } from '../hooks/useCatalogue';
import { testIds } from '../testIds';
import { ChoiceField } from './ChoiceField';
import type { FormProps } from './form';
import { NameField } from './NameField';
import { NamesField } from './NamesField';
import { problemsByField } from './problems';
import { TextField } from './TextField';

const METRIC_OPTIONS = [
  { value: 'calls', label: 'Rate', description: 'Requests per second' },
  { value: 'errors', label: 'Errors', description: 'The share of requests that failed' },
  { value: 'latencies', label: 'Durations', description: 'Percentiles of how long requests took' },
];

const GROUP_OPTIONS = [
  { value: 'service', label: 'Service' },
  { value: 'operation', label: 'Operation' },
];

const SOURCE_OPTIONS = [
  { value: 'auto', label: 'Automatic', description: 'What the store keeps, else computed from traces' },
  { value: 'store', label: 'Store', description: 'Only what the store keeps' },
  { value: 'traces', label: 'Traces', description: 'Computed from a sample of traces' },
];

/** Rates, errors or durations of services over time. */
export function MetricsForm({
  query,
  catalogue,
  catalogueId,
  capabilities,
  window,
  onEdit,
  onSubmit,
}: FormProps<MetricsQuery>) {
  const [service = ''] = readServices(query);
  const services = useCatalogue(catalogueId, (signal) => catalogue.listServices(window, signal));
  const operations = useCatalogue(JSON.stringify([catalogueId, service]), (signal) =>
    service ? catalogue.listSpanNames(service, window, signal) : Promise.resolve([])
  );
  const problemsOf = (part: Partial<MetricsQuery>) =>
    problemsByField({ ...query, ...part }, capabilities, (text) => catalogue.interpolate(text));
  const problemOf =
    (field: QueryField, changed: (text: string) => Partial<MetricsQuery>) =>
    (text: string): string | undefined =>
      problemsOf(changed(text)).get(field);
  const change = (part: Partial<MetricsQuery>) => {
    const changed = { ...query, ...part };
    (isRunnable(changed) && problemsOf(part).size === 0 ? onSubmit : onEdit)(changed);
  };
  const quantiles = (text: string) => ({ quantiles: listOf(text) });
  const spanKinds = (text: string) => ({ spanKinds: listOf(text) });
  const step = (text: string) => ({ step: text.trim() || undefined });

  return (
    <EditorRow>
      <ChoiceField
        label="Metric"
        tooltip="What is drawn, for each service."
        testId={testIds.queryEditor.metric}
        options={METRIC_OPTIONS}
        value={query.metric}
        width={16}
        problem={problemsOf({}).get('metric')}
        onChange={(metric) => change({ metric })}
      />
      <NamesField
        label="Services"
        tooltip="A series each. Type a name or a variable that is not listed; a variable may hold several."
        placeholder="Choose services"
        testId={testIds.queryEditor.services}
        values={query.services ?? []}
        lookup={services}
        onChange={(names) => change({ services: names.length > 0 ? names : undefined })}
      />
      {(capabilities.spanNames || query.operation) && (
        <NameField
          label="Operation"
          tooltip="Only this operation of the services."
          placeholder="All operations"
          testId={testIds.queryEditor.operation}
          value={query.operation}
          lookup={operations}
          onChange={(operation) => change({ operation })}
        />
      )}
      <ChoiceField
        label="Group by"
        tooltip="A series for each service, or one for each of its operations."
        testId={testIds.queryEditor.groupBy}
        options={GROUP_OPTIONS}
        value={query.groupBy}
        width={16}
        problem={problemsOf({}).get('groupBy')}
        onChange={(groupBy) => change({ groupBy })}
      />
      {query.metric === 'latencies' && (
        <TextField
          label="Quantiles"
          tooltip="A series each, with commas between: p50, p95 or 0.5, 0.95."
          placeholder="p50, p95, p99"
          width={20}
          testId={testIds.queryEditor.quantiles}
          value={(query.quantiles ?? []).join(', ')}
          problem={problemOf('quantiles', quantiles)}
          onCommit={(text) => change(quantiles(text))}
        />
      )}
      <TextField
        label="Span kinds"
        tooltip="Which spans count, with commas between: server, client, producer, consumer, internal. A sample of traces counts all."
        placeholder="server"
        width={16}
        testId={testIds.queryEditor.spanKinds}
        value={(query.spanKinds ?? []).join(', ')}
        problem={problemOf('spanKinds', spanKinds)}
        onCommit={(text) => change(spanKinds(text))}
      />
      <TextField
        label="Step"
        tooltip="Between two points, such as 1m. Empty means what suits the width of the panel."
        placeholder="auto"
        width={10}
        testId={testIds.queryEditor.step}
        value={query.step ?? ''}
        problem={problemOf('step', step)}
        onCommit={(text) => change(step(text))}
      />
      <ChoiceField
        label="Source"
        tooltip="Where the numbers come from. Computed ones say of how many traces."
        testId={testIds.queryEditor.source}
        options={SOURCE_OPTIONS}
        value={query.source}
        width={18}
        problem={problemsOf({}).get('source')}
        onChange={(source) => change({ source })}
      />
    </EditorRow>
  );
}

function listOf(text: string): readonly string[] | undefined {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length === 0 ? undefined : items;
}
