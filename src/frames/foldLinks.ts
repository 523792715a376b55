import type { DataFrame, DataLink } from '@grafana/data';
import {
  FOLD_AMONG_ROOTS,
  FOLD_FAILED,
  FOLD_LISTS,
  FOLD_LISTS_ROOTS,
  FOLD_OPENS,
  FOLD_SLOWEST,
} from '../analysis/ownAttributes';
import type { TraceIdQuery } from '../query/query';
import { internalTarget, openTrace, type LinkTarget } from './links';

/** The trace frame with links on each span that stands for others: to all of them, and to single ones of interest. */
export function addFoldLinks(frame: DataFrame, target: LinkTarget): DataFrame {
  const [first, ...rest] = frame.fields;
  const tag = (key: string) => `\${__span.tags["${key}"]}`;
  const links = [
    foldLink(target, 'Open folded spans', { rootSpanId: tag(FOLD_OPENS), showAll: true }),
    foldLink(target, 'Open folded spans', { spanId: tag(FOLD_AMONG_ROOTS), showAll: true }),
    foldLink(target, 'List folded spans', { rootSpanId: tag(FOLD_LISTS), view: 'spans' }),
    foldLink(target, 'List folded spans', { spanId: tag(FOLD_LISTS_ROOTS), view: 'spans' }),
    foldLink(target, 'Open the slowest of them', { spanId: tag(FOLD_SLOWEST) }),
    foldLink(target, 'Open one that failed', { spanId: tag(FOLD_FAILED) }),
  ];
  const config = { ...first.config, links: [...(first.config.links ?? []), ...links] };
  return { ...frame, fields: [{ ...first, config }, ...rest] };
}

/**
 * A link of any field is a link of every span, and Grafana hides it where one of its variables has no value (12.4,
 * explore/utils/links.ts): only spans that stand for others carry the tags.
 */
function foldLink(target: LinkTarget, title: string, part: Partial<TraceIdQuery>): DataLink {
  const query = openTrace(target, { query: '${__span.traceId}', ...part });
  const panelsState = part.spanId === undefined ? undefined : { trace: { spanId: part.spanId } };
  return { title, url: '', internal: { ...internalTarget(target), query, panelsState } };
}
