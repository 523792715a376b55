import { queryOfSide, SIDES, type Side } from './compare';
import { displayFilter } from './filterRows';
import type { CompareQuery, DocumentQuery, MetricsQuery, SampleConditions, SearchQuery, TraceQuery } from './query';
import { DEFAULT_GROUP_BY, type ViewFields } from './views';

/** One line that tells a query apart from others, for query history. Never empty. */
export function displayQuery(query: TraceQuery): string {
  switch (query.queryType) {
    case 'traceql':
      return [
        query.query.trim() === '' ? 'Trace by ID (empty)' : `Trace ${oneLine(query.query)}`,
        ...(isWritten(query.rootSpanId) ? [`below span ${oneLine(query.rootSpanId)}`] : []),
        ...viewText(query),
      ].join(' · ');
    case 'search':
      return [displaySearch(query), ...viewText(query)].join(' · ');
    case 'language':
      return query.query.trim() === '' ? 'TraceQL (empty)' : oneLine(query.query);
    case 'document':
      return [
        displayDocument(query),
        ...(isWritten(query.query) ? [`trace ${oneLine(query.query)}`] : []),
        ...(isWritten(query.rootSpanId) ? [`below span ${oneLine(query.rootSpanId)}`] : []),
        ...viewText(query),
      ].join(' · ');
    case 'compare': {
      const [baseline, comparison] = SIDES.map((side) => displaySide(query, side));
      return [`Compare: ${baseline} ↔ ${comparison}`, ...(isWritten(query.view) ? [oneLine(query.view)] : [])].join(
        ' · '
      );
    }
    case 'serviceGraph':
      return [
        isWritten(query.service) ? `Service graph around ${oneLine(query.service)}` : 'Service graph',
        ...(query.source === 'metrics' || query.source === 'traces' ? [`from ${query.source}`] : []),
        ...(query.view === 'table' ? ['table'] : []),
      ].join(' · ');
    case 'metrics':
      return displayMetrics(query);
    case 'unsupported':
      return query.query === undefined ? query.reason : oneLine(query.query);
  }
}

const METRIC_NAMES: ReadonlyMap<string, string> = new Map([
  ['calls', 'Rate'],
  ['errors', 'Errors'],
  ['latencies', 'Durations'],
]);

function displayMetrics({ metric = 'calls', services = [], operation, quantiles = [], groupBy }: MetricsQuery): string {
  return [
    `${METRIC_NAMES.get(metric) ?? oneLine(metric)} of ${oneLine(services.join(', ')) || 'no service'}`,
    ...(isWritten(operation) ? [oneLine(operation)] : []),
    ...(metric === 'latencies' && quantiles.length > 0 ? [oneLine(quantiles.join(', '))] : []),
    ...(groupBy === 'operation' ? ['by operation'] : []),
  ].join(' · ');
}

function displayDocument({ name, text, heldAs }: DocumentQuery): string {
  if (isWritten(name)) {
    return `File ${oneLine(name)}`;
  }
  return text === undefined && heldAs === undefined ? 'File (none chosen)' : 'Pasted text';
}

function displaySide(query: CompareQuery, side: Side): string {
  const traces = query[side];
  const shift = traces.queryType === 'search' && isWritten(traces.earlierBy) ? ` (${traces.earlierBy} earlier)` : '';
  return displayQuery(queryOfSide(query, side)) + shift;
}

function displaySearch(query: SearchQuery): string {
  const { service, operation, remoteService, tags, limit } = query;
  const subject = [service, operation].filter(isWritten).map(oneLine).join(': ');
  const conditions = [
    isWritten(remoteService) ? `with ${remoteService}` : '',
    tags,
    ...displayConditions(query),
    limit === undefined ? '' : `limit ${limit}`,
  ];
  return ['Search', subject || 'all services', ...conditions.filter(isWritten).map(oneLine)].join(' · ');
}

/** What is asked of a span beside its service and operation, each a text. */
export function displayConditions({
  filters = [],
  status,
  minDuration,
  maxDuration,
}: SampleConditions): readonly string[] {
  const conditions = [
    ...filters.map(displayFilter),
    isWritten(status) ? `status ${status}` : '',
    durationRange(minDuration, maxDuration),
  ];
  return conditions.filter(isWritten);
}

/** How the answer is looked at, where that is not the plain way. */
function viewText({ view, groupBy = DEFAULT_GROUP_BY, columns = [] }: ViewFields): string[] {
  switch (view) {
    case undefined:
    case 'trace':
    case 'list':
      return [];
    case 'statistics':
      return [`statistics by ${oneLine(groupBy.join(', '))}`];
    case 'spans':
      return [columns.length === 0 ? 'spans' : `spans with ${oneLine(columns.join(', '))}`];
    case 'criticalPath':
      return ['critical path'];
    case 'criticalPathFlameGraph':
      return ['flame graph of the critical path'];
    case 'flameGraph':
      return ['flame graph'];
    default:
      return [oneLine(view)];
  }
}

function durationRange(min: string | undefined, max: string | undefined): string {
  if (isWritten(min) && isWritten(max)) {
    return `${min} to ${max}`;
  }
  return isWritten(min) ? `at least ${min}` : isWritten(max) ? `at most ${max}` : '';
}

function isWritten(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

/** Query history shows one line and cuts long ones itself, but lays out every line break. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
