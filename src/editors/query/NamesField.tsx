import React, { useId, useMemo } from 'react';

import { EditorField } from '@grafana/plugin-ui';
import { getTemplateSrv } from '@grafana/runtime';
import { MultiCombobox } from '@grafana/ui';

import type { Lookup } from '../hooks/useCatalogue';
import { FieldBody } from './FieldBody';
import { lookupProblem } from './lookupProblem';
import { nameOfOption, nameOptions } from './nameOptions';

interface Props {
  readonly label: string;
  readonly tooltip: string;
  readonly placeholder: string;
  readonly testId: string;
  readonly values: readonly string[];
  readonly lookup: Lookup<readonly string[]>;
  readonly problem?: string;
  onChange(values: readonly string[]): void;
}

/** A labelled picker of several names from the catalogue, of variables, or of anything typed. */
export function NamesField({ label, tooltip, placeholder, testId, values, lookup, problem, onChange }: Props) {
  const id = useId();
  const { value: names, ask } = lookup;
  const options = useMemo(() => {
    const variables = getTemplateSrv()
      .getVariables()
      .map((variable) => `$${variable.name}`);
    return nameOptions(variables, names ?? []);
  }, [names]);
  const error = lookupProblem(lookup, problem);
  return (
    <EditorField label={label} htmlFor={id} tooltip={tooltip} invalid={Boolean(error)} error={error}>
      <FieldBody onFocus={ask}>
        <MultiCombobox
          id={id}
          data-testid={testId}
          width="auto"
          minWidth={28}
          maxWidth={60}
          options={options}
          value={values.map((name) => options.find((option) => option.label === name) ?? { value: name, label: name })}
          placeholder={placeholder}
          createCustomValue
          isClearable
          invalid={Boolean(error)}
          loading={lookup.isLoading}
          onChange={(chosen) => onChange([...new Set(chosen.flatMap(({ value }) => nameOfOption(value) ?? []))])}
        />
      </FieldBody>
    </EditorField>
  );
}
