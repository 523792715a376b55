import React, { useId } from 'react';

import { InlineField, InlineSwitch } from '@grafana/ui';

import type { DocumentQuery, TraceIdQuery } from '../../query/query';
import { readTraceView } from '../../query/views';
import { testIds } from '../testIds';
import type { FormProps } from './form';

/** How a trace is read from the store and made ready to be looked at. */
export function TraceSwitches<Q extends TraceIdQuery | DocumentQuery>({
  query,
  capabilities,
  correctsClockSkew,
  onSubmit,
}: FormProps<Q>) {
  const isCorrected = query.clockSkew === undefined ? Boolean(correctsClockSkew) : query.clockSkew === 'correct';
  return (
    <>
      {query.queryType === 'traceql' && (capabilities.rawTraces || query.rawTraces) && (
        <Switch
          label="As stored"
          tooltip="Show the trace as it was stored, without the corrections the server makes, such as for clocks that disagree."
          testId={testIds.queryEditor.rawTraces}
          value={query.rawTraces ?? false}
          onChange={(rawTraces) => onSubmit({ ...query, rawTraces })}
        />
      )}
      <Switch
        label="Correct clocks"
        tooltip="Move calls that cannot have happened when they say, as the clocks of two hosts disagree, into the span that made them. Moved spans say so and keep their original start as an attribute."
        testId={testIds.queryEditor.clockSkew}
        value={isCorrected}
        onChange={(isOn) =>
          onSubmit({ ...query, clockSkew: isOn === Boolean(correctsClockSkew) ? undefined : isOn ? 'correct' : 'keep' })
        }
      />
      {readTraceView(query) === 'trace' && (
        <Switch
          label="All spans"
          tooltip="Show every span of a large trace. Otherwise repeated calls are folded into one span each. With many spans Grafana takes seconds to draw them, and fails at about 200,000."
          testId={testIds.queryEditor.showAll}
          value={query.showAll ?? false}
          onChange={(isOn) => onSubmit({ ...query, showAll: isOn ? true : undefined })}
        />
      )}
    </>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly tooltip: string;
  readonly testId: string;
  readonly value: boolean;
  onChange(value: boolean): void;
}

function Switch({ label, tooltip, testId, value, onChange }: SwitchProps) {
  const id = useId();
  return (
    <InlineField label={label} htmlFor={id} tooltip={tooltip}>
      <InlineSwitch
        id={id}
        data-testid={testId}
        value={value}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </InlineField>
  );
}
