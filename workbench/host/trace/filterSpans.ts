import type { ViewSpan, ViewTag } from './viewTrace';

/** One condition on a span; what may be missing is as Grafana saves a row that is not filled in. */
export interface SpanCondition {
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
  readonly tags?: readonly SpanCondition[];
  /** Where Grafana 12.4 keeps all of the above, under the keys `serviceName`, `spanName`, `duration` and those of tags. */
  readonly adhocFilters?: readonly SpanCondition[];
  /** Free text, looked for anywhere in a span. */
  readonly query?: string;
  readonly matchesOnly?: boolean;
}

/** Every condition but the free text as one list, whichever of Grafana's forms it came in. */
export function conditionsOf(filters: SpanFilters): Array<Required<SpanCondition>> {
  const conditions: SpanCondition[] = [
    { key: 'serviceName', operator: filters.serviceNameOperator, value: filters.serviceName },
    { key: 'spanName', operator: filters.spanNameOperator, value: filters.spanName },
    { key: 'duration', operator: filters.fromOperator ?? '>', value: filters.from },
    { key: 'duration', operator: filters.toOperator ?? '<', value: filters.to },
  ].filter(({ value }) => value);
  return [...conditions, ...(filters.tags ?? []), ...(filters.adhocFilters ?? [])].flatMap(
    ({ key, operator = '=', value = '' }) => (key ? [{ key, operator, value }] : [])
  );
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

function testTag({ key, operator, value }: Required<SpanCondition>): Test {
  const isNegative = operator.startsWith('!');
  return (span) => {
    const sameKey = searchableTags(span).filter((tag) => tag.key === key);
    if (value === '') {
      return isNegative ? sameKey.length === 0 : sameKey.length > 0;
    }
    const test = (tag: ViewTag) => compareText(String(tag.value), operator, value);
    return isNegative ? sameKey.every(test) : sameKey.some(test);
  };
}

function testDuration({ operator, value }: Required<SpanCondition>): Test {
  const limit = readDurationMs(value);
  return ({ duration }) => {
    switch (limit === undefined ? undefined : operator) {
      case '>':
        return duration > limit!;
      case '>=':
        return duration >= limit!;
      case '<':
        return duration < limit!;
      case '<=':
        return duration <= limit!;
      default:
        return true;
    }
  };
}

function testOf(condition: Required<SpanCondition>): Test {
  const { key, operator, value } = condition;
  switch (key) {
    case 'serviceName':
      return ({ serviceName }) => compareText(serviceName, operator, value);
    case 'spanName':
      return ({ operationName }) => compareText(operationName, operator, value);
    case 'duration':
      return testDuration(condition);
    default:
      return testTag(condition);
  }
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
  const text = filters.query?.trim();
  const tests = [...conditionsOf(filters).map(testOf), ...(text ? [testText(text)] : [])];
  return tests.length === 0
    ? undefined
    : new Set(spans.filter((span) => tests.every((test) => test(span))).map(({ spanId }) => spanId));
}
