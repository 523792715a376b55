import { AUTO_BACKEND, autoDefinition, definitionMeant } from '../backends/autoDefinition';
import type { BackendDefinition, RequestContext, TraceBackend } from '../backends/backend';
import type { HttpClient } from '../backends/http';
import type { QueryDialect } from '../query/foreign/dialect';
import { LearnedAttributes } from './learnedAttributes';
import { limitParallel } from './limitParallel';
import { RequestLog } from './requestLog';
import type { DataSourceServices } from './services';
import type { TraceSettings } from './settings';
import { SharedSearches } from './sharedSearches';

/** The store of one data source instance and what is known about it without asking. */
export interface ConnectedBackend {
  /**
   * The store that answers; while that is to be found out, a definition that assumes whatever any store is capable of. Read
   * it when it is needed and do not keep it.
   */
  readonly definition: BackendDefinition;
  readonly backend: TraceBackend;
  /** Which store's saved queries are read: every one's, its own first where they differ. */
  readonly dialects: readonly QueryDialect[];
  /** Searches; panels that ask the same share them. */
  readonly searches: SharedSearches;
  /** What the spans told that were fetched from it. */
  readonly learned: LearnedAttributes;
  /** Which requests a question caused. */
  readonly requests: RequestLog;
  /** Set when the settings name a backend that this version does not have; it is found out then who answers. */
  readonly unknownBackendId?: string;
  /**
   * Resolves when `definition` is the store that answers. Rejects with what stands in the way of finding out. Missing where
   * the store is chosen: then nobody has to wait.
   */
  settle?(context: RequestContext): Promise<void>;
}

const MAX_PARALLEL_REQUESTS = 5;

export function createBackend(settings: TraceSettings, services: DataSourceServices): ConnectedBackend {
  const { definitions } = services;
  const { backendId } = settings;
  const isKnown = [undefined, AUTO_BACKEND, ...definitions.map(({ id }) => id)].includes(backendId);
  const requests = new RequestLog();
  const learned = new LearnedAttributes();
  const connect = (id: string): HttpClient =>
    limitParallel(requests.watch(services.createHttp(settings, id)), MAX_PARALLEL_REQUESTS, id);

  const chosen = chosenDefinition(settings, definitions);
  if (chosen) {
    const backend = chosen.create(chosen.readSettings(settings.jsonData), connect(chosen.id));
    return {
      definition: chosen,
      backend,
      dialects: dialectsFor(chosen, definitions),
      searches: new SharedSearches(backend, requests, services.now),
      learned,
      requests,
      unknownBackendId: isKnown ? undefined : backendId,
    };
  }
  const unknown = autoDefinition(definitions);
  const auto = unknown.create(settings.jsonData, connect(unknown.id));
  return {
    get definition() {
      return auto.definition ?? unknown;
    },
    backend: auto,
    get dialects() {
      return dialectsFor(auto.definition ?? unknown, definitions);
    },
    searches: new SharedSearches(auto, requests, services.now),
    learned,
    requests,
    unknownBackendId: isKnown ? undefined : backendId,
    settle: (context) => auto.find(context),
  };
}

/** Undefined when it is to be found out. */
function chosenDefinition(
  { backendId, jsonData }: TraceSettings,
  definitions: readonly BackendDefinition[]
): BackendDefinition | undefined {
  if (definitions.length === 1) {
    return definitions[0];
  }
  return backendId === undefined
    ? definitionMeant(definitions, jsonData)
    : definitions.find(({ id }) => id === backendId);
}

/**
 * Every store's, since a panel moves from store to store with what was saved for the first; the own ones first. But what
 * was written in a language that this store does not speak is left to those who put it in other words, or refuse it.
 */
function dialectsFor(own: BackendDefinition, definitions: readonly BackendDefinition[]): readonly QueryDialect[] {
  const { queryLanguage } = own.capabilities;
  const others = definitions.filter(
    ({ capabilities }) => capabilities.queryLanguage === undefined || capabilities.queryLanguage === queryLanguage
  );
  return [...new Set([own, ...others].flatMap(({ dialects }) => dialects ?? []))];
}
