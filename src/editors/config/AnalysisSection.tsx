import React, { useId } from 'react';

import { ConfigSubSection } from '@grafana/plugin-ui';
import { InlineField, Input } from '@grafana/ui';

import type { TraceJsonData } from '../../datasource/settings';
import { testIds } from '../testIds';
import { changeJsonData, type ConfigProps } from './jsonData';
import { SwitchField } from './SwitchField';
import { CONTROL_WIDTH, LABEL_WIDTH } from './widths';

type InsightKind = NonNullable<NonNullable<TraceJsonData['insights']>['disabled']>[number];

/** In the order in which findings are told. */
const FINDINGS: Readonly<Record<InsightKind, { readonly label: string; readonly tooltip: string }>> = {
  'error-origin': {
    label: 'Error origin',
    tooltip:
      'Where a failure began: the failed span below which nothing failed. Of several, the one that kept the trace waiting most.',
  },
  'n-plus-one': { label: 'N+1 calls', tooltip: 'The same call made again and again where one for all might do.' },
  retries: { label: 'Retries', tooltip: 'A call that failed and was made again.' },
  sequential: {
    label: 'Calls in sequence',
    tooltip: 'Calls one after the other that do not seem to need one another.',
  },
  'waiting-on-one-child': {
    label: 'Waiting on one call',
    tooltip: 'A single call in which nearly all of the time went by.',
  },
  'longest-gap': {
    label: 'Longest gap',
    tooltip: 'The longest time of a span for which no other span tells what it did.',
  },
  'clock-skew': {
    label: 'Clocks that disagree',
    tooltip: 'Calls that begin before they were made, or after they were answered.',
  },
  orphans: { label: 'Missing parents', tooltip: 'Spans whose parent is not in the trace.' },
};

/** What is told about a trace and how it is made ready: `insights`, `criticalPath`, `clockSkew`, `largeTrace`. */
export function AnalysisSection(props: ConfigProps) {
  const id = useId();
  const { options } = props;
  const { insights, criticalPath, clockSkew, largeTrace } = options.jsonData;
  const hasFindings = insights?.enabled ?? true;
  const disabled = options.readOnly;
  const off = insights?.disabled ?? [];
  const switchFinding = (kind: InsightKind, isOn: boolean) =>
    changeJsonData(props, 'insights', {
      ...insights,
      disabled: isOn ? off.filter((one) => one !== kind) : [...off, kind],
    });

  return (
    <div data-testid={testIds.configEditor.analysis}>
      <ConfigSubSection title="What a trace tells" description="What is worked out from a trace before it is shown.">
        <SwitchField
          label="Findings"
          tooltip="Tell what stands out in a trace, such as repeated calls or the origin of an error: as notices above it and as warnings on its spans. A finding may be wrong; each tells what it is based on."
          value={hasFindings}
          disabled={disabled}
          onChange={(enabled) => changeJsonData(props, 'insights', { ...insights, enabled })}
        />
        {hasFindings &&
          (Object.keys(FINDINGS) as InsightKind[]).map((kind) => (
            <SwitchField
              key={kind}
              {...FINDINGS[kind]}
              value={!off.includes(kind)}
              disabled={disabled}
              onChange={(isOn) => switchFinding(kind, isOn)}
            />
          ))}
        <SwitchField
          label="Mark critical path"
          tooltip="Give the spans that decided when the trace ended an attribute, tracebridge.critical_path_ms, that filters can find."
          value={criticalPath?.enabled ?? true}
          disabled={disabled}
          onChange={(enabled) => changeJsonData(props, 'criticalPath', { ...criticalPath, enabled })}
        />
        <SwitchField
          label="Correct clocks"
          tooltip="Move calls that cannot have happened when they say, as the clocks of two hosts disagree, into the span that made them. Each query can say otherwise."
          value={clockSkew?.correct}
          disabled={disabled}
          onChange={(correct) => changeJsonData(props, 'clockSkew', { ...clockSkew, correct })}
        />
        <InlineField
          label="Fold traces above"
          labelWidth={LABEL_WIDTH}
          htmlFor={`${id}-threshold`}
          tooltip="A trace of more spans than this is shown with repeated calls folded into one span each. 0 means never: Grafana then takes seconds to draw a large trace, and fails at about 200,000 spans."
          disabled={disabled}
        >
          <Input
            id={`${id}-threshold`}
            type="number"
            min={0}
            step={1}
            width={CONTROL_WIDTH}
            placeholder="10000"
            suffix="spans"
            value={largeTrace?.threshold ?? ''}
            onChange={(event) =>
              changeJsonData(props, 'largeTrace', { ...largeTrace, threshold: spansOf(event.currentTarget.value) })
            }
          />
        </InlineField>
      </ConfigSubSection>
    </div>
  );
}

function spansOf(text: string): number | undefined {
  const spans = Number(text);
  return text.trim() === '' || !Number.isFinite(spans) || spans < 0 ? undefined : Math.round(spans);
}
