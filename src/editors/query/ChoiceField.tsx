import React, { useId } from 'react';

import { EditorField } from '@grafana/plugin-ui';
import { Combobox, type ComboboxOption } from '@grafana/ui';

import { FieldProblem } from './FieldProblem';

interface Props {
  readonly label: string;
  readonly tooltip: string;
  readonly testId: string;
  /** The first is the one of a query that does not say. */
  readonly options: ReadonlyArray<ComboboxOption<string>>;
  readonly value: string | undefined;
  readonly width: number;
  readonly problem?: string;
  /** Undefined for the first. */
  onChange(value: string | undefined): void;
}

/** One of a few words. A word that is not offered, such as a variable, is shown as it is. */
export function ChoiceField({ label, tooltip, testId, options, value, width, problem, onChange }: Props) {
  const id = useId();
  const [first] = options;
  const isOther = value !== undefined && !options.some((option) => option.value === value);
  return (
    <EditorField
      label={label}
      htmlFor={id}
      tooltip={tooltip}
      invalid={Boolean(problem)}
      error={problem && <FieldProblem>{problem}</FieldProblem>}
    >
      <Combobox<string>
        id={id}
        data-testid={testId}
        width={width}
        options={isOther ? [...options, { value, label: value }] : [...options]}
        value={value ?? first.value}
        onChange={(option) => onChange(option.value === first.value ? undefined : option.value)}
      />
    </EditorField>
  );
}
