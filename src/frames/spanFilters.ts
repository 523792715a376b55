import type { ExplorePanelsState } from '@grafana/data';
import { ERROR, OTEL_STATUS_CODE, SERVICE_NAME, SPAN_KIND } from '../model/semconv';
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
type TagFilter = SpanFilters['tags'][number];

/**
 * A search as the trace view's own span filters, so that a trace opens with the spans that were searched for in the
 * light. Undefined when the search names nothing to look for. The object must be complete: the view reads every
 * operator without asking (Grafana 12.4, explore/state/constants.ts and TraceView/components/utils/filter-spans.tsx).
 */
export function buildSpanFilters(search: SpanSearch): SpanFilters | undefined {
  const service = usable(search.service);
  const spanName = usable(search.spanName);
  const tags = (search.attributes ?? []).flatMap(tagFilter);
  const { minDuration, maxDuration } = search;
  if (!service && !spanName && tags.length === 0 && minDuration === undefined && maxDuration === undefined) {
    return undefined;
  }
  return {
    serviceName: service,
    serviceNameOperator: '=',
    spanName,
    spanNameOperator: '=',
    from: minDuration === undefined ? undefined : durationText(minDuration),
    fromOperator: '>=',
    to: maxDuration === undefined ? undefined : durationText(maxDuration),
    toOperator: '<=',
    // The view always shows one row more than there are filters; it expects to find it in the list.
    tags: [...tags, { id: 'search-new', operator: '=' }],
    adhocFilters: [],
    matchesOnly: false,
    criticalPathOnly: false,
  };
}

function tagFilter({ key, value }: AttributeFilter, index: number): TagFilter[] {
  const row = { id: `search-${index}`, operator: '=' };
  if (key === ERROR && value === 'true') {
    // Decoders turn the tag into a status, and the view has a key of its own for that.
    return [{ ...row, key: 'status', value: 'error' }];
  }
  if (key === OTEL_STATUS_CODE && usable(value)) {
    return [{ ...row, key: 'status', value: value.toLowerCase() }];
  }
  if (key === SPAN_KIND && usable(value)) {
    return [{ ...row, key: 'kind', value: value.toLowerCase() }];
  }
  // The view takes a value of `0` or `false` for an empty text, so no filter can match it; an empty value means "any".
  const isMatchable = value !== '0' && value !== 'false' && value !== '';
  return usable(key) && usable(value) && isMatchable && key !== SERVICE_NAME ? [{ ...row, key, value }] : [];
}

/** One unit only: the view reads `1h30m` as one minute. */
function durationText(duration: Nanoseconds): string {
  return `${toMicros(duration)}us`;
}

/**
 * Grafana looks for variables in every text of a link and hides a link with an unknown one (12.4, explore/utils/links.ts,
 * getVariableUsageInfo): a search for `SELECT $1` must not cost the result table its links.
 */
function usable(text: string | undefined): string | undefined {
  return text && !/\$[\w{]|\[\[/.test(text) ? text : undefined;
}
