import React, { useId } from 'react';

import { EditorField } from '@grafana/plugin-ui';
import { Input } from '@grafana/ui';

import { useDraft } from '../hooks/useDraft';
import { FieldProblem } from './FieldProblem';

interface Props {
  readonly label: string;
  readonly tooltip: string;
  readonly placeholder: string;
  readonly value: string;
  /** In grid units. */
  readonly width: number;
  readonly testId: string;
  /** Says what is wrong with a text, while it is still being typed. */
  problem?(text: string): string | undefined;
  onCommit(text: string): void;
}

/** One line of text in a query form; handed on with Enter and on leaving the field. */
export function TextField({ label, tooltip, placeholder, value, width, testId, problem, onCommit }: Props) {
  const id = useId();
  const draft = useDraft(value, onCommit);
  const error = problem?.(draft.value);
  return (
    <EditorField
      label={label}
      htmlFor={id}
      tooltip={tooltip}
      invalid={Boolean(error)}
      error={error && <FieldProblem id={`${id}-problem`}>{error}</FieldProblem>}
    >
      <Input
        id={id}
        data-testid={testId}
        width={width}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={Boolean(error)}
        aria-describedby={error ? `${id}-problem` : undefined}
        {...draft}
      />
    </EditorField>
  );
}
