import React, { useId } from 'react';

import { css } from '@emotion/css';
import { Combobox, IconButton, Stack, useStyles2, type ComboboxOption } from '@grafana/ui';

import { ATTRIBUTE_OPERATORS, type AttributeOperator } from '../../query/capabilities';
import { filterRowProblem, type FilterPlace } from '../../query/filterRows';
import type { AttributeFilter } from '../../query/query';
import { useCatalogue, type Lookup } from '../hooks/useCatalogue';
import { FieldProblem } from './FieldProblem';
import { NameCombobox } from './NameCombobox';
import { PlaceBadge } from './PlaceBadge';

interface Props {
  /** From 1, to tell rows apart by label. */
  readonly number: number;
  readonly filter: AttributeFilter;
  readonly keys: Lookup<readonly string[]>;
  /** What the question for values is about. */
  readonly subject: string;
  listValues(signal: AbortSignal): Promise<readonly string[]>;
  /** Missing while there is nothing to apply yet. */
  readonly place: FilterPlace | undefined;
  onChange(filter: AttributeFilter): void;
  onRemove(): void;
}

const DESCRIPTIONS: Readonly<Record<AttributeOperator, string>> = {
  '=': 'Is this value',
  '!=': 'Is another value',
  '=~': 'Matches this regular expression',
  '!~': 'Does not match this regular expression',
  exists: 'Is there, whatever its value',
  '<': 'Is a smaller number',
  '>': 'Is a larger number',
};

const OPERATORS: Array<ComboboxOption<AttributeOperator>> = ATTRIBUTE_OPERATORS.map((operator) => ({
  value: operator,
  label: operator,
  description: DESCRIPTIONS[operator],
}));

/** One attribute filter: key, operator, value, and who applies it. */
export function AttributeRow({ number, filter, keys, subject, listValues, place, onChange, onRemove }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const values = useCatalogue(subject, listValues);
  const { key, operator, value } = filter;
  // A row that was only begun is not wrong.
  const problem = key === '' || value === '' ? undefined : filterRowProblem(filter);
  return (
    <div role="group" aria-label={`Attribute filter ${number}`}>
      <Stack gap={0.5} alignItems="center" wrap="wrap">
        <label htmlFor={`${id}-key`} className={styles.hidden}>
          Attribute
        </label>
        <NameCombobox
          id={`${id}-key`}
          value={key || undefined}
          placeholder="Attribute"
          testId={`filter-key-${number}`}
          lookup={keys}
          onChange={(name) => onChange({ ...filter, key: name ?? '' })}
        />
        <label htmlFor={`${id}-operator`} className={styles.hidden}>
          Operator
        </label>
        <Combobox
          id={`${id}-operator`}
          width={11}
          options={OPERATORS}
          value={operator}
          onChange={(option) => onChange({ ...filter, operator: option.value })}
        />
        {operator !== 'exists' && (
          <>
            <label htmlFor={`${id}-value`} className={styles.hidden}>
              Value
            </label>
            <NameCombobox
              id={`${id}-value`}
              value={value || undefined}
              placeholder="Value"
              testId={`filter-value-${number}`}
              lookup={values}
              invalid={problem !== undefined}
              onChange={(text) => onChange({ ...filter, value: text ?? '' })}
            />
          </>
        )}
        {place && <PlaceBadge place={place} />}
        <IconButton name="times" tooltip="Remove this filter" aria-label="Remove this filter" onClick={onRemove} />
      </Stack>
      {problem && <FieldProblem>{problem}</FieldProblem>}
    </div>
  );
}

const getStyles = () => ({
  hidden: css({
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  }),
});
