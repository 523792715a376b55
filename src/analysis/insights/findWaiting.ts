import { NANOS_PER_MILLI } from '../../model/time';
import type { Span, Trace } from '../../model/trace';
import { computeSelfTime } from '../selfTime';
import { countOf, formatDuration, formatShare } from '../numberText';
import { MAX_SPAN_IDS, type Insight } from './insight';
import { endOf } from './sequence';
import { nameSpan } from './spanText';

/** Of the root's time: with four fifths in one place, nothing else is worth a look first. */
export const MIN_SHARE = 0.8;
/** Of the root's time, not covered by what the awaited span called: else it hands on as its caller did, as most do. */
export const MIN_OWN_SHARE = 0.5;
/** In a smaller trace the picture itself says it. */
export const MIN_SPANS = 5;
/** Below this nobody waits. */
export const MIN_WAIT = 10 * NANOS_PER_MILLI;

/**
 * The deepest span that its root spends most of its time waiting for, reached over one child each, when that time is its
 * own:
 *
 *     shop   GET /cart    [0------------------100]
 *     cart     load         [4--------------95]
 *     db         SELECT        [8----------93]         ← 85% of GET /cart, 2 levels below
 */
export function findWaiting(trace: Trace): readonly Insight[] {
  const root = trace.roots.reduce<Span | undefined>(
    (longest, span) => (longest === undefined || span.duration > longest.duration ? span : longest),
    undefined
  );
  if (root === undefined || trace.spans.length < MIN_SPANS) {
    return [];
  }
  const path: Span[] = [];
  for (let next = awaitedChild(root, root); next !== undefined; next = awaitedChild(next, root)) {
    path.push(next);
  }
  const awaited = path.at(-1);
  if (awaited === undefined || isSameCall(root, path) || timeWithin(root, awaited) < MIN_WAIT) {
    return [];
  }
  return computeSelfTime(awaited) >= root.duration * MIN_OWN_SHARE ? [insightOf(root, awaited, path)] : [];
}

function awaitedChild(span: Span, root: Span): Span | undefined {
  return span.children.find((child) => timeWithin(root, child) >= root.duration * MIN_SHARE && child.duration > 0);
}

function timeWithin(root: Span, span: Span): number {
  return Math.max(0, Math.min(endOf(span), endOf(root)) - Math.max(span.start, root.start));
}

/** That a client waits for its server, and a service for its own work, is no news. */
function isSameCall(root: Span, path: readonly Span[]): boolean {
  return path.every(({ kind, resource }, index) =>
    resource.serviceName === root.resource.serviceName && kind !== 'client'
      ? true
      : index === 0 && root.kind === 'client' && kind === 'server'
  );
}

function insightOf(root: Span, awaited: Span, path: readonly Span[]): Insight {
  const time = timeWithin(root, awaited);
  return {
    kind: 'waiting-on-one-child',
    text:
      `${nameSpan(root)} spends ${formatDuration(time)} of its ${formatDuration(root.duration)} ` +
      `(${formatShare(time / root.duration)}) waiting for ${nameSpan(awaited)}, ${countOf(path.length, 'level')} below.`,
    spanIds: [awaited, ...path.slice(-MAX_SPAN_IDS, -1).reverse(), root]
      .slice(0, MAX_SPAN_IDS)
      .map(({ spanId }) => spanId),
    severity: 'info',
  };
}
