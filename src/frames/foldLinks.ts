import type { DataFrame, DataLink } from '@grafana/data';
import { FOLD_OPENS } from '../analysis/annotateSpans';
import type { TraceIdQuery } from '../query/query';
import { internalTarget, type LinkTarget } from './links';

/** The trace frame with a link on each span that stands for others, which opens these in full. */
export function addFoldLink(frame: DataFrame, target: LinkTarget): DataFrame {
  const [first, ...rest] = frame.fields;
  const config = { ...first.config, links: [...(first.config.links ?? []), foldLink(target)] };
  return { ...frame, fields: [{ ...first, config }, ...rest] };
}

/**
 * A link of any field is a link of every span, and Grafana hides it where one of its variables has no value (12.4,
 * explore/utils/links.ts): only spans that stand for others carry the tag.
 */
function foldLink(target: LinkTarget): DataLink {
  const query: Omit<TraceIdQuery, 'refId'> = {
    queryType: 'traceql',
    query: '${__span.traceId}',
    rootSpanId: `\${__span.tags["${FOLD_OPENS}"]}`,
    showAll: true,
  };
  return { title: 'Open folded spans', url: '', internal: { ...internalTarget(target), query } };
}
