import React from 'react';

import { EditorRow } from '@grafana/plugin-ui';

import type { SearchQuery } from '../../query/query';
import { useCatalogue } from '../hooks/useCatalogue';
import { testIds } from '../testIds';
import { durationProblem, limitProblem, searchProblem, tagsProblem } from './fieldProblems';
import type { FormProps } from './form';
import { NameField } from './NameField';
import { TextField } from './TextField';

const MISSING_SERVICE_PLACEHOLDER = 'Choose a service';

/** Which traces to list. Shows only what the store can filter by. */
export function SearchForm({ query, catalogue, catalogueId, capabilities, onEdit, onSubmit }: FormProps<SearchQuery>) {
  const { service, operation } = query;
  const services = useCatalogue(catalogueId, (signal) => catalogue.listServices(signal));
  const operations = useCatalogue(JSON.stringify([catalogueId, service]), (signal) =>
    service ? catalogue.listSpanNames(service, signal) : Promise.resolve([])
  );
  const replace = (text: string) => catalogue.interpolate(text);

  const change = (part: Partial<SearchQuery>) => {
    const changed = { ...query, ...part };
    const isComplete = !capabilities || !searchProblem(changed, capabilities, replace);
    (isComplete ? onSubmit : onEdit)(changed);
  };
  const needsService = capabilities?.search === 'needs-service';
  const hasTags = !capabilities || capabilities.attributeOperators.length > 0;
  const hasDurations = !capabilities || capabilities.durationRange;
  const hasOperations = !capabilities || capabilities.spanNames;

  return (
    <EditorRow>
      <NameField
        label="Service"
        tooltip="The service that took part in the trace. Type to filter, or type a name or a variable that is not listed."
        placeholder={needsService ? MISSING_SERVICE_PLACEHOLDER : 'Any service'}
        testId={testIds.queryEditor.service}
        value={service}
        lookup={services}
        onChange={(name) => change({ service: name, operation: keptOperation(query, name) })}
      />
      {hasOperations && (
        <NameField
          label="Operation"
          tooltip="The name of a span of that service."
          placeholder={service ? 'Any operation' : 'Any operation (choose a service to list them)'}
          testId={testIds.queryEditor.operation}
          value={operation}
          lookup={operations}
          onChange={(name) => change({ operation: name })}
        />
      )}
      {hasTags && (
        <TextField
          label="Tags"
          tooltip='Attributes that a span must have, as key=value with spaces between. Quote a value with spaces: http.status_code=500 db.statement="SELECT 1"'
          placeholder="http.status_code=500 error=true"
          width={40}
          testId={testIds.queryEditor.tags}
          value={query.tags ?? ''}
          problem={tagsProblem}
          onCommit={(text) => change({ tags: text || undefined })}
        />
      )}
      {hasDurations && (
        <>
          <TextField
            label="Min duration"
            tooltip="Only spans that took at least this long, such as 1.5ms, 300us or 1h30m."
            placeholder="100ms"
            width={14}
            testId={testIds.queryEditor.minDuration}
            value={query.minDuration ?? ''}
            problem={(text) => durationProblem(replace(text))}
            onCommit={(text) => change({ minDuration: text || undefined })}
          />
          <TextField
            label="Max duration"
            tooltip="Only spans that took at most this long, such as 1.5ms, 300us or 1h30m."
            placeholder="1.2s"
            width={14}
            testId={testIds.queryEditor.maxDuration}
            value={query.maxDuration ?? ''}
            problem={(text) => durationProblem(replace(text))}
            onCommit={(text) => change({ maxDuration: text || undefined })}
          />
        </>
      )}
      <TextField
        label="Limit"
        tooltip="The largest number of traces to list."
        placeholder="20"
        width={10}
        testId={testIds.queryEditor.limit}
        value={query.limit === undefined ? '' : String(query.limit)}
        problem={(text) => limitProblem(replace(text))}
        onCommit={(text) => change({ limit: readLimit(text) })}
      />
    </EditorRow>
  );
}

/** An operation belongs to its service; a variable may well fit the next one. */
function keptOperation(query: SearchQuery, service: string | undefined): string | undefined {
  return service === query.service || query.operation?.includes('$') ? query.operation : undefined;
}

/** A number is saved as one, as Grafana's own source does; what holds a variable stays text. */
function readLimit(text: string): number | string | undefined {
  return text === '' ? undefined : /^\d+$/.test(text) ? Number(text) : text;
}
