import type { TimeWindow } from '../model/time';
import type { BackendCapabilities } from '../query/capabilities';
import { readChoices } from '../query/choices';
import { AttributeCatalogue, windowKey } from './attributeCatalogue';
import type { Catalogue } from './catalogue';
import type { ConnectedBackend } from './createBackend';
import { fanOut } from './fanOut';
import { errorSentence, isCancelled, type Place } from './messages';
import { SharedRequests } from './sharedRequests';

const KEEP_MS = 60_000;

export interface CatalogueDependencies {
  readonly connected: ConnectedBackend;
  readonly place: Place;
  readonly now: () => number;
  interpolate(text: string): string;
}

/** Lists for the editors, kept for a minute: menus open and close often, and stores with thousands of services are slow. */
export class CachedCatalogue implements Catalogue {
  private readonly services: SharedRequests<readonly string[]>;
  private readonly spanNames: SharedRequests<readonly string[]>;
  private readonly attributes: AttributeCatalogue;
  private readonly remoteServices: SharedRequests<readonly string[]>;
  private readonly known: SharedRequests<BackendCapabilities | undefined>;

  constructor(private readonly dependencies: CatalogueDependencies) {
    this.services = new SharedRequests(KEEP_MS, dependencies.now);
    this.spanNames = new SharedRequests(KEEP_MS, dependencies.now);
    this.attributes = new AttributeCatalogue(dependencies.connected, dependencies.now);
    this.remoteServices = new SharedRequests(KEEP_MS, dependencies.now);
    // Shared but not kept: the backend keeps them itself, and knows when a surprise makes them stale.
    this.known = new SharedRequests(0, dependencies.now);
  }

  async listServices(window?: TimeWindow, signal?: AbortSignal): Promise<readonly string[]> {
    const { backend } = this.dependencies.connected;
    const load = async (shared: AbortSignal) => backend.listServices({ signal: shared, ...(window && { window }) });
    return this.inWords(this.services.get(windowKey(window), load, signal));
  }

  async listSpanNames(service: string, window?: TimeWindow, signal?: AbortSignal): Promise<readonly string[]> {
    const { backend } = this.dependencies.connected;
    const services = readChoices(this.interpolate(service));
    if (!backend.listSpanNames || services.length === 0) {
      return [];
    }
    const load = (name: string) => async (shared: AbortSignal) => {
      const spanNames = (await backend.listSpanNames?.(name, { signal: shared, ...(window && { window }) })) ?? [];
      return [...new Set(spanNames.map((spanName) => spanName.name))];
    };
    const namesOf = (name: string) => this.spanNames.get(JSON.stringify([name, windowKey(window)]), load(name), signal);
    if (services.length === 1) {
      return this.inWords(namesOf(services[0]));
    }
    const names = new Set<string>();
    await this.inWords(
      fanOut({
        requests: services,
        ask: namesOf,
        onAnswer: (found) => found.forEach((name) => names.add(name)),
      })
    );
    return [...names].sort();
  }

  async listAttributeKeys(service?: string, window?: TimeWindow, signal?: AbortSignal): Promise<readonly string[]> {
    const services = readChoices(this.interpolate(service ?? ''));
    return this.inWords(this.attributes.keys({ services, window }, signal));
  }

  async listAttributeValues(
    key: string,
    service?: string,
    window?: TimeWindow,
    signal?: AbortSignal
  ): Promise<readonly string[]> {
    const services = readChoices(this.interpolate(service ?? ''));
    return this.inWords(this.attributes.values(this.interpolate(key).trim(), { services, window }, signal));
  }

  async listRemoteServices(service: string, signal?: AbortSignal): Promise<readonly string[]> {
    const { backend } = this.dependencies.connected;
    const [name, ...others] = readChoices(this.interpolate(service));
    if (!backend.listRemoteServices || name === undefined || others.length > 0) {
      return [];
    }
    const load = async (shared: AbortSignal) => backend.listRemoteServices?.(name, { signal: shared }) ?? [];
    return this.inWords(this.remoteServices.get(name, load, signal));
  }

  async capabilities(signal?: AbortSignal): Promise<BackendCapabilities> {
    const { connected } = this.dependencies;
    try {
      const ask = async (shared: AbortSignal) => connected.backend.capabilities?.({ signal: shared });
      return (await this.known.get('', ask, signal)) ?? connected.definition.capabilities;
    } catch {
      // Not told here: the query that follows meets the same failure and tells it in full.
      return connected.definition.capabilities;
    }
  }

  interpolate(text: string): string {
    return this.dependencies.interpolate(text);
  }

  private async inWords<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (isCancelled(error)) {
        throw error;
      }
      throw new Error(errorSentence(error, this.dependencies.place), { cause: error });
    }
  }
}
