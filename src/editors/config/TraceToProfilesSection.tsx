import React, { useId } from 'react';

import { ConfigSubSection } from '@grafana/plugin-ui';
import { InlineField, Input } from '@grafana/ui';

import type { TracesToProfiles } from '../../datasource/settings';
import { testIds } from '../testIds';
import { CustomQuery } from './CustomQuery';
import { changeJsonData, type ConfigProps } from './jsonData';
import { LinkedDataSourceField } from './LinkedDataSourceField';
import { TagMappings } from './TagMappings';
import { CONTROL_WIDTH, LABEL_WIDTH } from './widths';

const PROFILES_TYPES = ['grafana-pyroscope-datasource'];

/** Links from a span to its profile: `jsonData.tracesToProfiles`. */
export function TraceToProfilesSection(props: ConfigProps) {
  const id = useId();
  const { options } = props;
  const settings: TracesToProfiles = options.jsonData.tracesToProfiles ?? { customQuery: false };
  const disabled = options.readOnly;
  const change = (part: Partial<TracesToProfiles>) =>
    changeJsonData(props, 'tracesToProfiles', { ...settings, ...part });

  return (
    <div data-testid={testIds.configEditor.traceToProfiles}>
      <ConfigSubSection
        title="Trace to profiles"
        description="A link and a flame graph on spans that carry the attribute pyroscope.profile.id."
      >
        <LinkedDataSourceField
          tooltip="The Pyroscope data source that holds the profiles."
          types={PROFILES_TYPES}
          uid={settings.datasourceUid}
          disabled={disabled}
          onChange={(datasourceUid) => change({ datasourceUid })}
        />
        <TagMappings
          tooltip="Attributes to select the profile by, and the label each has there."
          tags={settings.tags}
          disabled={disabled}
          onChange={(tags) => change({ tags })}
        />
        <InlineField
          label="Profile type"
          labelWidth={LABEL_WIDTH}
          htmlFor={id}
          tooltip="The profile type's full name, as Pyroscope lists it."
          disabled={disabled}
        >
          <Input
            id={id}
            width={CONTROL_WIDTH}
            placeholder="process_cpu:cpu:nanoseconds:cpu:nanoseconds"
            value={settings.profileTypeId ?? ''}
            onChange={(event) => change({ profileTypeId: event.currentTarget.value.trim() || undefined })}
          />
        </InlineField>
        <CustomQuery
          enabled={settings.customQuery}
          query={settings.query}
          placeholder="{${__tags}}"
          disabled={disabled}
          onChange={change}
        />
      </ConfigSubSection>
    </div>
  );
}
