import React, { useMemo } from 'react';

import { getTemplateSrv } from '@grafana/runtime';
import { Combobox } from '@grafana/ui';

import type { Lookup } from '../hooks/useCatalogue';
import { nameOfOption, nameOptions } from './nameOptions';

/** In grid units; most service names fit. */
const WIDTH = 28;

interface Props {
  readonly id: string;
  readonly value: string | undefined;
  readonly placeholder: string;
  readonly testId: string;
  readonly lookup: Lookup<readonly string[]>;
  /** In grid units. */
  readonly width?: number;
  /** Set by the surrounding field. */
  readonly invalid?: boolean;
  onChange(value: string | undefined): void;
}

/**
 * A name from the catalogue, a variable, or anything typed. The list is asked for when the field gets the focus, and
 * handed over whole: the Combobox filters without a delay and draws only the rows in sight. Its own asynchronous mode
 * would, for 200 ms after a key, let Enter choose from the list of before.
 */
export function NameCombobox({ id, value, placeholder, testId, lookup, width = WIDTH, invalid, onChange }: Props) {
  const { value: names, ask } = lookup;
  const options = useMemo(
    () =>
      nameOptions(
        getTemplateSrv()
          .getVariables()
          .map((variable) => `$${variable.name}`),
        names ?? []
      ),
    [names]
  );
  // The same object while the name is the same: for a new one the Combobox would replace what is being typed.
  const chosen = useMemo(() => (value ? { value, label: value } : null), [value]);
  return (
    <div onFocus={ask}>
      <Combobox
        id={id}
        data-testid={testId}
        width={width}
        options={options}
        value={chosen}
        placeholder={placeholder}
        createCustomValue
        customValueDescription="Use as typed"
        isClearable
        invalid={invalid}
        loading={lookup.isLoading}
        onChange={(option) => onChange(option ? nameOfOption(option.value) : undefined)}
      />
    </div>
  );
}
