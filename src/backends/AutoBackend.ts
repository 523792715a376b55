import type { Trace } from '../model/trace';
import type { BackendCapabilities } from '../query/capabilities';
import type {
  BackendDefinition,
  ProbeReport,
  ListContext,
  RequestContext,
  SearchRequest,
  SearchResult,
  TraceBackend,
  TraceRequest,
} from './backend';
import { Detection } from './Detection';
import { BackendError, type BackendErrorKind } from './errors';
import type { HttpClient } from './http';
import { recognizeStore } from './recognizeStore';

interface FoundStore {
  readonly definition: BackendDefinition;
  readonly backend: TraceBackend;
}

/**
 * Whichever store answers behind a URL. The first question finds out, every later one goes straight to that store; when its
 * answer is none of its own any more, the store is looked for anew. An optional method is missing once the store that was
 * found lacks it, and refuses without a request to it when it was asked before that was known.
 */
export class AutoBackend implements TraceBackend, Record<keyof TraceBackend, unknown> {
  private readonly detection: Detection<FoundStore>;
  /** Kept while the same store answers, with what it knows about its server. */
  private latest: FoundStore | undefined = undefined;

  constructor(definitions: readonly BackendDefinition[], jsonData: unknown, http: HttpClient) {
    this.detection = new Detection('auto', async (signal) => {
      const definition = await recognizeStore(definitions, http, { signal });
      if (this.latest?.definition !== definition) {
        this.latest = { definition, backend: definition.create(definition.readSettings(jsonData), http) };
      }
      return this.latest;
    });
  }

  /** Undefined until a store was found. */
  get definition(): BackendDefinition | undefined {
    return this.detection.current?.definition;
  }

  /** Resolves when `definition` is known; rejects when nobody was recognised. */
  async find({ signal }: RequestContext): Promise<void> {
    await this.detection.result(signal);
  }

  fetchTrace(request: TraceRequest, context: RequestContext): Promise<Trace> {
    return this.ask(context, ({ definition, backend }) =>
      backend.fetchTrace(definition.capabilities.traceWindow ? request : { ...request, window: undefined }, context)
    );
  }

  searchTraces(request: SearchRequest, context: RequestContext): Promise<SearchResult> {
    return this.ask(context, ({ backend }) => backend.searchTraces(request, context));
  }

  listServices(context: ListContext): Promise<readonly string[]> {
    return this.ask(context, ({ backend }) => backend.listServices(context));
  }

  /** Looks anew: "Save & test" must never tell of a server that was replaced meanwhile. */
  async probe(context: RequestContext): Promise<ProbeReport> {
    this.detection.forget();
    return this.ask(context, ({ backend }) => backend.probe(context));
  }

  async capabilities(context: RequestContext): Promise<BackendCapabilities> {
    return this.ask(
      context,
      async ({ definition, backend }) => (await backend.capabilities?.(context)) ?? definition.capabilities
    );
  }

  get listSpanNames(): TraceBackend['listSpanNames'] {
    return this.optional((backend) => backend.listSpanNames?.bind(backend));
  }

  get fetchDependencies(): TraceBackend['fetchDependencies'] {
    return this.optional((backend) => backend.fetchDependencies?.bind(backend));
  }

  get listAttributeKeys(): TraceBackend['listAttributeKeys'] {
    return this.optional((backend) => backend.listAttributeKeys?.bind(backend));
  }

  get listAttributeValues(): TraceBackend['listAttributeValues'] {
    return this.optional((backend) => backend.listAttributeValues?.bind(backend));
  }

  get listRemoteServices(): TraceBackend['listRemoteServices'] {
    return this.optional((backend) => backend.listRemoteServices?.bind(backend));
  }

  get fetchMetrics(): TraceBackend['fetchMetrics'] {
    return this.optional((backend) => backend.fetchMetrics?.bind(backend));
  }

  get searchByLanguage(): TraceBackend['searchByLanguage'] {
    return this.optional((backend) => backend.searchByLanguage?.bind(backend));
  }

  get fetchLanguageMetrics(): TraceBackend['fetchLanguageMetrics'] {
    return this.optional((backend) => backend.fetchLanguageMetrics?.bind(backend));
  }

  get listLanguageNames(): TraceBackend['listLanguageNames'] {
    return this.optional((backend) => backend.listLanguageNames?.bind(backend));
  }

  get listLanguageValues(): TraceBackend['listLanguageValues'] {
    return this.optional((backend) => backend.listLanguageValues?.bind(backend));
  }

  private optional<TParameters extends MethodParameters, TAnswer>(
    methodOf: (backend: TraceBackend) => ((...parameters: TParameters) => Promise<TAnswer>) | undefined
  ): ((...parameters: TParameters) => Promise<TAnswer>) | undefined {
    const known = this.detection.current;
    if (known && !methodOf(known.backend)) {
      return undefined;
    }
    return (...parameters) => {
      const context = parameters.length === 1 ? parameters[0] : parameters[1];
      return this.ask(context, async ({ definition, backend }) => {
        const method = methodOf(backend);
        if (!method) {
          const detail = `The server is ${definition.label}, which has no such data.`;
          throw new BackendError('unsupported', { backend: definition.id, detail });
        }
        return method(...parameters);
      });
    };
  }

  private async ask<T>({ signal }: RequestContext, question: (store: FoundStore) => Promise<T>): Promise<T> {
    const wasKnown = this.detection.current !== undefined;
    const store = await this.detection.result(signal);
    try {
      return await question(store);
    } catch (error) {
      if (!wasKnown || !isSurprise(error)) {
        throw error;
      }
      this.detection.forget(store);
      const renewed = await this.detection.result(signal);
      if (renewed === store) {
        throw error;
      }
      return question(renewed);
    }
  }
}

type MethodParameters = readonly [RequestContext] | readonly [unknown, RequestContext];

/** What a question to the wrong store comes back as. */
const SURPRISES: ReadonlySet<BackendErrorKind> = new Set(['route-missing', 'html', 'unexpected-shape']);

function isSurprise(error: unknown): boolean {
  return error instanceof BackendError && SURPRISES.has(error.kind);
}
