import React, { useId } from 'react';

import { ConfigSection } from '@grafana/plugin-ui';
import { Combobox, InlineField } from '@grafana/ui';

import type { BackendDefinition } from '../../backends/backend';
import { testIds } from '../testIds';
import { changeJsonData, type ConfigProps } from './jsonData';
import { SettingsFields } from './SettingsFields';
import { CONTROL_WIDTH, LABEL_WIDTH } from './widths';

interface Props extends ConfigProps {
  /** In the order of the list; the first is what a data source without a stored choice uses. */
  readonly definitions: readonly BackendDefinition[];
}

/** Which store answers, and that store's own settings. The choice is left out while there is only one. */
export function BackendSection({ definitions, ...props }: Props) {
  const id = useId();
  const { jsonData, readOnly } = props.options;
  const stored = jsonData.backend;
  const chosen = stored ? definitions.find((definition) => definition.id === stored) : definitions[0];

  return (
    <ConfigSection title="Backend" description={chosen?.description}>
      {(definitions.length > 1 || !chosen) && (
        <InlineField
          label="Backend"
          labelWidth={LABEL_WIDTH}
          htmlFor={id}
          tooltip="The trace store behind the URL."
          disabled={readOnly}
          invalid={!chosen}
          error={`This version does not know the backend "${stored}". Choose one from the list.`}
        >
          <Combobox
            id={id}
            data-testid={testIds.configEditor.backend}
            width={CONTROL_WIDTH}
            options={definitions.map(({ id: value, label, description }) => ({ value, label, description }))}
            value={stored ?? definitions[0]?.id}
            onChange={(option) => changeJsonData(props, 'backend', option.value)}
          />
        </InlineField>
      )}
      {chosen && <SettingsFields {...props} fields={chosen.settingsFields} />}
    </ConfigSection>
  );
}
