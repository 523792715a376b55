import type { TraceQuery } from '../../query/query';
import { readGraphView, type GraphView } from '../../query/serviceGraph';
import {
  readCompareView,
  readSearchView,
  readTraceView,
  type CompareView,
  type SearchView,
  type TraceView,
} from '../../query/views';

export interface ViewOption {
  /** The name that is saved. */
  readonly value: string;
  readonly label: string;
  /** One line that explains the view. */
  readonly description: string;
}

/** The views a query can be looked at in; the one at hand is always among them, or it could not be seen. */
export function viewOptions(query: TraceQuery): readonly ViewOption[] {
  switch (query.queryType) {
    case 'traceql':
    case 'document':
      return withUnknown(optionsOf(TRACE_OPTIONS), query.view);
    case 'search':
      return withUnknown(optionsOf(SEARCH_OPTIONS), query.view);
    case 'compare':
      return withUnknown(optionsOf(COMPARE_OPTIONS), query.view);
    case 'serviceGraph':
      return withUnknown(optionsOf(GRAPH_OPTIONS), query.view);
    default:
      return [];
  }
}

/** The option that stands for the view of a query. */
export function chosenView(query: TraceQuery): string {
  switch (query.queryType) {
    case 'traceql':
    case 'document':
      return readTraceView(query) ?? query.view ?? '';
    case 'search':
      return readSearchView(query) ?? query.view ?? '';
    case 'compare':
      return readCompareView(query) ?? query.view ?? '';
    case 'serviceGraph':
      return readGraphView(query) ?? query.view ?? '';
    default:
      return '';
  }
}

/** The query in another view. The plain view is not written down: a query is as it was before anyone looked elsewhere. */
export function withView<Q extends TraceQuery>(query: Q, view: string): Q {
  return { ...query, view: view === viewOptions(query)[0]?.value ? undefined : view };
}

type Texts = Omit<ViewOption, 'value'>;

const STATISTICS: Texts = {
  label: 'Statistics',
  description: 'Count, errors, self time and percentiles of spans, grouped',
};
const SPANS: Texts = { label: 'Spans', description: 'One row a span, with a column for each attribute you name' };

const TRACE_OPTIONS: Readonly<Record<TraceView, Texts>> = {
  trace: { label: 'Trace', description: 'The timeline of all spans' },
  statistics: STATISTICS,
  criticalPath: { label: 'Critical path', description: 'Which operations decided when the trace ended, as a table' },
  criticalPathFlameGraph: {
    label: 'Critical path, flame graph',
    description: 'The time on the critical path, by the path of calls that led there',
  },
  flameGraph: { label: 'Flame graph', description: 'Where the time went: spans on the same path of calls as one bar' },
  spans: SPANS,
  events: { label: 'Events', description: 'The events of all spans as log lines' },
};

const SEARCH_OPTIONS: Readonly<Record<SearchView, Texts>> = {
  list: { label: 'List', description: 'One row a trace' },
  red: { label: 'Rate, errors, duration', description: 'Of the traces found, over time' },
  histogram: { label: 'Histogram', description: 'How many traces took how long' },
  heatmap: { label: 'Heatmap', description: 'How many traces took how long, over time' },
  scatter: { label: 'Scatter', description: 'A dot for each trace; each leads to it' },
  statistics: STATISTICS,
  flameGraph: { label: 'Flame graph', description: 'Where the time of all traces found went, as one picture' },
  serviceGraph: { label: 'Service graph', description: 'Which services call which in the traces found' },
  spans: SPANS,
};

const COMPARE_OPTIONS: Readonly<Record<CompareView, Texts>> = {
  flameGraph: { label: 'Difference flame graph', description: 'Where time was gained and lost, by the path of calls' },
  operations: {
    label: 'Operations',
    description: 'What changed per operation in self time, errors and count, the largest first',
  },
  attributes: { label: 'Attributes', description: 'Which attribute values are typical for one side' },
};

const GRAPH_OPTIONS: Readonly<Record<GraphView, Texts>> = {
  graph: { label: 'Graph', description: 'A node for each service, an edge for each that it calls' },
  table: { label: 'Table', description: 'One row a call, the most frequent first' },
};

function optionsOf(texts: Readonly<Record<string, Texts>>): ViewOption[] {
  return Object.entries(texts).map(([value, text]) => ({ value, ...text }));
}

function withUnknown(options: readonly ViewOption[], view: string | undefined): readonly ViewOption[] {
  return view === undefined || options.some(({ value }) => value === view)
    ? options
    : [...options, { value: view, label: view, description: 'As the query was saved' }];
}
