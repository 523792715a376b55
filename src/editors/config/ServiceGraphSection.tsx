import React from 'react';

import { ConfigSubSection } from '@grafana/plugin-ui';

import { testIds } from '../testIds';
import { changeJsonData, type ConfigProps } from './jsonData';
import { LinkedDataSourceField } from './LinkedDataSourceField';

/** Where the metrics of a service graph are: `jsonData.serviceMap`, as Grafana's Tempo source has it. */
export function ServiceGraphSection(props: ConfigProps) {
  const { options } = props;
  const { serviceMap } = options.jsonData;
  return (
    <div data-testid={testIds.configEditor.serviceGraph}>
      <ConfigSubSection
        title="Service graph"
        description="Calls, errors and durations between services as metrics, where Tempo's metrics generator or the Collector's servicegraph connector writes them."
      >
        <LinkedDataSourceField
          tooltip="The Prometheus with the traces_service_graph metrics."
          types={['prometheus', 'victoriametrics-metrics-datasource']}
          uid={serviceMap?.datasourceUid}
          disabled={options.readOnly}
          onChange={(datasourceUid) => changeJsonData(props, 'serviceMap', { ...serviceMap, datasourceUid })}
        />
      </ConfigSubSection>
    </div>
  );
}
