import React, { useId } from 'react';

import { ConfigSubSection } from '@grafana/plugin-ui';
import { Combobox, InlineField, Input } from '@grafana/ui';

import type { TraceJsonData } from '../../datasource/settings';
import { testIds } from '../testIds';
import { changeJsonData, mergeJsonData, type ConfigProps } from './jsonData';
import { SwitchField } from './SwitchField';
import { CONTROL_WIDTH, LABEL_WIDTH } from './widths';

type SpanBarType = NonNullable<NonNullable<TraceJsonData['spanBar']>['type']>;

const SPAN_BAR_OPTIONS: Array<{ value: SpanBarType; label: string; description: string }> = [
  { value: 'Duration', label: 'Duration', description: 'How long the span took' },
  { value: 'Tag', label: 'Tag', description: 'The value of one attribute' },
  { value: 'None', label: 'None', description: 'No text beside the bar' },
];

/** How a trace is looked up and drawn: `spanBar`, `nodeGraph`, `traceIdTimeParams` and `traceQuery` in jsonData. */
export function TraceViewSection(props: ConfigProps) {
  const id = useId();
  const { options } = props;
  const { spanBar, nodeGraph, traceIdTimeParams, traceQuery } = options.jsonData;
  const disabled = options.readOnly;

  return (
    <div data-testid={testIds.configEditor.traceView}>
      <ConfigSubSection title="Trace view" description="How a trace is looked up and shown.">
        <SwitchField
          label="Node graph"
          tooltip="In Explore, show the trace as a graph as well: a node for each span."
          value={nodeGraph?.enabled}
          disabled={disabled}
          onChange={(enabled) => changeJsonData(props, 'nodeGraph', { ...nodeGraph, enabled })}
        />
        <SwitchField
          label="Time range for trace ID"
          tooltip="Look for a trace ID in the time range of the panel first, which is quicker on large stores. When it is not there, the whole store is searched."
          value={traceIdTimeParams?.enabled || traceQuery?.timeShiftEnabled}
          disabled={disabled}
          onChange={(enabled) =>
            mergeJsonData(props, {
              traceIdTimeParams: { ...traceIdTimeParams, enabled },
              // Written by Grafana's Tempo source; left on, it would bound lookups all the same.
              ...(traceQuery && { traceQuery: { ...traceQuery, timeShiftEnabled: enabled } }),
            })
          }
        />
        <InlineField
          label="Span bar label"
          labelWidth={LABEL_WIDTH}
          htmlFor={`${id}-label`}
          tooltip="The text beside the bar of each span."
          disabled={disabled}
        >
          <Combobox<SpanBarType>
            id={`${id}-label`}
            width={CONTROL_WIDTH}
            options={SPAN_BAR_OPTIONS}
            value={spanBar?.type ?? 'Duration'}
            onChange={({ value }) => changeJsonData(props, 'spanBar', { ...spanBar, type: value })}
          />
        </InlineField>
        {spanBar?.type === 'Tag' && (
          <InlineField
            label="Span bar tag"
            labelWidth={LABEL_WIDTH}
            htmlFor={`${id}-tag`}
            tooltip="The attribute whose value is shown; looked up in the span, then in its resource."
            disabled={disabled}
          >
            <Input
              id={`${id}-tag`}
              width={CONTROL_WIDTH}
              placeholder="http.route"
              value={spanBar.tag ?? ''}
              onChange={(event) => changeJsonData(props, 'spanBar', { ...spanBar, tag: event.currentTarget.value })}
            />
          </InlineField>
        )}
      </ConfigSubSection>
    </div>
  );
}
