import React, { useId } from 'react';

import { ConfigSection } from '@grafana/plugin-ui';
import { Combobox, InlineField } from '@grafana/ui';

import { AUTO_BACKEND, autoDefinition, definitionMeant } from '../../backends/autoDefinition';
import type { BackendDefinition } from '../../backends/backend';
import { testIds } from '../testIds';
import { changeJsonData, type ConfigProps } from './jsonData';
import { SettingsFields } from './SettingsFields';
import { CONTROL_WIDTH, LABEL_WIDTH } from './widths';

interface Props extends ConfigProps {
  /** In the order of the list. */
  readonly definitions: readonly BackendDefinition[];
}

/** Which store answers, by choice or found out, and the settings of a chosen one. */
export function BackendSection({ definitions, ...props }: Props) {
  const id = useId();
  const { jsonData, readOnly } = props.options;
  const stored = jsonData.backend;
  const auto = autoDefinition(definitions);
  const value = stored || (definitionMeant(definitions, jsonData)?.id ?? AUTO_BACKEND);
  const choices = [auto, ...definitions];
  const chosen = choices.find(({ id: choice }) => choice === value);

  return (
    <ConfigSection title="Backend" description={chosen?.description}>
      <InlineField
        label="Backend"
        labelWidth={LABEL_WIDTH}
        htmlFor={id}
        tooltip="The trace store behind the URL. Choose it where a proxy hides who answers."
        disabled={readOnly}
        invalid={!chosen}
        error={`This version does not know the backend "${stored}". Choose one from the list.`}
      >
        <Combobox
          id={id}
          data-testid={testIds.configEditor.backend}
          width={CONTROL_WIDTH}
          options={choices.map((choice) => ({
            value: choice.id,
            label: choice === auto ? 'Find out' : choice.label,
            description: choice.description,
          }))}
          value={value}
          onChange={(option) => changeJsonData(props, 'backend', option.value)}
        />
      </InlineField>
      {chosen && <SettingsFields {...props} fields={chosen.settingsFields} />}
    </ConfigSection>
  );
}
