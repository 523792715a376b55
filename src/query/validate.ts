import { normalizeTraceId } from '../model/ids';
import type { BackendCapabilities } from './capabilities';
import { readChoices } from './choices';
import { queryOfSide, SIDES, type Side } from './compare';
import { readLimit } from './compileRequest';
import { isStatus } from './compileSearch';
import { parseDurationText } from './durationText';
import { filterRowProblem } from './filterRows';
import type {
  AttributeFilter,
  CompareQuery,
  DocumentQuery,
  MetricsQuery,
  SearchQuery,
  ServiceGraphQuery,
  TraceIdQuery,
  TraceQuery,
} from './query';
import { readTraceText } from './readTraceText';
import { parseSearchText } from './searchText';
import { validateLanguage } from './validateLanguage';
import { GRAPH_SOURCES, GRAPH_VIEWS, MAX_HOPS, readGraphSource, readGraphView, readHops } from './serviceGraph';
import { metricsProblems, wordProblem } from './validateMetrics';
import { firstVariable } from './variableText';
import {
  MAX_GROUP_KEYS,
  COMPARE_VIEWS,
  readCompareView,
  readSearchView,
  readTraceView,
  SEARCH_VIEWS,
  TRACE_VIEWS,
  type ViewFields,
} from './views';

/** The controls a problem can belong to. */
export type QueryField =
  | 'queryType'
  | 'query'
  | 'text'
  | 'service'
  | 'operation'
  | 'remoteService'
  | 'tags'
  | 'filters'
  | 'status'
  | 'minDuration'
  | 'maxDuration'
  | 'limit'
  | 'spss'
  | 'step'
  | 'exemplars'
  | 'fromMs'
  | 'toMs'
  | 'rootSpanId'
  | 'baseline'
  | 'comparison'
  | 'earlierBy'
  | 'view'
  | 'hops'
  | 'source'
  | 'metric'
  | 'services'
  | 'quantiles'
  | 'spanKinds'
  | 'step'
  | 'groupBy'
  | 'columns';

export interface QueryProblem {
  readonly field: QueryField;
  /** One sentence: what is wrong and what to write instead. */
  readonly message: string;
}

/**
 * Why a query cannot be run as it stands, in words; empty when it can. Takes a query whose variables are replaced: one
 * that is left is a problem, because it would be sent to the server as text and find nothing.
 */
export function validateQuery(query: TraceQuery, capabilities: BackendCapabilities): readonly QueryProblem[] {
  switch (query.queryType) {
    case 'traceql':
      return validateTraceId(query);
    case 'search':
      return validateSearch(query, capabilities);
    case 'language':
      return [
        ...unresolved(query, ['query', 'limit', 'spss', 'step', 'exemplars']),
        ...validateLanguage(query, capabilities),
      ];
    case 'document':
      return validateDocument(query);
    case 'compare':
      return validateCompare(query, capabilities);
    case 'serviceGraph':
      return validateServiceGraph(query, capabilities);
    case 'metrics':
      return validateMetrics(query, capabilities);
    case 'unsupported':
      return [{ field: 'query', message: query.reason }];
  }
}

function validateTraceId(query: TraceIdQuery): readonly QueryProblem[] {
  const text = query.query.trim();
  if (text === '') {
    return [{ field: 'query', message: 'Enter a trace ID.' }];
  }
  const variables = unresolved(query, ['query', 'fromMs', 'toMs', 'rootSpanId']);
  if (variables.length > 0) {
    return variables;
  }
  const view = readTraceView(query);
  return [
    ...(normalizeTraceId(text) === undefined ? [{ field: 'query' as const, message: traceIdProblem(text) }] : []),
    ...(view === undefined ? viewProblem(query, 'a trace', TRACE_VIEWS) : viewFieldProblems(query, view)),
  ];
}

function validateDocument(query: DocumentQuery): readonly QueryProblem[] {
  if (query.text === undefined && query.heldAs === undefined) {
    const message =
      query.name === undefined
        ? 'Choose a file with traces, or paste its text.'
        : `Choose the file ${shortened(query.name)} again: it is not saved with this query.`;
    return [{ field: 'text', message }];
  }
  const view = readTraceView(query);
  return [
    ...unresolved(query, ['query', 'rootSpanId']),
    ...(view === undefined ? viewProblem(query, 'a trace', TRACE_VIEWS) : viewFieldProblems(query, view)),
  ];
}

function traceIdProblem(text: string): string {
  const found = readTraceText(text);
  if (found.kind === 'several') {
    const [first, second] = found.traceIds;
    return `This text holds ${found.traceIds.length} trace IDs (${first}, ${second}${found.traceIds.length > 2 ? ', …' : ''}). Keep one of them.`;
  }
  if (/^(?:0x)?[0\s-]+$/i.test(text)) {
    return 'A trace ID of zeros means that there is no trace: the log line was written outside of one.';
  }
  const shown = `“${shortened(text)}”`;
  return /^[0-9a-f]{33,}$/i.test(text)
    ? `${shown} is too long for a trace ID: it has ${text.length} digits, a trace ID at most 32.`
    : `${shown} is not a trace ID, which is up to 32 of the digits 0-9 and a-f.`;
}

function validateSearch(query: SearchQuery, capabilities: BackendCapabilities): readonly QueryProblem[] {
  if (capabilities.search === 'none') {
    return [{ field: 'queryType', message: 'This server cannot search. Look a trace up by its ID.' }];
  }
  const problems = [...unresolved(query, SEARCH_FIELDS)];
  const add = (field: QueryField, message: string | undefined) => {
    // One sentence for each field: an unresolved variable already explains why the rest of it makes no sense.
    if (message !== undefined && !problems.some((problem) => problem.field === field)) {
      problems.push({ field, message });
    }
  };
  add('remoteService', remoteServiceProblem(query, capabilities));
  add('tags', tagsProblem(query.tags ?? ''));
  add('filters', filtersProblem(query.filters ?? []));
  add('status', statusProblem(query.status));
  const view = readSearchView(query);
  problems.push(
    ...(view === undefined ? viewProblem(query, 'a search', SEARCH_VIEWS) : viewFieldProblems(query, view))
  );
  for (const field of ['minDuration', 'maxDuration'] as const) {
    add(field, durationProblem(query[field] ?? '', capabilities));
  }
  add('maxDuration', orderProblem(query));
  add('limit', Number.isNaN(readLimit(query.limit)) ? LIMIT_PROBLEM : undefined);
  return problems;
}

const LIMIT_PROBLEM = 'The limit is a whole number of traces, at least 1.';

const SEARCH_FIELDS = [
  'service',
  'operation',
  'remoteService',
  'tags',
  'status',
  'minDuration',
  'maxDuration',
  'limit',
  'fromMs',
  'toMs',
] as const satisfies ReadonlyArray<QueryField & keyof SearchQuery>;

function remoteServiceProblem({ remoteService }: SearchQuery, capabilities: BackendCapabilities): string | undefined {
  return remoteService?.trim() && !capabilities.remoteServices
    ? 'This store cannot search by the service at the other end of a call. Leave the field empty.'
    : undefined;
}

function tagsProblem(tags: string): string | undefined {
  const [problem] = parseSearchText(tags).problems;
  return problem && `At “${shortened(problem.word)}”: ${problem.message}`;
}

function filtersProblem(filters: readonly AttributeFilter[]): string | undefined {
  for (const filter of filters) {
    const variable = firstVariable(filter.key) ?? firstVariable(filter.value);
    const problem = variable === undefined ? filterRowProblem(filter) : noValue(variable);
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

function statusProblem(status: string | undefined): string | undefined {
  const unknown = readChoices(status).find((choice) => !isStatus(choice));
  return unknown === undefined ? undefined : `“${shortened(unknown)}” is no status. Choose ok, error or unset.`;
}

function durationProblem(text: string, { durationRange }: BackendCapabilities): string | undefined {
  if (text.trim() === '') {
    return undefined;
  }
  if (!durationRange) {
    return 'This server cannot search by duration. Leave the field empty.';
  }
  const parsed = parseDurationText(text);
  return 'problem' in parsed ? parsed.problem : undefined;
}

function orderProblem({ minDuration, maxDuration }: SearchQuery): string | undefined {
  const min = parseDurationText(minDuration ?? '');
  const max = parseDurationText(maxDuration ?? '');
  return 'value' in min && 'value' in max && min.value > max.value
    ? `The longest duration (${maxDuration}) is shorter than the shortest (${minDuration}), so nothing can match.`
    : undefined;
}

function validateCompare(query: CompareQuery, capabilities: BackendCapabilities): readonly QueryProblem[] {
  return [
    ...SIDES.flatMap((side) => validateSide(query, side, capabilities)),
    ...(readCompareView(query) === undefined ? viewProblem(query, 'a comparison', COMPARE_VIEWS) : []),
  ];
}

const SIDE_NAMES: Readonly<Record<Side, string>> = { baseline: 'Baseline', comparison: 'Comparison' };

function validateSide(query: CompareQuery, side: Side, capabilities: BackendCapabilities): readonly QueryProblem[] {
  const traces = query[side];
  const problems = [...validateQuery(queryOfSide(query, side), capabilities)];
  if (traces.queryType === 'search') {
    problems.push(...validateEarlierBy(traces.earlierBy));
  }
  return problems.map(({ message }) => ({ field: side, message: `${SIDE_NAMES[side]}: ${message}` }));
}

/** What is wrong with the shift of a search that is compared. */
export function validateEarlierBy(earlierBy = ''): readonly QueryProblem[] {
  const variables = unresolved({ earlierBy }, ['earlierBy']);
  if (variables.length > 0 || earlierBy.trim() === '') {
    return variables;
  }
  const parsed = parseDurationText(earlierBy);
  return 'problem' in parsed ? [{ field: 'earlierBy', message: parsed.problem }] : [];
}

function validateServiceGraph(query: ServiceGraphQuery, capabilities: BackendCapabilities): readonly QueryProblem[] {
  const variables = unresolved(query, ['service', 'hops', 'source', 'view']);
  if (variables.length > 0) {
    return variables;
  }
  const source = query.source?.trim() ? wordProblem(readGraphSource(query), query.source, GRAPH_SOURCES) : undefined;
  const chosen = readGraphSource(query);
  if (chosen === 'store' && !capabilities.dependencies) {
    return [
      { field: 'source', message: 'This server keeps no service graph. Choose traces or metrics as the source.' },
    ];
  }
  if (chosen === 'traces' && capabilities.search === 'none') {
    return [{ field: 'source', message: 'This server cannot search for traces to draw the graph from.' }];
  }
  return [
    ...(Number.isNaN(readHops(query)) ? [{ field: 'hops' as const, message: HOPS_PROBLEM }] : []),
    ...(source ? [{ field: 'source' as const, message: source }] : []),
    ...(readGraphView(query) === undefined ? viewProblem(query, 'the service graph', GRAPH_VIEWS) : []),
  ];
}

const HOPS_PROBLEM = `Hops are a whole number from 1 to ${MAX_HOPS}.`;

function validateMetrics(query: MetricsQuery, capabilities: BackendCapabilities): readonly QueryProblem[] {
  const { services = [], quantiles = [], spanKinds = [] } = query;
  const variables = unresolved(
    { ...query, services: services.join(' '), quantiles: quantiles.join(' '), spanKinds: spanKinds.join(' ') },
    ['metric', 'services', 'operation', 'quantiles', 'groupBy', 'spanKinds', 'step', 'source']
  );
  return variables.length > 0 ? variables : metricsProblems(query, capabilities);
}

function viewProblem(query: ViewFields, of: string, views: readonly string[]): QueryProblem[] {
  const variables = unresolved(query, ['view']);
  const message = `“${shortened(query.view ?? '')}” is not a view of ${of}. Choose one of these: ${views.join(', ')}.`;
  return variables.length > 0 ? variables : [{ field: 'view', message }];
}

/** What a view does not read cannot be wrong with it. */
function viewFieldProblems({ groupBy = [], columns = [] }: ViewFields, view: string): QueryProblem[] {
  switch (view) {
    case 'statistics':
      return groupBy.length > MAX_GROUP_KEYS
        ? [
            {
              field: 'groupBy',
              message: `Statistics group by ${MAX_GROUP_KEYS} keys at most, not by ${groupBy.length}.`,
            },
          ]
        : unresolved({ groupBy: groupBy.join(' ') }, ['groupBy']);
    case 'spans':
      return unresolved({ columns: columns.join(' ') }, ['columns']);
    default:
      return [];
  }
}

function unresolved<TField extends QueryField>(
  query: { readonly [field in TField]?: string | number },
  fields: readonly TField[]
): QueryProblem[] {
  return fields.flatMap((field) => {
    const variable = firstVariable(String(query[field] ?? ''));
    return variable === undefined ? [] : [{ field, message: noValue(variable) }];
  });
}

function noValue(variable: string): string {
  return `The variable ${variable} has no value here. Define it, or write the value itself.`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
