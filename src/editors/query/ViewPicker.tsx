import React, { useId } from 'react';

import { Combobox, InlineField } from '@grafana/ui';

import { testIds } from '../testIds';
import type { ViewOption } from './viewOptions';

interface Props {
  /** Nothing is shown when there is nothing to choose from. */
  readonly options: readonly ViewOption[];
  readonly value: string;
  /** What is wrong with the view, in a sentence. */
  readonly problem?: string;
  onChange(view: string): void;
}

/** How the answer is looked at; each choice explains itself in a line. */
export function ViewPicker({ options, value, problem, onChange }: Props) {
  const id = useId();
  if (options.length === 0) {
    return null;
  }
  return (
    <InlineField
      label="View"
      htmlFor={id}
      tooltip="How to look at the answer: as it is, or as what it tells. The question stays the same."
      invalid={Boolean(problem)}
      error={problem}
    >
      <Combobox<string>
        id={id}
        data-testid={testIds.queryEditor.view}
        width={26}
        options={[...options]}
        value={value}
        onChange={(option) => onChange(option.value)}
      />
    </InlineField>
  );
}
