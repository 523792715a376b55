import React from 'react';

import { EditorRow } from '@grafana/plugin-ui';

import type { ServiceGraphQuery } from '../../query/query';
import { DEFAULT_HOPS } from '../../query/serviceGraph';
import { useCatalogue } from '../hooks/useCatalogue';
import { testIds } from '../testIds';
import { ChoiceField } from './ChoiceField';
import type { FormProps } from './form';
import { NameField } from './NameField';
import { problemsByField } from './problems';
import { TextField } from './TextField';

const SOURCE_OPTIONS = [
  { value: 'auto', label: 'Automatic', description: 'The first of these that there is' },
  { value: 'store', label: 'Store', description: 'What the store counted itself' },
  { value: 'metrics', label: 'Metrics', description: 'Service graph metrics in the Prometheus of the settings' },
  { value: 'traces', label: 'Traces', description: 'Counted here, in a sample of traces' },
];

/** Which services call which, all of them or those around one. */
export function ServiceGraphForm(props: FormProps<ServiceGraphQuery>) {
  const { query, catalogue, catalogueId, capabilities, window, onEdit, onSubmit } = props;
  const services = useCatalogue(catalogueId, (signal) => catalogue.listServices(window, signal));
  const problemsOf = (part: Partial<ServiceGraphQuery>) =>
    problemsByField({ ...query, ...part }, capabilities, (text) => catalogue.interpolate(text));
  const change = (part: Partial<ServiceGraphQuery>) =>
    (problemsOf(part).size === 0 ? onSubmit : onEdit)({ ...query, ...part });
  return (
    <EditorRow>
      <NameField
        label="Service"
        tooltip="Show only this service and those near it. Type to filter, or type a name or a variable that is not listed."
        placeholder="All services"
        testId={testIds.queryEditor.service}
        value={query.service}
        lookup={services}
        onChange={(service) => change({ service })}
      />
      {(query.service || query.hops !== undefined) && (
        <TextField
          label="Hops"
          tooltip="How many calls away from the service, to those that call it and to those it calls."
          placeholder={String(DEFAULT_HOPS)}
          width={10}
          testId={testIds.queryEditor.hops}
          value={query.hops === undefined ? '' : String(query.hops)}
          problem={(text) => problemsOf({ hops: hopsOf(text) }).get('hops')}
          onCommit={(text) => change({ hops: hopsOf(text) })}
        />
      )}
      <ChoiceField
        label="Source"
        tooltip="Who counted the calls."
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

/** A number is saved as one; what holds a variable stays text. */
function hopsOf(text: string): number | string | undefined {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : /^\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
}
