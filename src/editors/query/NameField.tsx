import React, { useId, type ReactNode } from 'react';

import { EditorField } from '@grafana/plugin-ui';

import type { Lookup } from '../hooks/useCatalogue';
import { FieldBody } from './FieldBody';
import { lookupProblem } from './lookupProblem';
import { NameCombobox } from './NameCombobox';

interface Props {
  readonly label: string;
  readonly tooltip: string;
  readonly placeholder: string;
  readonly testId: string;
  readonly value: string | undefined;
  readonly lookup: Lookup<readonly string[]>;
  /** What is wrong with the value itself; shown unless the list failed, which comes first. */
  readonly problem?: string;
  /** In grid units; missing means that of most names. */
  readonly width?: number;
  /** Stands behind the field. */
  readonly badge?: ReactNode;
  onChange(value: string | undefined): void;
}

/** A labelled picker that says in words why its list is missing. What is typed can be used all the same. */
export function NameField({ label, tooltip, lookup, problem, badge, ...field }: Props) {
  const id = useId();
  const error = lookupProblem(lookup, problem);
  return (
    <EditorField label={label} htmlFor={id} tooltip={tooltip} invalid={Boolean(error)} error={error}>
      <FieldBody>
        <NameCombobox id={id} lookup={lookup} {...field} />
        {badge}
      </FieldBody>
    </EditorField>
  );
}
