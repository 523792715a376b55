import type { AttributeValue } from '../model/attributes';
import type { Resource } from '../model/trace';

/** What a clock is told by, best first: the order of Jaeger's own skew adjuster (v2). */
const HOST_KEYS = ['host.id', 'host.ip', 'host.name'] as const;
const INSTANCE_KEY = 'service.instance.id';

/** Whose clock a resource's times are read from. */
export interface Clock {
  /** Equal for resources that share a clock, as far as one can tell. */
  readonly identity: string;
  readonly serviceName: string;
  /** As the resource says it; undefined when it says nothing about its host. */
  readonly host: string | undefined;
}

/** Two services that tell no host are taken for two clocks, two instances of one service that tell none for one. */
export function clockOf({ serviceName, attributes }: Resource): Clock {
  for (const key of HOST_KEYS) {
    const host = textOf(attributes.get(key));
    if (host !== undefined) {
      return { identity: `${key} ${host}`, serviceName, host };
    }
  }
  const instance = textOf(attributes.get(INSTANCE_KEY)) ?? '';
  return { identity: `service ${serviceName.length} ${serviceName} ${instance}`, serviceName, host: undefined };
}

/** `clockOf`, looked up once per resource: a trace has few of them. */
export class Clocks {
  private readonly clockByResource = new Map<Resource, Clock>();

  of(resource: Resource): Clock {
    let clock = this.clockByResource.get(resource);
    if (clock === undefined) {
      clock = clockOf(resource);
      this.clockByResource.set(resource, clock);
    }
    return clock;
  }

  areSame(a: Resource, b: Resource): boolean {
    return a === b || this.of(a).identity === this.of(b).identity;
  }
}

/** A host may have several addresses, in any order of telling. */
function textOf(value: AttributeValue | undefined): string | undefined {
  if (typeof value === 'string') {
    return value === '' ? undefined : value;
  }
  if (!Array.isArray(value)) {
    return undefined;
  }
  const texts = value.filter((part): part is string => typeof part === 'string' && part !== '');
  return texts.length === 0 ? undefined : texts.sort().join(', ');
}
