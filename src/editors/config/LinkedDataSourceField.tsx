import React, { useId } from 'react';

import { DataSourcePicker } from '@grafana/runtime';
import { InlineField } from '@grafana/ui';

import { CONTROL_WIDTH, LABEL_WIDTH } from './widths';

interface Props {
  readonly tooltip: string;
  /** Plugin ids to choose from: those that Grafana's trace view can build a link for. */
  readonly types: string[];
  readonly uid: string | undefined;
  readonly disabled?: boolean;
  onChange(uid: string | undefined): void;
}

/** The data source that links from a span lead to. */
export function LinkedDataSourceField({ tooltip, types, uid, disabled, onChange }: Props) {
  const id = useId();
  return (
    <InlineField label="Data source" labelWidth={LABEL_WIDTH} htmlFor={id} tooltip={tooltip} disabled={disabled}>
      <DataSourcePicker
        inputId={id}
        type={types}
        current={uid ?? null}
        noDefault
        width={CONTROL_WIDTH}
        placeholder="None"
        disabled={disabled}
        onChange={(dataSource) => onChange(dataSource.uid)}
        onClear={() => onChange(undefined)}
      />
    </InlineField>
  );
}
