import type { ExplorePanelsState } from '@grafana/data';
import { ERROR, OTEL_STATUS_CODE, SPAN_KIND } from '../model/semconv';
import { toMicros, type Nanoseconds } from '../model/time';
import type { AttributeFilter } from '../query/query';

/** The part of a search that a single span can be tested against. Variables are replaced already. */
export interface SpanSearch {
  readonly service?: string;
  readonly spanName?: string;
  readonly attributes?: readonly AttributeFilter[];
  readonly minDuration?: Nanoseconds;
  readonly maxDuration?: Nanoseconds;
}

type SpanFilters = NonNullable<NonNullable<ExplorePanelsState['trace']>['spanFilters']>;
type SpanFilter = NonNullable<SpanFilters['adhocFilters']>[number];

/**
 * A search as the trace view's own span filters, so that a trace opens with the spans that were searched for in the
 * light. Undefined when the search names nothing to look for.
 *
 * All of it goes into `adhocFilters`, which the view shows and lets the user remove. Its older fields work too, but a
 * duration in them would filter unseen (Grafana 12.4, TraceView/useSearch.ts, migrateToAdhocFilters). The object must
 * be complete nevertheless: the view reads `tags` and the operators without asking.
 */
export function buildSpanFilters(search: SpanSearch): SpanFilters | undefined {
  const adhocFilters = [
    ...equals('serviceName', search.service),
    ...equals('spanName', search.spanName),
    ...(search.attributes ?? []).flatMap(attributeFilter),
    ...durationFilter('>=', search.minDuration),
    ...durationFilter('<=', search.maxDuration),
  ];
  if (adhocFilters.length === 0) {
    return undefined;
  }
  return {
    serviceNameOperator: '=',
    spanNameOperator: '=',
    fromOperator: '>',
    toOperator: '<',
    tags: [{ id: 'none', operator: '=' }],
    adhocFilters,
    matchesOnly: false,
    criticalPathOnly: false,
  };
}

function attributeFilter({ key, operator, value }: AttributeFilter): SpanFilter[] {
  // The view has these operators too but means something else by them: `=~` finds a part, `!=` all spans without the key.
  if (operator !== '=') {
    return [];
  }
  // Decoders turn these tags into fields of the span, for which the view has keys of its own.
  switch (key) {
    case ERROR:
      return value === 'true' ? equals('status', 'error') : [];
    case OTEL_STATUS_CODE:
      return equals('status', value.toLowerCase());
    case SPAN_KIND:
      return equals('kind', value.toLowerCase());
    default:
      // The view takes a value of `0` or `false` for an empty text (utils/filter-spans.tsx), so no filter can match it.
      return value === '0' || value === 'false' ? [] : equals(key, value);
  }
}

function equals(key: string, value: string | undefined): SpanFilter[] {
  return value && isPlainText(key) && isPlainText(value) ? [{ key, operator: '=', value }] : [];
}

/** One unit only: the view reads `1h30m` as one minute. */
function durationFilter(operator: '>=' | '<=', duration: Nanoseconds | undefined): SpanFilter[] {
  return duration === undefined ? [] : [{ key: 'duration', operator, value: `${toMicros(duration)}us` }];
}

/**
 * Grafana looks for variables in every text of a link and hides a link with an unknown one (12.4,
 * explore/utils/links.ts, getVariableUsageInfo): a search for `SELECT $1` must not cost the result table its links.
 */
function isPlainText(text: string): boolean {
  return text.trim() !== '' && !/\$[\w{]|\[\[/.test(text);
}
