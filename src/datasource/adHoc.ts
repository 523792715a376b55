/** Ad-hoc filters of a dashboard, seen from Grafana: what can be chosen, and what becomes of it. */
import type { DataFrame } from '@grafana/data';

import type { Notice } from '../model/notice';
import { SEARCH_KEYS, spanFiltersOf, type AdHocFilter, type SpanFilter } from '../query/adHocFilters';
import { formatChoices } from '../query/choices';
import { STATUSES } from '../query/compileSearch';
import type { TimeWindow } from '../model/time';
import { compileAttributeTest, compileSpanTest, compileTextTest, type SpanTest } from '../model/matchSpan';
import type { Catalogue } from './catalogue';

/** What a person may filter by: the fields of a search, then attributes. */
export async function listFilterKeys(
  catalogue: Catalogue,
  filters: readonly AdHocFilter[],
  window: TimeWindow | undefined
): Promise<readonly string[]> {
  const attributes = await catalogue.listAttributeKeys(serviceOf(filters), window);
  return [...new Set([...SEARCH_KEYS, ...attributes])];
}

/** Of spans that fulfil the other filters, as far as they name services. */
export async function listFilterValues(
  catalogue: Catalogue,
  key: string,
  filters: readonly AdHocFilter[],
  window: TimeWindow | undefined
): Promise<readonly string[]> {
  const others = filters.filter((filter) => filter.key !== key);
  switch (key) {
    case 'service.name':
      return catalogue.listServices(window);
    case 'operation':
      return catalogue.listSpanNames(serviceOf(others) ?? formatChoices(await catalogue.listServices(window)), window);
    case 'status':
      return STATUSES;
    case 'duration':
      return ['10ms', '100ms', '500ms', '1s', '5s'];
    default:
      return catalogue.listAttributeValues(key, serviceOf(others), window);
  }
}

function serviceOf(filters: readonly AdHocFilter[]): string | undefined {
  const filter = filters.find(({ key, operator }) => key === 'service.name' && (operator === '=' || operator === '=|'));
  return filter && (formatChoices(filter.values?.length ? filter.values : [filter.value]) || undefined);
}

/** The spans that the filters leave; undefined when they leave all. */
export function spanTestOf(filters: readonly AdHocFilter[]): SpanTest | undefined {
  const tests = spanFiltersOf(filters).map(compileSpanFilter);
  return tests.length === 0 ? undefined : (span) => tests.every((test) => test(span));
}

function compileSpanFilter(filter: SpanFilter): SpanTest {
  if (filter.field === 'duration') {
    return compileSpanTest(filter);
  }
  const test = compileTextTest(filter.row);
  switch (filter.field) {
    case 'operation':
      return ({ name }) => test([name]);
    case 'status':
      return ({ status }) => test([status.code]);
    case 'attribute':
      return compileAttributeTest(filter.row);
  }
}

/** The answer with a remark on its first frame about filters that did not fit. */
export function tellLeftOut(frames: readonly DataFrame[], leftOut: readonly string[]): DataFrame[] {
  if (leftOut.length === 0) {
    return [...frames];
  }
  const notice: Notice = {
    severity: 'warning',
    text: `Filters of the dashboard that cannot be applied to this query: ${leftOut.join('; ')}.`,
  };
  return frames.map((frame, index) =>
    index === 0 ? { ...frame, meta: { ...frame.meta, notices: [...(frame.meta?.notices ?? []), notice] } } : frame
  );
}
