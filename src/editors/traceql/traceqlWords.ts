/** A piece of TraceQL to offer. */
export interface OfferedWord {
  readonly text: string;
  readonly explanation?: string;
  /** `$0` is where the cursor goes; missing means behind the text. */
  readonly snippet?: string;
}

export const OPERATORS: readonly OfferedWord[] = [
  { text: '=', explanation: 'equals' },
  { text: '!=', explanation: 'is there and differs' },
  { text: '=~', explanation: 'matches a pattern as a whole' },
  { text: '!~', explanation: 'is there and does not match' },
  { text: '>', explanation: 'is more than' },
  { text: '>=', explanation: 'is at least' },
  { text: '<', explanation: 'is less than' },
  { text: '<=', explanation: 'is at most' },
];

export const CONJUNCTIONS: readonly OfferedWord[] = [
  { text: '&&', explanation: 'and' },
  { text: '||', explanation: 'or: put groups in parentheses, both bind alike' },
];

const call = (name: string, explanation: string): OfferedWord => ({
  text: `${name}()`,
  explanation,
  snippet: `${name}($0)`,
});

/** What may follow a `|`. */
export const STAGES: readonly OfferedWord[] = [
  call('rate', 'spans per second over time'),
  call('count_over_time', 'spans in each interval'),
  {
    text: 'quantile_over_time()',
    explanation: 'percentiles over time',
    snippet: 'quantile_over_time(duration, .5, .95)$0',
  },
  { text: 'histogram_over_time()', explanation: 'distribution over time', snippet: 'histogram_over_time(duration)$0' },
  call('avg_over_time', 'mean of a field over time'),
  call('min_over_time', 'smallest value over time'),
  call('max_over_time', 'largest value over time'),
  call('sum_over_time', 'sum of a field over time'),
  { text: 'compare()', explanation: 'what sets some spans apart', snippet: 'compare({ $0 })' },
  { text: 'by()', explanation: 'groups', snippet: 'by($0)' },
  call('select', 'fields to show with the spans'),
  { text: 'count()', explanation: 'matching spans of a trace', snippet: 'count() > $0' },
  { text: 'avg()', explanation: 'of a field of the matching spans', snippet: 'avg(duration) > $0' },
  { text: 'max()', explanation: 'of a field of the matching spans', snippet: 'max(duration) > $0' },
  { text: 'topk()', explanation: 'the largest series', snippet: 'topk($0)' },
  { text: 'bottomk()', explanation: 'the smallest series', snippet: 'bottomk($0)' },
  { text: 'with', explanation: 'hints for the server', snippet: 'with ($0)' },
];

export const STARTS: readonly OfferedWord[] = [
  { text: '{ }', explanation: 'spans that fulfil a condition', snippet: '{ $0 }' },
  { text: '{ status = error }', explanation: 'failed spans' },
  { text: '{ nestedSetParent < 0 }', explanation: 'root spans' },
];

export const HINTS: readonly OfferedWord[] = [
  { text: 'most_recent=true', explanation: 'the newest traces rather than the first found (Tempo 2.8)' },
  { text: 'sample=true', explanation: 'metrics of a sample, faster' },
];

/** Fields that every server has, offered before it has answered. */
export const INTRINSICS: readonly string[] = [
  'duration',
  'kind',
  'name',
  'resource.service.name',
  'rootName',
  'rootServiceName',
  'status',
  'statusMessage',
  'traceDuration',
];

/** Values that are words of the language. */
export const WORD_VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ['status', ['error', 'ok', 'unset']],
  ['span:status', ['error', 'ok', 'unset']],
  ['kind', ['server', 'client', 'producer', 'consumer', 'internal', 'unspecified']],
  ['span:kind', ['server', 'client', 'producer', 'consumer', 'internal', 'unspecified']],
]);
