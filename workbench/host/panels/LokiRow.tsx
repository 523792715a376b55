import React, { memo, useMemo } from 'react';
import { correlatedFields } from '../logs/correlatedFields';
import { deriveFields, type DerivedFieldConfig } from '../logs/derivedFields';
import type { LogEntry } from '../logs/logEntry';
import { logLevel } from '../logs/logLevel';
import { logLinks } from '../logs/logLinks';
import type { ProvisionedDataSource } from '../workbenchConfig';
import { useWorkbench } from '../workbenchContext';
import { LogRow } from './LogRow';

interface LokiRowProps {
  readonly entry: LogEntry;
  /** The Loki data source that sent it. */
  readonly source: ProvisionedDataSource;
}

/** One line of Loki, with the fields that the settings of its data source and the correlations find in it. */
export const LokiRow = memo(function LokiRow({ entry, source }: LokiRowProps) {
  const { config, dataSourceSrv, templateSrv, timeRange } = useWorkbench();
  const fields = useMemo(() => {
    const derivedFields = (source.jsonData?.derivedFields ?? []) as DerivedFieldConfig[];
    const correlations = config.correlations.filter(({ sourceUID }) => sourceUID === source.uid);
    const describe = (uid: string) => dataSourceSrv.getInstanceSettings(uid);
    return [...deriveFields(entry, derivedFields, describe), ...correlatedFields(entry, correlations, describe)].map(
      (field) => ({ ...field, links: logLinks(field.value, field.links, timeRange, templateSrv) })
    );
  }, [entry, source, config, dataSourceSrv, templateSrv, timeRange]);
  return <LogRow entry={entry} level={logLevel(entry)} fields={fields} />;
});
