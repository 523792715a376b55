import { normalizeTraceId } from '../model/ids';
import type { BackendCapabilities } from './capabilities';
import { queryOfSide, SIDES, type Side } from './compare';
import { parseDurationText } from './durationText';
import type {
  CompareQuery,
  DocumentQuery,
  LanguageQuery,
  MetricsQuery,
  ServiceGraphQuery,
  TraceIdQuery,
  TraceQuery,
} from './query';
import { isUnfilledTemplate, readTraceText } from './readTraceText';
import { shortened } from './shortened';
import { splitTexts } from './traceqlText';
import { noValue, unresolved, unresolvedNames } from './unresolved';
import { validateLanguage } from './validateLanguage';
import { GRAPH_SOURCES, GRAPH_VIEWS, MAX_HOPS, readGraphSource, readGraphView, readHops } from './serviceGraph';
import { metricsProblems, wordProblem } from './validateMetrics';
import { validateSearch } from './validateSearch';
import { viewFieldProblems, viewProblem } from './validateViews';
import { firstVariable, firstVariableInName, type IsWritten } from './variableText';
import { COMPARE_VIEWS, readCompareView, readTraceView, TRACE_VIEWS } from './views';

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
  | 'groupBy'
  | 'columns';

export interface QueryProblem {
  readonly field: QueryField;
  /** One sentence: what is wrong and what to write instead. */
  readonly message: string;
}

/**
 * Why a query cannot be run as it stands, in words; empty when it can. Takes a query whose variables are replaced: one
 * that is left is a problem, because it would be sent to the server as text and find nothing. What only looks like one
 * since it came out of a variable's value (`isWritten`) is text like any other.
 */
export function validateQuery(
  query: TraceQuery,
  capabilities: BackendCapabilities,
  isWritten: IsWritten = () => true
): readonly QueryProblem[] {
  switch (query.queryType) {
    case 'traceql':
      return validateTraceId(query, isWritten);
    case 'search':
      return validateSearch(query, capabilities, isWritten);
    case 'language':
      return [
        ...unresolvedInTraceql(query, isWritten),
        ...unresolved(query, ['limit', 'spss', 'step', 'exemplars'], isWritten),
        ...validateLanguage(query, capabilities),
      ];
    case 'document':
      return validateDocument(query, isWritten);
    case 'compare':
      return validateCompare(query, capabilities, isWritten);
    case 'serviceGraph':
      return validateServiceGraph(query, capabilities, isWritten);
    case 'metrics':
      return validateMetrics(query, capabilities, isWritten);
    case 'unsupported':
      return [{ field: 'query', message: query.reason }];
  }
}

function validateTraceId(query: TraceIdQuery, isWritten: IsWritten): readonly QueryProblem[] {
  const text = query.query.trim();
  if (text === '') {
    return [{ field: 'query', message: 'Enter a trace ID.' }];
  }
  const variables = unresolved(query, ['query', 'fromMs', 'toMs', 'rootSpanId'], isWritten);
  if (variables.length > 0) {
    return variables;
  }
  const view = readTraceView(query);
  return [
    ...(normalizeTraceId(text) === undefined ? [{ field: 'query' as const, message: traceIdProblem(text) }] : []),
    ...(view === undefined
      ? viewProblem(query, 'a trace', TRACE_VIEWS, isWritten)
      : viewFieldProblems(query, view, isWritten)),
  ];
}

function validateDocument(query: DocumentQuery, isWritten: IsWritten): readonly QueryProblem[] {
  if (query.text === undefined && query.heldAs === undefined) {
    const message =
      query.name === undefined
        ? 'Choose a file with traces, or paste its text.'
        : `Choose the file ${shortened(query.name)} again: it is not saved with this query.`;
    return [{ field: 'text', message }];
  }
  const view = readTraceView(query);
  return [
    ...unresolved(query, ['query', 'rootSpanId'], isWritten),
    ...(view === undefined
      ? viewProblem(query, 'a trace', TRACE_VIEWS, isWritten)
      : viewFieldProblems(query, view, isWritten)),
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
  if (isUnfilledTemplate(text)) {
    return `${shown} is a placeholder: the link that led here did not fill it in. Correct the template of the link, or enter a trace ID.`;
  }
  return /^[0-9a-f]{33,}$/i.test(text)
    ? `${shown} is too long for a trace ID: it has ${text.length} digits, a trace ID at most 32.`
    : `${shown} is not a trace ID, which is up to 32 of the digits 0-9 and a-f.`;
}

function validateCompare(
  query: CompareQuery,
  capabilities: BackendCapabilities,
  isWritten: IsWritten
): readonly QueryProblem[] {
  return [
    ...SIDES.flatMap((side) => validateSide(query, side, capabilities, isWritten)),
    ...(readCompareView(query) === undefined ? viewProblem(query, 'a comparison', COMPARE_VIEWS, isWritten) : []),
  ];
}

const SIDE_NAMES: Readonly<Record<Side, string>> = { baseline: 'Baseline', comparison: 'Comparison' };

function validateSide(
  query: CompareQuery,
  side: Side,
  capabilities: BackendCapabilities,
  isWritten: IsWritten
): readonly QueryProblem[] {
  const traces = query[side];
  const problems = [...validateQuery(queryOfSide(query, side), capabilities, isWritten)];
  if (traces.queryType === 'search') {
    problems.push(...validateEarlierBy(traces.earlierBy, isWritten));
  }
  return problems.map(({ message }) => ({ field: side, message: `${SIDE_NAMES[side]}: ${message}` }));
}

/** What is wrong with the shift of a search that is compared. */
export function validateEarlierBy(earlierBy = '', isWritten: IsWritten = () => true): readonly QueryProblem[] {
  const variables = unresolved({ earlierBy }, ['earlierBy'], isWritten);
  if (variables.length > 0 || earlierBy.trim() === '') {
    return variables;
  }
  const parsed = parseDurationText(earlierBy);
  return 'problem' in parsed ? [{ field: 'earlierBy', message: parsed.problem }] : [];
}

function validateServiceGraph(
  query: ServiceGraphQuery,
  capabilities: BackendCapabilities,
  isWritten: IsWritten
): readonly QueryProblem[] {
  const variables = [
    ...unresolvedNames(query, ['service'], isWritten),
    ...unresolved(query, ['hops', 'source', 'view'], isWritten),
  ];
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
    ...(readGraphView(query) === undefined ? viewProblem(query, 'the service graph', GRAPH_VIEWS, isWritten) : []),
  ];
}

const HOPS_PROBLEM = `Hops are a whole number from 1 to ${MAX_HOPS}.`;

function validateMetrics(
  query: MetricsQuery,
  capabilities: BackendCapabilities,
  isWritten: IsWritten
): readonly QueryProblem[] {
  const { quantiles = [], spanKinds = [] } = query;
  const variables = [
    ...unresolvedNames(query, ['services', 'operation'], isWritten),
    ...unresolved(
      { ...query, quantiles: quantiles.join(' '), spanKinds: spanKinds.join(' ') },
      ['metric', 'quantiles', 'groupBy', 'spanKinds', 'step', 'source'],
      isWritten
    ),
  ];
  return variables.length > 0 ? variables : metricsProblems(query, capabilities);
}

/** A dollar sign has no meaning in TraceQL but in its texts. */
function unresolvedInTraceql({ query }: LanguageQuery, isWritten: IsWritten): QueryProblem[] {
  const variable = splitTexts(query)
    .map(({ text, isQuoted }) =>
      isQuoted ? firstVariableInName(text.slice(1, -1), isWritten) : firstVariable(text, isWritten)
    )
    .find(Boolean);
  return variable === undefined ? [] : [{ field: 'query', message: noValue(variable) }];
}
