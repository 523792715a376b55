import type { Trace } from '../../model/trace';
import { countOf, formatCount } from '../numberText';
import { MAX_SPAN_IDS, type Insight } from './insight';
import { shorten } from './spanText';

const SERVICES_TOLD = 3;

/**
 * Spans whose parent is not in the trace. A trace that only begins with one is whole below it: its caller was not traced
 * or is not in this store, which is common.
 */
export function findOrphans({ roots }: Trace): readonly Insight[] {
  const orphans = roots.filter(({ parentSpanId }) => parentSpanId !== undefined);
  if (orphans.length === 0 || roots.length === 1) {
    return [];
  }
  const missing = new Set(orphans.map(({ parentSpanId }) => parentSpanId)).size;
  const services = [...new Set(orphans.map(({ resource }) => shorten(resource.serviceName)))].sort();
  const more = services.length - SERVICES_TOLD;
  const told = `${services.slice(0, SERVICES_TOLD).join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
  const [span, theyAre] = [countOf(orphans.length, 'span'), orphans.length === 1 ? 'it is' : 'they are'];
  return [
    {
      kind: 'orphans',
      text:
        `${span} of ${told} ${orphans.length === 1 ? 'has a parent' : 'have parents'} missing from this trace ` +
        `(${countOf(missing, 'missing span')}), so ${theyAre} shown as ${orphans.length === 1 ? 'a root' : 'roots'}: spans ` +
        'were lost, sampled away, or are not stored yet.',
      spanIds: orphans.slice(0, MAX_SPAN_IDS).map(({ spanId }) => spanId),
      severity: 'warning',
    },
  ];
}
