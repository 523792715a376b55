import { textOf } from '../model/matchSpan';
import type { Attributes } from '../model/attributes';
import type { Trace } from '../model/trace';

/** Of one trace: attributes repeat from span to span, and a large trace must not be walked twice. */
const MAX_SPANS = 2_000;
const MAX_KEYS = 500;
const MAX_VALUES = 100;
const MAX_SERVICES = 50;
/** Longer values are no choices: statements, stack traces, tokens. */
const MAX_LENGTH = 200;

/**
 * The attributes of the spans that were fetched, for stores that list none themselves: keys with their values, each with
 * the services that had it. Kept within bounds; what comes first stays.
 */
export class LearnedAttributes {
  private readonly valuesByKey = new Map<string, Map<string, Set<string>>>();

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

  /** Whether anything is known of these services; of any, when none is named. */
  knows(services: readonly string[]): boolean {
    return this.keys(services).length > 0;
  }

  /** In no order. `services` empty means any. */
  keys(services: readonly string[]): readonly string[] {
    return [...this.valuesByKey].filter(([, values]) => [...values.values()].some(isOf(services))).map(([key]) => key);
  }

  /** In no order; texts as a filter writes them. */
  values(key: string, services: readonly string[]): readonly string[] {
    const values = this.valuesByKey.get(key) ?? new Map<string, Set<string>>();
    return [...values].filter(([, seen]) => isOf(services)(seen)).map(([value]) => value);
  }

  private learn({ entries }: Attributes, service: string): void {
    for (const { key, value } of entries) {
      const text = textOf(value);
      if (text === undefined || text.length > MAX_LENGTH) {
        continue;
      }
      const values = room(this.valuesByKey, key, MAX_KEYS, () => new Map<string, Set<string>>());
      const services = values && room(values, text, MAX_VALUES, () => new Set<string>());
      if (services && services.size < MAX_SERVICES) {
        services.add(service);
      }
    }
  }
}

function isOf(services: readonly string[]): (seen: ReadonlySet<string>) => boolean {
  return (seen) => services.length === 0 || services.some((service) => seen.has(service));
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
