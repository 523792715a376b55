import React, { useId } from 'react';

import type { QueryEditorProps } from '@grafana/data';
import { EditorField, EditorRow } from '@grafana/plugin-ui';
import { Combobox, type ComboboxOption } from '@grafana/ui';

import type { TraceJsonData } from '../../datasource/settings';
import type { TraceDataSource } from '../../datasource/TraceDataSource';
import type { TraceQuery } from '../../query/query';
import {
  displayVariableQuery,
  normalizeVariableQuery,
  type VariableKind,
  type VariableQuery,
} from '../../query/variableQuery';
import { useCatalogue } from '../hooks/useCatalogue';
import { NameField } from '../query/NameField';
import { testIds } from '../testIds';

/** Older Grafana takes a second argument: the line that stands for the query in the list of variables. */
type Props = Omit<QueryEditorProps<TraceDataSource, TraceQuery, TraceJsonData, VariableQuery>, 'onChange'> & {
  onChange(query: VariableQuery, definition: string): void;
};

const KINDS: ReadonlyArray<ComboboxOption<VariableKind>> = [
  { value: 'services', label: 'Services' },
  { value: 'operations', label: 'Operations' },
  { value: 'attributeKeys', label: 'Attribute keys' },
  { value: 'attributeValues', label: 'Attribute values' },
];

/** What the values of a dashboard variable are. Grafana runs the query whenever it changes. */
export default function VariableQueryEditor({ query: saved, datasource, range, onChange }: Props) {
  const query = normalizeVariableQuery(saved);
  const { kind, service, key } = query;
  const kindId = useId();
  const change = (part: Partial<VariableQuery>) => {
    const changed = normalizeVariableQuery({ ...query, ...part });
    onChange(changed, displayVariableQuery(changed));
  };
  const window = datasource.windowOf(range);
  const services = useCatalogue(datasource.uid, (signal) => datasource.listServices(window, signal));
  const keys = useCatalogue(JSON.stringify([datasource.uid, service]), (signal) =>
    datasource.listAttributeKeys(service, window, signal)
  );
  return (
    <div data-testid={testIds.variableEditor.root}>
      <EditorRow>
        <EditorField label="Values" htmlFor={kindId}>
          <Combobox
            id={kindId}
            data-testid={testIds.variableEditor.kind}
            width={24}
            options={[...KINDS]}
            value={kind}
            onChange={({ value }) => change({ kind: value })}
          />
        </EditorField>
        {kind === 'attributeValues' && (
          <NameField
            label="Attribute"
            tooltip="The key of the attribute, such as http.route."
            placeholder="Choose an attribute"
            testId={testIds.variableEditor.key}
            value={key}
            lookup={keys}
            onChange={(name) => change({ key: name })}
          />
        )}
        {kind !== 'services' && (
          <NameField
            label="Service"
            tooltip="Only what this service has. Another variable may stand here, one of several services too."
            placeholder="All services"
            testId={testIds.variableEditor.service}
            value={service}
            lookup={services}
            onChange={(name) => change({ service: name })}
          />
        )}
      </EditorRow>
    </div>
  );
}
