import { nanoseconds } from '../../model/time';
import type { BackendCapabilities } from '../../query/capabilities';
import type { RequestContext, TraceBackend } from '../backend';
import { STORY_TIME_NANO } from './stories';

/** A method that only some backends have, and the capability that promises it. */
export interface OptionalMethod {
  readonly name: keyof TraceBackend;
  isPromised(capabilities: BackendCapabilities): boolean;
  /** Undefined where the backend has no such method. */
  ask(backend: TraceBackend, context: RequestContext): Promise<unknown> | undefined;
}

const window = { fromUnixNano: STORY_TIME_NANO, toUnixNano: STORY_TIME_NANO + 60_000_000_000n };
const text = '{ resource.service.name = "cart" }';

/** One question for every optional method of a backend. */
export const OPTIONAL_METHODS: readonly OptionalMethod[] = [
  {
    name: 'listSpanNames',
    isPromised: ({ spanNames }) => spanNames,
    ask: (backend, context) => backend.listSpanNames?.('cart', context),
  },
  {
    name: 'fetchDependencies',
    isPromised: ({ dependencies }) => dependencies,
    ask: (backend, context) => backend.fetchDependencies?.(window, context),
  },
  {
    name: 'listAttributeKeys',
    isPromised: ({ attributeCatalogue }) => attributeCatalogue,
    ask: (backend, context) => backend.listAttributeKeys?.(context),
  },
  {
    name: 'listAttributeValues',
    isPromised: ({ attributeCatalogue }) => attributeCatalogue,
    ask: (backend, context) => backend.listAttributeValues?.({ key: 'retries', window }, context),
  },
  {
    name: 'listRemoteServices',
    isPromised: ({ remoteServices }) => remoteServices === true,
    ask: (backend, context) => backend.listRemoteServices?.('cart', context),
  },
  {
    name: 'fetchMetrics',
    isPromised: ({ timeSeries }) => timeSeries,
    ask: (backend, context) =>
      backend.fetchMetrics?.(
        {
          metric: 'calls',
          services: ['cart'],
          byOperation: false,
          window,
          step: nanoseconds(1e10),
          rateWindow: nanoseconds(1e10),
        },
        context
      ),
  },
  {
    name: 'searchByLanguage',
    isPromised: ({ queryLanguage }) => queryLanguage !== undefined,
    ask: (backend, context) => backend.searchByLanguage?.({ text, limit: 5, window }, context),
  },
  {
    name: 'fetchLanguageMetrics',
    isPromised: ({ queryLanguage }) => queryLanguage !== undefined,
    ask: (backend, context) => backend.fetchLanguageMetrics?.({ text: `${text} | rate()`, window }, context),
  },
];
