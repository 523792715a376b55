import type { DataLink, InterpolateFunction, ScopedVars } from '@grafana/data';
import { PYROSCOPE_PROFILE_ID } from '../model/semconv';
import type { Metric } from '../query/metrics';
import type { DocumentQuery, MetricsQuery, SearchQuery, ServiceGraphQuery, TraceIdQuery } from '../query/query';
import { buildSpanFilters, type SpanSearch } from './spanFilters';

/** The data source that a link opens. */
export interface LinkTarget {
  readonly uid: string;
  readonly name: string;
  /** The document to open traces from; without it they are looked up in the store. */
  readonly document?: Pick<DocumentQuery, 'text' | 'heldAs' | 'name' | 'size'>;
}

/** Epoch milliseconds. */
export interface LinkWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ProfilesTarget {
  readonly datasource: LinkTarget;
  readonly profileTypeId?: string;
  /** Used instead of all configured tags when given. */
  readonly customQuery?: string;
}

/** Explore gives the query its refId. */
type Linked<Query> = Omit<Query, 'refId'>;

/** What Grafana hands to a link's query for the row that was clicked. */
interface RowContext {
  readonly replaceVariables: InterpolateFunction;
  readonly scopedVars: ScopedVars;
}

/**
 * Opens the trace whose id is the field's value, in the row's own time window and with the search as span filters.
 *
 * The query is a function because the window is in no visible column, and hidden ones are shown: Explore's table
 * overwrites what the data source says about them (12.x, explore/Table/TableContainer.tsx). Grafana calls it with what
 * resolves `${__value.raw}` for the row, in Explore as in dashboards (12.4, grafana-data/src/utils/dataLinks.ts,
 * mapInternalLinkToExplore), and then writes the data source into the answer, so each call gives a new object.
 */
export function traceLink(
  target: LinkTarget,
  windowByTraceId: ReadonlyMap<string, LinkWindow>,
  search: SpanSearch
): DataLink {
  return openTraceLink(target, windowByTraceId, '${__value.raw}', buildSpanFilters(search));
}

/**
 * Opens the trace of the row at the span whose id is the field's value; the trace id is in the field called `traceField`
 * of the same row. Grafana replaces variables in `panelsState` as in a query (12.4, grafana-data/src/utils/dataLinks.ts).
 */
export function spanLink(
  target: LinkTarget,
  windowByTraceId: ReadonlyMap<string, LinkWindow>,
  traceField: string,
  title: string
): DataLink {
  return {
    title,
    url: '',
    internal: {
      ...internalTarget(target),
      query: ({ replaceVariables, scopedVars }: RowContext) => {
        const query = replaceVariables(`\${__data.fields.${traceField}}`, scopedVars);
        const spanId = replaceVariables('${__value.raw}', scopedVars);
        return openTrace(target, { query, spanId, ...windowByTraceId.get(query) });
      },
      panelsState: { trace: { spanId: '${__value.raw}' } },
    },
  };
}

/** The query that shows a trace; a document needs no window to be looked in. */
export function openTrace(
  { document }: LinkTarget,
  { fromMs, toMs, ...asked }: Omit<Linked<TraceIdQuery>, 'queryType'>
): Linked<TraceIdQuery> | Linked<DocumentQuery> {
  return document
    ? { queryType: 'document', ...document, ...asked }
    : {
        queryType: 'traceql',
        ...asked,
        ...(fromMs === undefined ? {} : { fromMs }),
        ...(toMs === undefined ? {} : { toMs }),
      };
}

/** Opens the trace whose id is in the field called `traceField` of the same row: for what is drawn of another field. */
export function traceOfRowLink(
  target: LinkTarget,
  windowByTraceId: ReadonlyMap<string, LinkWindow>,
  traceField: string
): DataLink {
  return openTraceLink(target, windowByTraceId, `\${__data.fields.${traceField}}`);
}

/** `idText` is what Grafana replaces by the id of the trace. */
function openTraceLink(
  target: LinkTarget,
  windowByTraceId: ReadonlyMap<string, LinkWindow>,
  idText: string,
  spanFilters?: ReturnType<typeof buildSpanFilters>
): DataLink {
  return {
    title: 'Open trace',
    url: '',
    internal: {
      ...internalTarget(target),
      query: ({ replaceVariables, scopedVars }: RowContext) => {
        const query = replaceVariables(idText, scopedVars);
        return openTrace(target, { query, ...windowByTraceId.get(query) });
      },
      panelsState: spanFilters && { trace: { spanFilters } },
    },
  };
}

/** Searches for traces of the service whose name is in the field called `serviceField` of the same row. */
export function serviceSearchLink(target: LinkTarget, serviceField: string, title: string): DataLink {
  const query: Linked<SearchQuery> = { queryType: 'search', service: fieldText(serviceField) };
  return internalLink(target, title, query);
}

/** Searches for the traces of that row in which something failed. */
export function errorSearchLink(target: LinkTarget, serviceField: string, title: string): DataLink {
  const query: Linked<SearchQuery> = {
    queryType: 'search',
    service: fieldText(serviceField),
    status: 'error',
  };
  return internalLink(target, title, query);
}

/** How a store is asked for the traces in which one service calls another. */
export type CallSearch = 'remoteService' | 'traceql';

/** What both ends of a call are called, by the fields of the same row. */
export interface CallFields {
  readonly caller: string;
  readonly callee: string;
}

/** Searches for the traces in which the caller of the row calls the other service, or for those where that fails. */
export function callSearchLink(
  target: LinkTarget,
  search: CallSearch,
  { caller, callee }: CallFields,
  title: string,
  status?: 'error'
): DataLink {
  if (search === 'remoteService') {
    const query: Linked<SearchQuery> = {
      queryType: 'search',
      service: fieldText(caller),
      remoteService: fieldText(callee),
      ...(status && { status }),
    };
    return internalLink(target, title, query);
  }
  // A function, as names must be quoted.
  const query = ({ replaceVariables, scopedVars }: RowContext): Linked<TraceIdQuery> => {
    const [from, to] = [caller, callee].map((field) => {
      const name = replaceVariables(fieldText(field), scopedVars);
      return `resource.service.name = ${JSON.stringify(name)}`;
    });
    return { queryType: 'traceql', query: `{ ${from} } > { ${to}${status ? ` && status = ${status}` : ''} }` };
  };
  return { title, url: '', internal: { ...internalTarget(target), query } };
}

/** Rate, errors or durations of the service whose name is in that field, over time. */
export function serviceMetricsLink(target: LinkTarget, serviceField: string, metric: Metric, title: string): DataLink {
  const query: Linked<MetricsQuery> = { queryType: 'metrics', metric, services: [fieldText(serviceField)] };
  return internalLink(target, title, query);
}

/** The graph of the services near the one whose name is in that field. */
export function nearServicesLink(target: LinkTarget, serviceField: string, title: string): DataLink {
  const query: Linked<ServiceGraphQuery> = { queryType: 'serviceGraph', service: fieldText(serviceField) };
  return internalLink(target, title, query);
}

/** An expression over the metrics of a Prometheus. */
export function expressionLink(target: LinkTarget, expr: string, title: string): DataLink {
  return internalLink(target, title, { expr, range: true });
}

function internalLink(target: LinkTarget, title: string, query: object): DataLink {
  return { title, url: '', internal: { ...internalTarget(target), query } };
}

function fieldText(field: string): string {
  return `\${__data.fields.${field}}`;
}

/**
 * The link to a span's profile. Grafana's span detail knows it by its title alone, and hides it on spans without the
 * tag (12.4, TraceView/createSpanLink.tsx; the query is the one that Pyroscope's data source reads).
 */
export function profilesLink(target: ProfilesTarget): DataLink {
  return {
    title: 'Related profiles',
    url: '',
    internal: {
      ...internalTarget(target.datasource),
      query: {
        refId: 'profile',
        queryType: 'profile',
        labelSelector: target.customQuery ?? '{${__tags}}',
        groupBy: [],
        profileTypeId: target.profileTypeId ?? '',
        spanSelector: [`\${__span.tags["${PYROSCOPE_PROFILE_ID}"]}`],
      },
    },
  };
}

/** The target as a link's `internal` names it. */
export function internalTarget(target: LinkTarget) {
  // Grafana looks for variables here too and hides the link when it finds one; the name only stands in for a title.
  return { datasourceUid: target.uid, datasourceName: target.name.replace(/[$[]/g, '') };
}
