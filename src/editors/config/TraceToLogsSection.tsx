import React from 'react';

import { ConfigSubSection } from '@grafana/plugin-ui';

import type { TracesToLogsV2 } from '../../datasource/settings';
import { testIds } from '../testIds';
import { CustomQuery } from './CustomQuery';
import { changeJsonData, type ConfigProps } from './jsonData';
import { LinkedDataSourceField } from './LinkedDataSourceField';
import { SwitchField } from './SwitchField';
import { TagMappings } from './TagMappings';
import { TimeShiftField } from './TimeShiftField';
import { readTracesToLogs } from './tracesToLogs';

/** For any other type Grafana shows no link at all (Grafana 12.4, TraceView/createSpanLink.tsx:186). */
const LOGS_TYPES = [
  'loki',
  'elasticsearch',
  'grafana-opensearch-datasource',
  'grafana-splunk-datasource',
  'grafana-falconlogscale-datasource',
  'googlecloud-logging-datasource',
  'victoriametrics-logs-datasource',
];

/** Links from a span to its log lines: `jsonData.tracesToLogsV2`. */
export function TraceToLogsSection(props: ConfigProps) {
  const { options } = props;
  const settings = readTracesToLogs(options.jsonData) ?? { customQuery: false };
  const disabled = options.readOnly;
  const change = (part: Partial<TracesToLogsV2>) => changeJsonData(props, 'tracesToLogsV2', { ...settings, ...part });

  return (
    <div data-testid={testIds.configEditor.traceToLogs}>
      <ConfigSubSection title="Trace to logs" description="A link on every span to the log lines it wrote.">
        <LinkedDataSourceField
          tooltip="The logs data source that the link opens."
          types={LOGS_TYPES}
          uid={settings.datasourceUid}
          disabled={disabled}
          onChange={(datasourceUid) => change({ datasourceUid })}
        />
        <TimeShiftField
          label="Span start time shift"
          tooltip="Moves the start of the searched range, to find lines written before the span began."
          placeholder="-5m"
          value={settings.spanStartTimeShift}
          disabled={disabled}
          onChange={(spanStartTimeShift) => change({ spanStartTimeShift })}
        />
        <TimeShiftField
          label="Span end time shift"
          tooltip="Moves the end of the searched range, to find lines that arrive late."
          placeholder="5m"
          value={settings.spanEndTimeShift}
          disabled={disabled}
          onChange={(spanEndTimeShift) => change({ spanEndTimeShift })}
        />
        <TagMappings
          tooltip="Attributes of the span or its resource to search the logs by. Loki needs at least one that the span has."
          defaults="cluster, hostname, namespace, pod, service.name as service_name, service.namespace as service_namespace"
          tags={settings.tags}
          disabled={disabled}
          onChange={(tags) => change({ tags })}
        />
        <SwitchField
          label="Filter by trace ID"
          tooltip="Only lines that contain the trace ID."
          value={settings.filterByTraceID}
          disabled={disabled || settings.customQuery}
          onChange={(filterByTraceID) => change({ filterByTraceID })}
        />
        <SwitchField
          label="Filter by span ID"
          tooltip="Only lines that contain the span ID."
          value={settings.filterBySpanID}
          disabled={disabled || settings.customQuery}
          onChange={(filterBySpanID) => change({ filterBySpanID })}
        />
        <CustomQuery
          enabled={settings.customQuery}
          query={settings.query}
          placeholder={'{${__tags}} |= "${__span.traceId}"'}
          disabled={disabled}
          onChange={change}
        />
      </ConfigSubSection>
    </div>
  );
}
