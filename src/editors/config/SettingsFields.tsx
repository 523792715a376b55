import React, { useId } from 'react';

import { Combobox, InlineField } from '@grafana/ui';

import type { SettingsField } from '../../backends/backend';
import { testIds } from '../testIds';
import { changeJsonData, type ConfigProps } from './jsonData';
import { CONTROL_WIDTH, LABEL_WIDTH } from './widths';

interface Props extends ConfigProps {
  readonly fields: readonly SettingsField[];
}

/** One control per settings field of a backend definition. A value that the definition does not list is shown as it is. */
export function SettingsFields({ fields, ...props }: Props) {
  const id = useId();
  const { jsonData, readOnly } = props.options;
  return (
    <>
      {fields.map((field) => {
        const stored = Object.hasOwn(jsonData, field.key) ? jsonData[field.key] : undefined;
        const value = typeof stored === 'string' && stored !== '' ? stored : field.defaultValue;
        const isKnown = field.options.some((option) => option.value === value);
        return (
          <InlineField
            key={field.key}
            label={field.label}
            labelWidth={LABEL_WIDTH}
            htmlFor={`${id}-${field.key}`}
            tooltip={field.description}
            disabled={readOnly}
            invalid={!isKnown}
            error={`"${value}" is not one of the choices. Choose one from the list.`}
          >
            <Combobox
              id={`${id}-${field.key}`}
              data-testid={testIds.configEditor.settingsField(field.key)}
              width={CONTROL_WIDTH}
              options={[...field.options]}
              value={value}
              onChange={(option) => changeJsonData(props, field.key, option.value)}
            />
          </InlineField>
        );
      })}
    </>
  );
}
