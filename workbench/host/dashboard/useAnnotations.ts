import { type AnnotationEvent, type TimeRange } from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import { useEffect, useState } from 'react';
import { runRequest } from '../runRequest';
import { useWorkbench } from '../workbenchContext';
import { annotationEvents, type DashboardAnnotation } from './annotationEvents';
import type { DashboardScope } from './DashboardScope';

interface Answer {
  readonly events: readonly AnnotationEvent[];
  readonly problem?: unknown;
}

const NONE: Answer = { events: [] };

/** The events of these annotations, asked for again when the range, a variable in them or a filter changes. */
export function useAnnotations(
  annotations: readonly DashboardAnnotation[],
  scope: DashboardScope | undefined,
  range: TimeRange
): Answer {
  const { dataSourceSrv, backendSrv } = useWorkbench();
  const [answer, setAnswer] = useState(NONE);
  const variables = scope?.fingerprint(JSON.stringify(annotations));
  useEffect(() => {
    if (!scope) {
      return undefined;
    }
    const services = {
      cancel: (requestId: string) => backendSrv.resolveCancelerIfExists(requestId),
      readError: toDataQueryError,
    };
    const asked = annotationEvents({
      annotations,
      scope,
      range,
      getDataSource: (ref) => dataSourceSrv.get(ref),
      run: (dataSource, request) => runRequest(dataSource, request, services),
    });
    const subscription = asked.subscribe({
      next: (events) => setAnswer({ events }),
      error: (problem: unknown) => setAnswer({ events: [], problem }),
    });
    return () => subscription.unsubscribe();
    // A scope is another object with each address; what is asked follows from the values in it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [annotations, variables, range, dataSourceSrv, backendSrv]);
  return answer;
}
