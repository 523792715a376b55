import React, { useState } from 'react';

import { EditorRow } from '@grafana/plugin-ui';
import { Button, Stack } from '@grafana/ui';

import type { Catalogue } from '../../datasource/catalogue';
import type { TimeWindow } from '../../model/time';
import type { BackendCapabilities } from '../../query/capabilities';
import { splitFilters } from '../../query/filterRows';
import type { AttributeFilter } from '../../query/query';
import { parseSearchText } from '../../query/searchText';
import { useCatalogue } from '../hooks/useCatalogue';
import { testIds } from '../testIds';
import { AttributeRow } from './AttributeRow';

interface Props {
  readonly filters: readonly AttributeFilter[];
  /** Of the search around them, which come first: who applies a row depends on them. */
  readonly tags: string | undefined;
  /** Of the search around them: keys and values of its spans are offered. */
  readonly service: string | undefined;
  readonly catalogue: Catalogue;
  readonly catalogueId: string;
  readonly capabilities: BackendCapabilities;
  readonly window: TimeWindow | undefined;
  onChange(filters: readonly AttributeFilter[]): void;
}

const EMPTY_ROW: AttributeFilter = { key: '', operator: '=', value: '' };

/** Attribute filters with operators, one a row. A row is saved once it names a key. */
export function AttributeRows(props: Props) {
  const { filters, tags, service, catalogue, catalogueId, capabilities, window, onChange } = props;
  // Where attributes are learned from traces, opening a menu is no reason to read more of them.
  const range = capabilities.attributeCatalogue ? window : undefined;
  const [hasDraft, setHasDraft] = useState(false);
  const keys = useCatalogue(JSON.stringify([catalogueId, service]), (signal) =>
    catalogue.listAttributeKeys(service, range, signal)
  );
  const save = (index: number, row: AttributeFilter) => {
    if (index === filters.length) {
      setHasDraft(row.key === '');
    }
    if (row.key === '') {
      if (index < filters.length) {
        onChange(filters.filter((_, at) => at !== index));
      }
      return;
    }
    onChange([...filters.slice(0, index), row, ...filters.slice(index + 1)]);
  };
  const remove = (index: number) => {
    if (index === filters.length) {
      setHasDraft(false);
    } else {
      onChange(filters.filter((_, at) => at !== index));
    }
  };
  const { here } = splitFilters([...parseSearchText(tags ?? '').filters, ...filters], capabilities);
  const placeOf = (row: AttributeFilter) => (here.includes(row) ? 'browser' : 'server');
  const rows = hasDraft ? [...filters, EMPTY_ROW] : filters;
  return (
    <EditorRow>
      <div data-testid={testIds.queryEditor.filters}>
        <Stack direction="column" gap={1} alignItems="flex-start">
          {rows.map((row, index) => (
            <AttributeRow
              // Rows have no names of their own: their place is what tells two alike apart.
              key={index}
              number={index + 1}
              filter={row}
              keys={keys}
              subject={JSON.stringify([catalogueId, service, row.key])}
              listValues={(signal) => catalogue.listAttributeValues(row.key, service, range, signal)}
              place={row.key === '' ? undefined : placeOf(row)}
              onChange={(changed) => save(index, changed)}
              onRemove={() => remove(index)}
            />
          ))}
          <Button
            type="button"
            variant="secondary"
            fill="outline"
            size="sm"
            icon="plus"
            disabled={hasDraft}
            onClick={() => setHasDraft(true)}
          >
            Attribute filter
          </Button>
        </Stack>
      </div>
    </EditorRow>
  );
}
