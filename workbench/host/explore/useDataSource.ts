import type { DataSourceApi } from '@grafana/data';
import { useEffect, useState } from 'react';
import type { WorkbenchConfig } from '../workbenchConfig';
import { useWorkbench } from '../workbenchContext';

interface Found {
  readonly uid: string | undefined;
  readonly config: WorkbenchConfig;
  readonly dataSource?: DataSourceApi;
  readonly problem?: unknown;
}

/** The data source with this uid, or why there is none; neither while it is being made. */
export function useDataSource(uid: string | undefined): Pick<Found, 'dataSource' | 'problem'> {
  const { dataSourceSrv, config } = useWorkbench();
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    let isCurrent = true;
    const settle = (result: Pick<Found, 'dataSource' | 'problem'>) => isCurrent && setFound({ uid, config, ...result });
    dataSourceSrv.get(uid).then(
      (dataSource) => settle({ dataSource }),
      (problem: unknown) => settle({ problem })
    );
    return () => {
      isCurrent = false;
    };
  }, [dataSourceSrv, uid, config]);
  // What was found for another uid, or before settings were saved, is not the answer.
  return found?.uid === uid && found?.config === config ? found : {};
}
