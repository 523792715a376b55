import type { ContractOptions } from '../../contract/describeBackend';
import type { Loss } from '../../contract/losses';
import { ZIPKIN_QUESTIONS } from './zipkinQuestions';

/** What Zipkin's model has no place for. */
const LOSSES: readonly Loss[] = [
  'resource attributes',
  'nanoseconds',
  'scope attributes',
  'lists and maps',
  'bytes',
  'empty values',
  'types of values',
  'case of names',
];

const PATHS_ARE_REFUSED =
  'The web server of Zipkin 3 (Armeria) refuses every request in whose address it sees “../”, parameters included.';

const NOTHING = ['[]'];

/** A release of Zipkin that the contract suite meets, recorded and live. */
export const ZIPKIN_SERVER = {
  /** Folder of the recordings. */
  recording: 'v3.5.1',
  /** Of `io.zipkin:zipkin-server`, classifier `exec`. */
  version: '3.5.1',
  env: { AUTOCOMPLETE_KEYS: 'environment,region' },
  expectations: {
    losses: LOSSES,
    further: ZIPKIN_QUESTIONS,
    generation: 'API v2',
    capabilities: { search: 'any', attributeCatalogue: true, remoteServices: true },
    empty: {
      'trace-checkout': NOTHING,
      'search-by-service': NOTHING,
      services: NOTHING,
      'span-names': NOTHING,
      dependencies: NOTHING,
    },
    knownWrong: {
      'search-service-with-slashes': PATHS_ARE_REFUSED,
      'span-names-of-a-service-that-climbs': PATHS_ARE_REFUSED,
      'search-attributes-of-different-spans':
        'Zipkin looks at each condition by itself, so different spans of a service may meet them; a notice says so.',
    },
  } satisfies Omit<ContractOptions, 'server' | 'world'>,
} as const;
