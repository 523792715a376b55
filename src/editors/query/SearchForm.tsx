import React from 'react';

import { EditorRow } from '@grafana/plugin-ui';
import { Stack } from '@grafana/ui';

import { STATUSES, statusPlace } from '../../query/compileSearch';
import { DEFAULT_SEARCH_LIMIT } from '../../query/defaults';
import type { SearchQuery } from '../../query/query';
import type { QueryField } from '../../query/validate';
import { hasVariable } from '../../query/variableText';
import { useCatalogue, type Lookup } from '../hooks/useCatalogue';
import { testIds } from '../testIds';
import { AttributeRows } from './AttributeRows';
import type { FormProps } from './form';
import { NameField } from './NameField';
import { PlaceBadge } from './PlaceBadge';
import { problemsByField } from './problems';
import { RemoteServiceField } from './RemoteServiceField';
import { TextField } from './TextField';
import { WindowButton } from './WindowButton';

/** The list is known without asking. */
const STATUS_LOOKUP: Lookup<readonly string[]> = { isLoading: false, value: STATUSES, ask: () => undefined };

/** Which traces to list. Shows only what the store can filter by. */
export function SearchForm(props: FormProps<SearchQuery>) {
  const { query, catalogue, catalogueId, capabilities, window, onEdit, onSubmit } = props;
  const { service } = query;
  const services = useCatalogue(catalogueId, (signal) => catalogue.listServices(window, signal));
  const operations = useCatalogue(JSON.stringify([catalogueId, service]), (signal) =>
    service ? catalogue.listSpanNames(service, window, signal) : Promise.resolve([])
  );

  const problemsOf = (part: Partial<SearchQuery>) =>
    problemsByField({ ...query, ...part }, capabilities, (text) => catalogue.interpolate(text));
  const problemOf = (field: QueryField & keyof SearchQuery) => (text: string) =>
    problemsOf({ [field]: text.trim() }).get(field);
  const change = (part: Partial<SearchQuery>) => {
    const changed = { ...query, ...part };
    (problemsOf(part).size === 0 ? onSubmit : onEdit)(changed);
  };

  const needsService = capabilities.search === 'needs-service';
  const statusPlaced = statusPlace(query.status, capabilities);
  return (
    <>
      <EditorRow>
        <NameField
          label="Service"
          tooltip="A service that took part in the trace. Type to filter the list, or type a name or variable that is not in it."
          placeholder={needsService ? 'All services, one by one' : 'Any service'}
          testId={testIds.queryEditor.service}
          value={service}
          lookup={services}
          problem={problemsOf({}).get('service')}
          onChange={(name) =>
            change({
              service: name,
              operation: kept(query, name, query.operation),
              remoteService: kept(query, name, query.remoteService),
            })
          }
        />
        {(capabilities.spanNames || query.operation) && (
          <NameField
            label="Operation"
            tooltip="The name of a span of that service."
            placeholder="Any operation"
            testId={testIds.queryEditor.operation}
            value={query.operation}
            lookup={operations}
            onChange={(name) => change({ operation: name })}
          />
        )}
        {(capabilities.remoteServices || query.remoteService) && (
          <RemoteServiceField
            query={query}
            catalogue={catalogue}
            catalogueId={catalogueId}
            problem={problemsOf({}).get('remoteService')}
            onChange={(name) => change({ remoteService: name })}
          />
        )}
        {(capabilities.attributeOperators.includes('=') || query.tags) && (
          <TextField
            label="Tags"
            tooltip='Attributes that a span must have, as key=value with spaces between. Quote a value with spaces: http.status_code=500 db.statement="SELECT 1"'
            placeholder="http.status_code=500 error=true"
            width={40}
            testId={testIds.queryEditor.tags}
            value={query.tags ?? ''}
            problem={problemOf('tags')}
            onCommit={(text) => change({ tags: text || undefined })}
          />
        )}
        <NameField
          label="Status"
          tooltip="The outcome of a span: error when it failed, ok when the code said that it went well, unset when nothing was said."
          placeholder="Any status"
          testId={testIds.queryEditor.status}
          width={16}
          value={query.status}
          lookup={STATUS_LOOKUP}
          problem={problemsOf({}).get('status')}
          badge={statusPlaced && <PlaceBadge place={statusPlaced} />}
          onChange={(status) => change({ status })}
        />
        {(capabilities.durationRange || query.minDuration || query.maxDuration) && (
          <>
            <TextField
              label="Min duration"
              tooltip="Only spans that took at least this long, such as 1.5ms, 300us or 1h30m."
              placeholder="100ms"
              width={14}
              testId={testIds.queryEditor.minDuration}
              value={query.minDuration ?? ''}
              problem={problemOf('minDuration')}
              onCommit={(text) => change({ minDuration: text || undefined })}
            />
            <TextField
              label="Max duration"
              tooltip="Only spans that took at most this long, such as 1.5ms, 300us or 1h30m."
              placeholder="1.2s"
              width={14}
              testId={testIds.queryEditor.maxDuration}
              value={query.maxDuration ?? ''}
              problem={problemOf('maxDuration')}
              onCommit={(text) => change({ maxDuration: text || undefined })}
            />
          </>
        )}
        <TextField
          label="Limit"
          tooltip="The largest number of traces to list."
          placeholder={String(DEFAULT_SEARCH_LIMIT)}
          width={10}
          testId={testIds.queryEditor.limit}
          value={query.limit === undefined ? '' : String(query.limit)}
          problem={problemOf('limit')}
          onCommit={(text) => change({ limit: limitOf(text) })}
        />
        <Stack alignItems="flex-end">
          <WindowButton query={query} onForget={onSubmit} />
        </Stack>
      </EditorRow>
      <AttributeRows
        filters={query.filters ?? []}
        tags={query.tags}
        service={service}
        catalogue={catalogue}
        catalogueId={catalogueId}
        capabilities={capabilities}
        window={window}
        onChange={(filters) => change({ filters: filters.length === 0 ? undefined : filters })}
      />
    </>
  );
}

/** An operation belongs to its service, as do those it calls; a variable may well fit the next one. */
function kept({ service }: SearchQuery, next: string | undefined, name: string | undefined): string | undefined {
  return next === service || hasVariable(name ?? '') ? name : undefined;
}

/** A number is saved as one, as Grafana's own source does; what holds a variable stays text. */
function limitOf(text: string): number | string | undefined {
  return text === '' ? undefined : /^\d+$/.test(text) ? Number(text) : text;
}
