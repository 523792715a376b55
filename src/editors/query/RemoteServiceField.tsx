import React from 'react';

import type { SearchQuery } from '../../query/query';
import { useCatalogue } from '../hooks/useCatalogue';
import { testIds } from '../testIds';
import type { FormProps } from './form';
import { NameField } from './NameField';

interface Props extends Pick<FormProps<SearchQuery>, 'query' | 'catalogue' | 'catalogueId'> {
  readonly problem: string | undefined;
  onChange(name: string | undefined): void;
}

/** The other end of a call: only stores that keep it with the span can search by it. */
export function RemoteServiceField({ query, catalogue, catalogueId, problem, onChange }: Props) {
  const { service, remoteService } = query;
  const remoteServices = useCatalogue(JSON.stringify([catalogueId, 'remote', service]), (signal) =>
    service ? catalogue.listRemoteServices(service, signal) : Promise.resolve([])
  );
  return (
    <NameField
      label="Remote service"
      tooltip="A service, database or queue at the other end of a call, as the spans of the service name it."
      placeholder="Any remote service"
      testId={testIds.queryEditor.remoteService}
      value={remoteService}
      lookup={remoteServices}
      problem={problem}
      onChange={onChange}
    />
  );
}
