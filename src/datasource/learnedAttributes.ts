import { textOf } from '../model/matchSpan';
import type { Attributes } from '../model/attributes';
import type { Trace } from '../model/trace';

/** Of one trace: attributes repeat from span to span, and a large trace must not be walked twice. */
const MAX_SPANS = 2_000;
const MAX_KEYS = 500;
const MAX_VALUES = 100;
/** A value that more services have says nothing about which: it counts for all. */
const MAX_SERVICES = 50;
/** Longer values are no choices: statements, stack traces, tokens. */
const MAX_LENGTH = 200;

/** The services that had a value; `any` once they are too many to be kept. */
type Owners = Set<string> | 'any';

/**
 * The attributes of the spans that were fetched, for stores that list none themselves: keys with their values, each with
 * the services that had it. Kept within bounds; what comes first stays.
 */
export class LearnedAttributes {
  private readonly valuesByKey = new Map<string, Map<string, Owners>>();

  observe(traces: readonly Trace[]): void {
    for (const { spans } of traces) {
      // Resources are shared by many spans: each is looked at once.
      const resources = new Set<Attributes>();
      for (const { attributes, resource } of spans.slice(0, MAX_SPANS)) {
        this.learn(attributes, resource.serviceName);
        if (!resources.has(resource.attributes)) {
          resources.add(resource.attributes);
          this.learn(resource.attributes, resource.serviceName);
        }
      }
    }
  }

  /** Whether anything is known of these services themselves; of any, when none is named. */
  knows(services: readonly string[]): boolean {
    const isSeen = (owners: Owners) => isOf(services)(owners === 'any' ? new Set() : owners);
    return [...this.valuesByKey.values()].some((values) => [...values.values()].some(isSeen));
  }

  /** In no order. `services` empty means any. */
  keys(services: readonly string[]): readonly string[] {
    return [...this.valuesByKey].filter(([, values]) => [...values.values()].some(isOf(services))).map(([key]) => key);
  }

  /** In no order; texts as a filter writes them. */
  values(key: string, services: readonly string[]): readonly string[] {
    const values = this.valuesByKey.get(key) ?? new Map<string, Owners>();
    return [...values].filter(([, owners]) => isOf(services)(owners)).map(([value]) => value);
  }

  private learn({ entries }: Attributes, service: string): void {
    for (const { key, value } of entries) {
      const text = textOf(value);
      if (text === undefined || text.length > MAX_LENGTH) {
        continue;
      }
      const values = room(this.valuesByKey, key, MAX_KEYS, () => new Map<string, Owners>());
      const owners = values && room<Owners>(values, text, MAX_VALUES, () => new Set());
      if (values && owners && owners !== 'any' && owners.add(service).size > MAX_SERVICES) {
        values.set(text, 'any');
      }
    }
  }
}

function isOf(services: readonly string[]): (owners: Owners) => boolean {
  return (owners) => services.length === 0 || owners === 'any' || services.some((service) => owners.has(service));
}

/** The entry under `key`, made when there is room for it. */
function room<T>(map: Map<string, T>, key: string, max: number, make: () => T): T | undefined {
  const known = map.get(key);
  if (known !== undefined || map.size >= max) {
    return known;
  }
  const made = make();
  map.set(key, made);
  return made;
}
