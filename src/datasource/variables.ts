/** Query variables: what a store is asked for their values, and how Grafana gets them. */
import {
  CustomVariableSupport,
  type DataQueryRequest,
  type DataQueryResponse,
  type ScopedVars,
  type TimeRange,
} from '@grafana/data';
import { Observable } from 'rxjs';

import { buildVariableFrame } from '../frames/variableFrame';
import type { TimeWindow } from '../model/time';
import { formatChoices } from '../query/choices';
import {
  interpolateVariableQuery,
  normalizeVariableQuery,
  variableQueryProblem,
  type VariableQuery,
} from '../query/variableQuery';
import type { Catalogue } from './catalogue';
import { panelWindow } from './panelWindow';
import type { DataSourceServices } from './services';
import type { TraceDataSource } from './TraceDataSource';

export interface VariableDependencies {
  readonly catalogue: Catalogue;
  readonly services: Pick<DataSourceServices, 'replace' | 'now'>;
}

/** Where a variable stands when it is asked: other variables that it may name, and the time range of its dashboard. */
export interface VariablePlace {
  readonly scopedVars?: ScopedVars;
  readonly range?: TimeRange;
  readonly signal?: AbortSignal;
}

/** The values of a variable, each once, sorted; Grafana applies its regular expression and order. Rejects with a sentence. */
export async function findVariableValues(
  saved: unknown,
  { scopedVars, range, signal }: VariablePlace,
  { catalogue, services }: VariableDependencies
): Promise<readonly string[]> {
  const query = interpolateVariableQuery(normalizeVariableQuery(saved), (text, format) =>
    services.replace(text, scopedVars, format)
  );
  const problem = variableQueryProblem(query);
  if (problem !== undefined) {
    throw new Error(problem);
  }
  const window = panelWindow(range, services.now());
  const values = await askCatalogue(query, window, catalogue, signal);
  return [...new Set(values)];
}

async function askCatalogue(
  { kind, service, key = '' }: VariableQuery,
  window: TimeWindow,
  catalogue: Catalogue,
  signal: AbortSignal | undefined
): Promise<readonly string[]> {
  switch (kind) {
    case 'services':
      return catalogue.listServices(window, signal);
    case 'operations':
      return catalogue.listSpanNames(service ?? (await everyService(catalogue, window, signal)), window, signal);
    case 'attributeKeys':
      return catalogue.listAttributeKeys(service, window, signal);
    case 'attributeValues':
      return catalogue.listAttributeValues(key, service, window, signal);
  }
}

/** More requests than this are not made for a menu. */
const MAX_SERVICES = 100;

async function everyService(
  catalogue: Catalogue,
  window: TimeWindow,
  signal: AbortSignal | undefined
): Promise<string> {
  const services = await catalogue.listServices(window, signal);
  if (services.length > MAX_SERVICES) {
    throw new Error(`There are ${services.length} services: name the one whose operations are wanted.`);
  }
  return formatChoices(services);
}

export type VariableEditor = CustomVariableSupport<TraceDataSource, VariableQuery>['editor'];

/** The variables of a data source, with the editor that `module.ts` hands in. */
export class TraceVariableSupport extends CustomVariableSupport<TraceDataSource, VariableQuery> {
  constructor(
    readonly find: (query: unknown, place: VariablePlace) => Promise<readonly string[]>,
    readonly editor: VariableEditor
  ) {
    super();
  }

  query(request: DataQueryRequest<VariableQuery>): Observable<DataQueryResponse> {
    return new Observable((subscriber) => {
      const controller = new AbortController();
      const { scopedVars, range } = request;
      this.find(request.targets[0], { scopedVars, range, signal: controller.signal }).then(
        (values) => {
          subscriber.next({ data: [buildVariableFrame(values, request.targets[0]?.refId ?? 'variable')] });
          subscriber.complete();
        },
        (error) => subscriber.error(error)
      );
      return () => controller.abort();
    });
  }
}
