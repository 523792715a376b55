import React, { useId } from 'react';

import { InlineField, InlineSwitch } from '@grafana/ui';

import { LABEL_WIDTH } from './widths';

interface Props {
  readonly label: string;
  readonly tooltip: string;
  readonly value: boolean | undefined;
  readonly disabled?: boolean;
  onChange(value: boolean): void;
}

/** A yes-or-no setting with its label. */
export function SwitchField({ label, tooltip, value, disabled, onChange }: Props) {
  const id = useId();
  return (
    <InlineField label={label} labelWidth={LABEL_WIDTH} htmlFor={id} tooltip={tooltip} disabled={disabled}>
      <InlineSwitch id={id} value={value ?? false} onChange={(event) => onChange(event.currentTarget.checked)} />
    </InlineField>
  );
}
