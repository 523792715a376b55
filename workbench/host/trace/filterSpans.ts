import type { ViewSpan, ViewTag } from './viewTrace';

/** One row of "tags" in Grafana's span filters. */
export interface TagFilter {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
}

/** `panelsState.trace.spanFilters` of Grafana, as far as the workbench filters by it. */
export interface SpanFilters {
  readonly serviceName?: string;
  readonly serviceNameOperator?: string;
  readonly spanName?: string;
  readonly spanNameOperator?: string;
  /** Durations such as `1.2s` or `100ms`. */
  readonly from?: string;
  readonly fromOperator?: string;
  readonly to?: string;
  readonly toOperator?: string;
  readonly tags?: readonly TagFilter[];
  /** Free text, looked for anywhere in a span. */
  readonly query?: string;
  readonly matchesOnly?: boolean;
}

type Test = (span: ViewSpan) => boolean;

const MS_BY_UNIT = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1e3],
  ['m', 6e4],
  ['h', 3.6e6],
]);

/** Milliseconds of `1h30m`, `1.5ms`; `undefined` for anything else. */
export function readDurationMs(text: string): number | undefined {
  const parts = [...text.matchAll(/([\d.]+)\s*(ns|us|µs|ms|s|m|h)/g)];
  return parts.length === 0
    ? undefined
    : parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * MS_BY_UNIT.get(unit)!, 0);
}

/** `=~` is a substring in Grafana's span filters, not a regular expression. */
function compareText(actual: string, operator = '=', wanted = ''): boolean {
  switch (operator) {
    case '!=':
      return actual !== wanted;
    case '=~':
      return actual.includes(wanted);
    case '!~':
      return !actual.includes(wanted);
    default:
      return actual === wanted;
  }
}

const STATUS_NAMES = ['unset', 'ok', 'error'];

/** The tags a filter looks at: the span's, its events', its service's, and Grafana's names for the span's own fields. */
export function searchableTags(span: ViewSpan): readonly ViewTag[] {
  const intrinsics: ViewTag[] = [
    { key: 'id', value: span.spanId },
    { key: 'kind', value: span.kind },
    { key: 'status', value: span.statusCode === undefined ? undefined : STATUS_NAMES[span.statusCode] },
    { key: 'status.message', value: span.statusMessage },
    { key: 'library.name', value: span.libraryName },
    { key: 'library.version', value: span.libraryVersion },
    { key: 'trace.state', value: span.traceState },
  ];
  const events = span.events.flatMap(({ fields }) => fields);
  return [...span.tags, ...span.serviceTags, ...events, ...intrinsics.filter(({ value }) => value !== undefined)];
}

function testTag({ key, operator = '=', value }: TagFilter): Test {
  return (span) => {
    const sameKey = searchableTags(span).filter((tag) => tag.key === key);
    const isNegative = operator.startsWith('!');
    if (value === undefined || value === '') {
      return isNegative ? sameKey.length === 0 : sameKey.length > 0;
    }
    const test = (tag: ViewTag) => compareText(String(tag.value), operator, value);
    return isNegative ? sameKey.every(test) : sameKey.some(test);
  };
}

function testDuration(text: string | undefined, operator: string | undefined, isLower: boolean): Test[] {
  const limit = readDurationMs(text ?? '');
  if (limit === undefined) {
    return [];
  }
  const isStrict = operator === '>' || operator === '<';
  return [
    ({ duration }) =>
      isLower ? (isStrict ? duration > limit : duration >= limit) : isStrict ? duration < limit : duration <= limit,
  ];
}

function testText(query: string): Test {
  const wanted = query.toLowerCase();
  const has = (text: unknown) => String(text).toLowerCase().includes(wanted);
  return (span) =>
    [span.operationName, span.serviceName, span.spanId, ...span.warnings].some(has) ||
    span.events.some(({ name }) => name !== undefined && has(name)) ||
    searchableTags(span).some(({ key, value }) => has(key) || has(value));
}

/** The ids of the spans that meet every filter, or `undefined` when there is no filter. */
export function filterSpans(spans: readonly ViewSpan[], filters: SpanFilters): ReadonlySet<string> | undefined {
  const { serviceName, spanName, query } = filters;
  const tests: Test[] = [
    ...(serviceName
      ? [({ serviceName: own }: ViewSpan) => compareText(own, filters.serviceNameOperator, serviceName)]
      : []),
    ...(spanName
      ? [({ operationName }: ViewSpan) => compareText(operationName, filters.spanNameOperator, spanName)]
      : []),
    ...testDuration(filters.from, filters.fromOperator, true),
    ...testDuration(filters.to, filters.toOperator, false),
    ...(filters.tags ?? []).filter(({ key }) => key).map(testTag),
    ...(query?.trim() ? [testText(query.trim())] : []),
  ];
  return tests.length === 0
    ? undefined
    : new Set(spans.filter((span) => tests.every((test) => test(span))).map(({ spanId }) => spanId));
}
