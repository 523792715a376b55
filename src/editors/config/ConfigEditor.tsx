import React from 'react';

import {
  AdvancedHttpSettings,
  Auth,
  ConfigSection,
  ConnectionSettings,
  convertLegacyAuthProps,
  DataSourceDescription,
} from '@grafana/plugin-ui';
import { config } from '@grafana/runtime';
import { Divider, SecureSocksProxySettings, Stack } from '@grafana/ui';

import { backendDefinitions } from '../../backends/index';
import { testIds } from '../testIds';
import { AnalysisSection } from './AnalysisSection';
import { BackendSection } from './BackendSection';
import type { ConfigProps } from './jsonData';
import { ServiceGraphSection } from './ServiceGraphSection';
import { TraceToLogsSection } from './TraceToLogsSection';
import { TraceToMetricsSection } from './TraceToMetricsSection';
import { TraceToProfilesSection } from './TraceToProfilesSection';
import { TraceViewSection } from './TraceViewSection';

const DOCS = 'https://github.com/tracebridge/tracebridge-tracing-datasource#readme';

/** The data source's settings page. Provisioned data sources show it with every control disabled. */
export default function ConfigEditor(props: ConfigProps) {
  const { options, onOptionsChange } = props;
  const { exampleUrl } = backendDefinitions.find(({ id }) => id === options.jsonData.backend) ?? backendDefinitions[0];
  return (
    <div data-testid={testIds.configEditor.root}>
      <DataSourceDescription dataSourceName="Tracebridge" docsLink={DOCS} />
      <Divider spacing={4} />
      <ConnectionSettings
        config={options}
        onChange={onOptionsChange}
        urlPlaceholder={exampleUrl}
        urlTooltip={`Where the store's query API answers, with its base path if it has one: ${exampleUrl} or https://example.com/base. Grafana's server calls it, not your browser.`}
      />
      <Divider spacing={4} />
      <Auth {...convertLegacyAuthProps({ config: options, onChange: onOptionsChange })} />
      <Divider spacing={4} />
      <BackendSection {...props} definitions={backendDefinitions} />
      <Divider spacing={4} />
      <ConfigSection title="Links and view" description="Where a span leads to, and how a trace is shown.">
        <Stack direction="column" gap={4}>
          <TraceToLogsSection {...props} />
          <TraceToMetricsSection {...props} />
          <TraceToProfilesSection {...props} />
          <ServiceGraphSection {...props} />
          <TraceViewSection {...props} />
          <AnalysisSection {...props} />
        </Stack>
      </ConfigSection>
      <Divider spacing={4} />
      <ConfigSection title="Additional settings" isCollapsible isInitiallyOpen={false}>
        <AdvancedHttpSettings
          config={options}
          onChange={(changed: typeof options) => onOptionsChange(withoutEmptyTimeout(changed))}
        />
        {config.secureSocksDSProxyEnabled && (
          <SecureSocksProxySettings options={options} onOptionsChange={onOptionsChange} />
        )}
      </ConfigSection>
    </div>
  );
}

/** A cleared timeout arrives as NaN (`@grafana/plugin-ui` 0.16) and would be saved as null, which the proxy refuses. */
function withoutEmptyTimeout(options: ConfigProps['options']): ConfigProps['options'] {
  const { timeout, ...jsonData } = options.jsonData;
  return Number.isNaN(timeout) ? { ...options, jsonData } : options;
}
