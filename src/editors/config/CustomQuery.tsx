import React, { useId } from 'react';

import { InlineField, TextArea } from '@grafana/ui';

import { SwitchField } from './SwitchField';
import { CONTROL_WIDTH, LABEL_WIDTH } from './widths';

interface Props {
  readonly enabled: boolean | undefined;
  readonly query: string | undefined;
  readonly placeholder: string;
  readonly disabled?: boolean;
  onChange(change: { readonly customQuery: boolean; readonly query?: string }): void;
}

const VARIABLES =
  'Variables: ${__tags}, ${__span.traceId}, ${__span.spanId}, ${__span.name}, ${__span.tags["key"]}, ${__trace.traceId}. ' +
  'A link whose query uses a variable without a value is not shown.';

/** The switch and text of a hand-written query for the linked data source. */
export function CustomQuery({ enabled, query, placeholder, disabled, onChange }: Props) {
  const id = useId();
  return (
    <>
      <SwitchField
        label="Use custom query"
        tooltip="Write the query yourself instead of having it built from the tags."
        value={enabled}
        disabled={disabled}
        onChange={(customQuery) => onChange({ customQuery, query })}
      />
      {enabled && (
        <InlineField label="Query" labelWidth={LABEL_WIDTH} htmlFor={id} tooltip={VARIABLES} disabled={disabled}>
          <TextArea
            id={id}
            cols={CONTROL_WIDTH}
            rows={3}
            placeholder={placeholder}
            value={query ?? ''}
            onChange={(event) => onChange({ customQuery: true, query: event.currentTarget.value })}
          />
        </InlineField>
      )}
    </>
  );
}
