import React from 'react';

import { EditorRow } from '@grafana/plugin-ui';

import type { ServiceGraphQuery } from '../../query/query';
import { useCatalogue } from '../hooks/useCatalogue';
import { testIds } from '../testIds';
import type { FormProps } from './form';
import { NameField } from './NameField';

/** The store's own graph of services, whole or around one service. */
export function ServiceGraphForm({ query, catalogue, catalogueId, onSubmit }: FormProps<ServiceGraphQuery>) {
  const services = useCatalogue(catalogueId, (signal) => catalogue.listServices(signal));
  return (
    <EditorRow>
      <NameField
        label="Service"
        tooltip="Show only this service and those it talks to. Type to filter, or type a name or a variable that is not listed."
        placeholder="All services"
        testId={testIds.queryEditor.service}
        value={query.service}
        lookup={services}
        onChange={(service) => onSubmit({ ...query, service })}
      />
    </EditorRow>
  );
}
