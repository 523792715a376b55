import { sliceSteps, type Steps } from '../../model/cooperative';
import type { Span, Trace } from '../../model/trace';
import { countOf, formatCount } from '../numberText';
import { MAX_SPAN_IDS, type Insight } from './insight';
import { shorten } from './spanText';

const SERVICES_TOLD = 3;

/**
 * Spans whose parent is not in the trace. A trace that only begins with one is whole below it: its caller was not traced
 * or is not in this store, which is common.
 */
export function* findOrphansSteps({ roots }: Trace): Steps<readonly Insight[]> {
  const orphans: Span[] = [];
  const missing = new Set<string>();
  const serviceNames = new Set<string>();
  yield* sliceSteps(roots, (slice) => {
    for (const root of slice) {
      if (root.parentSpanId !== undefined) {
        orphans.push(root);
        missing.add(root.parentSpanId);
        serviceNames.add(root.resource.serviceName);
      }
    }
  });
  return orphans.length === 0 || roots.length === 1 ? [] : [insightOf(orphans, missing.size, serviceNames)];
}

function insightOf(orphans: readonly Span[], missing: number, serviceNames: ReadonlySet<string>): Insight {
  const services = [...new Set([...serviceNames].map((name) => shorten(name)))].sort();
  const more = services.length - SERVICES_TOLD;
  const told = `${services.slice(0, SERVICES_TOLD).join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
  const [span, theyAre] = [countOf(orphans.length, 'span'), orphans.length === 1 ? 'it is' : 'they are'];
  return {
    kind: 'orphans',
    text:
      `${span} of ${told} ${orphans.length === 1 ? 'has a parent' : 'have parents'} missing from this trace ` +
      `(${countOf(missing, 'missing span')}), so ${theyAre} shown as ${orphans.length === 1 ? 'a root' : 'roots'}: spans ` +
      'were lost, sampled away, or are not stored yet.',
    spanIds: orphans.slice(0, MAX_SPAN_IDS).map(({ spanId }) => spanId),
    severity: 'warning',
  };
}
