import type { DataLink } from '@grafana/data';
import type { ExploreState } from '../exploreUrl';
import type { ViewSpan } from './viewTrace';

export interface SpanLink {
  readonly title: string;
  readonly target: ExploreState;
}

type Replace = (text: string, scopedVars: Record<string, { value: unknown }>) => string;

/**
 * The links of a frame's fields as links of one span, with Grafana's variables `__span` and `__trace`. One whose
 * variables have no value on the span is no link of it (Grafana 12.4, explore/utils/links.ts).
 */
export function spanLinks(span: ViewSpan, links: readonly DataLink[], replace: Replace): SpanLink[] {
  const scopedVars = {
    __span: {
      value: {
        traceId: span.traceId,
        spanId: span.spanId,
        name: span.operationName,
        tags: Object.fromEntries([...span.serviceTags, ...span.tags].map(({ key, value }) => [key, value])),
      },
    },
    __trace: { value: { traceId: span.traceId } },
  };
  return links.flatMap(({ title, internal }) => {
    if (!internal || typeof internal.query === 'function') {
      return [];
    }
    const { datasourceUid, query, panelsState } = internal;
    const target: ExploreState = {
      datasource: datasourceUid,
      ...replaceTexts({ queries: [query], panelsState }, (text) => replace(text, scopedVars)),
    };
    return /\$\{__\w+/.test(JSON.stringify(target)) ? [] : [{ title, target }];
  });
}

function replaceTexts<T>(value: T, replace: (text: string) => string): T {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? replace(part) : part
  ) as T;
}
