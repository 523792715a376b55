import React from 'react';

import { ConfigSubSection } from '@grafana/plugin-ui';
import { Button, IconButton, InlineField, Input, Stack } from '@grafana/ui';

import type { TracesToMetrics } from '../../datasource/settings';
import { testIds } from '../testIds';
import { changeJsonData, type ConfigProps } from './jsonData';
import { LinkedDataSourceField } from './LinkedDataSourceField';
import { TagMappings } from './TagMappings';
import { TimeShiftField } from './TimeShiftField';
import { LABEL_WIDTH } from './widths';

const METRICS_TYPES = ['prometheus', 'victoriametrics-metrics-datasource'];

/** Links from a span to metrics, one per query: `jsonData.tracesToMetrics`. */
export function TraceToMetricsSection(props: ConfigProps) {
  const { options } = props;
  const settings: TracesToMetrics = { ...options.jsonData.tracesToMetrics, queries: readQueries(options.jsonData) };
  const disabled = options.readOnly;
  const change = (part: Partial<TracesToMetrics>) => changeJsonData(props, 'tracesToMetrics', { ...settings, ...part });
  const changeQuery = (index: number, part: { readonly name?: string; readonly query?: string }) =>
    change({ queries: settings.queries.map((query, i) => (i === index ? { ...query, ...part } : query)) });

  return (
    <div data-testid={testIds.configEditor.traceToMetrics}>
      <ConfigSubSection title="Trace to metrics" description="Links on every span to the metrics of its service.">
        <LinkedDataSourceField
          tooltip="The metrics data source that the links open."
          types={METRICS_TYPES}
          uid={settings.datasourceUid}
          disabled={disabled}
          onChange={(datasourceUid) => change({ datasourceUid })}
        />
        <TimeShiftField
          label="Span start time shift"
          tooltip="Moves the start of the shown range."
          placeholder="-2m"
          value={settings.spanStartTimeShift}
          disabled={disabled}
          onChange={(spanStartTimeShift) => change({ spanStartTimeShift })}
        />
        <TimeShiftField
          label="Span end time shift"
          tooltip="Moves the end of the shown range."
          placeholder="2m"
          value={settings.spanEndTimeShift}
          disabled={disabled}
          onChange={(spanEndTimeShift) => change({ spanEndTimeShift })}
        />
        <TagMappings
          tooltip="Attributes that ${__tags} stands for in the queries, and the label each has in the metrics."
          tags={settings.tags}
          disabled={disabled}
          onChange={(tags) => change({ tags })}
        />
        <InlineField
          label="Links"
          labelWidth={LABEL_WIDTH}
          tooltip="One link each. A link without a query shows the median duration of the service, from span metrics under their usual name."
        >
          <Stack role="group" aria-label="Links" direction="column" gap={0.5} alignItems="flex-start">
            {settings.queries.map((query, index) => (
              <Stack key={index} gap={0.5} alignItems="center">
                <Input
                  aria-label={`Name of metrics link ${index + 1}`}
                  placeholder="Link name"
                  width={24}
                  disabled={disabled}
                  value={query.name ?? ''}
                  onChange={(event) => changeQuery(index, { name: event.currentTarget.value })}
                />
                <Input
                  aria-label={`Query of metrics link ${index + 1}`}
                  placeholder="sum(rate(calls_total{${__tags}}[5m]))"
                  width={56}
                  disabled={disabled}
                  value={query.query ?? ''}
                  onChange={(event) => changeQuery(index, { query: event.currentTarget.value })}
                />
                <IconButton
                  name="trash-alt"
                  aria-label={`Remove metrics link ${index + 1}`}
                  disabled={disabled}
                  onClick={() => change({ queries: settings.queries.filter((_, i) => i !== index) })}
                />
              </Stack>
            ))}
            <Button
              type="button"
              variant="secondary"
              icon="plus"
              disabled={disabled}
              onClick={() => change({ queries: [...settings.queries, { name: '', query: '' }] })}
            >
              Add metrics link
            </Button>
          </Stack>
        </InlineField>
      </ConfigSubSection>
    </div>
  );
}

/** Grafana shows no link where `queries` is not a list, so it is always written as one. */
function readQueries(jsonData: ConfigProps['options']['jsonData']): TracesToMetrics['queries'] {
  const queries = jsonData.tracesToMetrics?.queries;
  return Array.isArray(queries) ? queries : [];
}
