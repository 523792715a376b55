import React, { useId } from 'react';

import { InlineField, Input } from '@grafana/ui';

import { CONTROL_WIDTH, LABEL_WIDTH } from './widths';
import { timeShiftProblem } from './timeShift';

interface Props {
  readonly label: string;
  readonly tooltip: string;
  readonly placeholder: string;
  readonly value: string | undefined;
  readonly disabled?: boolean;
  onChange(value: string | undefined): void;
}

/** A shift of the searched time range, as Grafana's interval text. */
export function TimeShiftField({ label, tooltip, placeholder, value, disabled, onChange }: Props) {
  const id = useId();
  const problem = timeShiftProblem(value);
  return (
    <InlineField
      label={label}
      labelWidth={LABEL_WIDTH}
      htmlFor={id}
      tooltip={tooltip}
      disabled={disabled}
      invalid={Boolean(problem)}
      error={problem}
    >
      <Input
        id={id}
        width={CONTROL_WIDTH}
        placeholder={placeholder}
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value.trim() || undefined)}
      />
    </InlineField>
  );
}
