/** Traces as annotations: those that match a search, which is the whole of what is saved. */
import { locationUtil, type AnnotationQuery, type AnnotationSupport } from '@grafana/data';
import { of } from 'rxjs';

import { ANNOTATION_SHAPES, buildAnnotationEvents, type AnnotationShape } from '../frames/annotationEvents';
import type { SearchQuery, TraceQuery } from '../query/query';
import type { TraceDataSource } from './TraceDataSource';

/** A search with the shape in which its traces are drawn. */
export type TraceAnnotationQuery = SearchQuery & { readonly shape?: AnnotationShape };

/** More lie on top of each other. */
export const ANNOTATION_LIMIT = 100;

export function readAnnotationShape(query: unknown): AnnotationShape {
  const shape = (query as { readonly shape?: unknown } | undefined)?.shape;
  return ANNOTATION_SHAPES.find((known) => known === shape) ?? 'points';
}

/** Whatever is saved → the search of an annotation; what is no search looks for failed traces. */
export function readAnnotationQuery(saved: unknown, normalize: (query: unknown) => TraceQuery): TraceAnnotationQuery {
  const query = normalize(saved);
  const shape = readAnnotationShape(saved);
  return query.queryType === 'search'
    ? { ...query, shape }
    : { refId: query.refId, queryType: 'search', status: 'error', shape };
}

type Editor = AnnotationSupport<TraceQuery>['QueryEditor'];

/** The annotations of a data source, with the editor that `module.ts` hands in. */
export function createAnnotationSupport(
  source: Pick<TraceDataSource, 'uid' | 'normalize'>,
  QueryEditor: Editor
): AnnotationSupport<TraceQuery> {
  const read = (annotation: AnnotationQuery<TraceQuery>) =>
    readAnnotationQuery(annotation.target, (query) => source.normalize(query));
  return {
    QueryEditor,
    getDefaultQuery: () => ({ queryType: 'search', status: 'error' }),
    prepareQuery: (annotation) => {
      const { shape, view, ...search } = read(annotation);
      return { ...search, limit: search.limit ?? ANNOTATION_LIMIT };
    },
    processEvents: (annotation, frames) => {
      const { shape = 'points' } = read(annotation);
      return of(buildAnnotationEvents(frames, { shape, hrefOf: (traceId) => traceHref(source.uid, traceId) }));
    },
  };
}

/** Explore with the trace; its own time range does not matter to a lookup by id. */
function traceHref(uid: string, traceId: string): string {
  const panes = {
    trace: {
      datasource: uid,
      queries: [{ refId: 'A', datasource: { uid }, queryType: 'traceql', query: traceId }],
      range: { from: 'now-1h', to: 'now' },
    },
  };
  return locationUtil.assureBaseUrl(`/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}`);
}
