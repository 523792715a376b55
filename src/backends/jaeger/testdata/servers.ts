import type { ContractOptions } from '../../contract/describeBackend';

/** How one server is asked, and what is expected of it then. */
export interface Asked extends Omit<ContractOptions, 'server' | 'world'> {
  /** Folder of the recordings. */
  readonly recording: string;
}

/** A release of Jaeger that the contract suite meets, recorded and live. */
export interface JaegerServer {
  /** As in `v2.20.0`; environment variables use it in capitals: `JAEGER_V2_20_0_URL`. */
  readonly name: string;
  /** What Go builds: a commit, or a tag where that is the last one of the old version scheme. */
  readonly revision: string;
  readonly program: './cmd/jaeger' | './cmd/all-in-one';
  readonly asked: readonly Asked[];
}

/** What the model of Jaeger 1 has no place for, whichever API tells it. */
const V1_LOSSES = ['scope attributes', 'lists and maps', 'empty values'] as const;
const LEGACY_LOSSES = [...V1_LOSSES, 'nanoseconds', 'link attributes', 'links to the parent'] as const;

const NO_DATA = ['{"data":null,"total":0,"limit":0,"offset":0,"errors":null}', '{"data":[]}'];

const EMPTY_LEGACY = {
  'trace-checkout': NO_DATA,
  'search-by-service': NO_DATA,
  services: NO_DATA,
  'span-names': NO_DATA,
  dependencies: NO_DATA,
};

const EMPTY_V3 = {
  'trace-checkout': ['{"result":{}}', '{"result":{"resourceSpans":[]}}'],
  'search-by-service': ['{"result":{}}', '{"result":{"resourceSpans":null}}'],
  services: ['{}', '{"services":[]}', '{"services":null}'],
  'span-names': ['{}', '{"operations":[]}'],
  dependencies: NO_DATA,
};

const EMPTY_SUMMARIES = { ...EMPTY_V3, 'search-by-service': ['{}', '{"summaries":[]}', '{"summaries":null}'] };

const V1_MEMORY_NEEDS_A_SERVICE = {
  'search-without-service':
    'The memory storage of Jaeger 1 finds nothing when no service is named, and does not say so.',
};

export const JAEGER_SERVERS: readonly JaegerServer[] = [
  {
    name: 'v2.20.0',
    revision: '798e4b0fcf22609e381df764a01461affd813e1e',
    program: './cmd/jaeger',
    asked: [
      {
        recording: 'v2.20.0',
        generation: 'API v3 with summaries',
        empty: EMPTY_SUMMARIES,
        capabilities: { search: 'any' },
      },
      {
        recording: 'v2.20.0-legacy',
        jsonData: { jaegerApi: 'legacy' },
        losses: LEGACY_LOSSES,
        generation: 'legacy API',
        empty: EMPTY_LEGACY,
      },
    ],
  },
  {
    name: 'after-v2.20',
    revision: '8498073ff809b1a3923521920a9b1b017ea97ecf',
    program: './cmd/jaeger',
    asked: [
      {
        recording: 'after-v2.20',
        generation: 'API v3 with summaries',
        empty: EMPTY_SUMMARIES,
        capabilities: { search: 'any' },
      },
    ],
  },
  {
    name: 'v2.15.0',
    revision: '1f242236a79be6961bd604e18bd6e9b9697ba066',
    program: './cmd/jaeger',
    asked: [
      {
        recording: 'v2.15.0',
        generation: 'API v3 and legacy API',
        empty: EMPTY_V3,
        capabilities: { search: 'any' },
      },
      { recording: 'v2.15.0-v3', jsonData: { jaegerApi: 'v3' }, generation: 'API v3', empty: EMPTY_V3 },
    ],
  },
  {
    name: 'v1.62.0',
    revision: 'v1.62.0',
    program: './cmd/all-in-one',
    asked: [
      {
        recording: 'v1.62.0',
        losses: [...V1_LOSSES, 'link attributes but the reference type'],
        knownWrong: V1_MEMORY_NEEDS_A_SERVICE,
        generation: 'API v3 and legacy API',
        empty: EMPTY_V3,
        capabilities: { search: 'any' },
      },
      {
        recording: 'v1.62.0-legacy',
        jsonData: { jaegerApi: 'legacy' },
        losses: LEGACY_LOSSES,
        generation: 'legacy API',
        empty: EMPTY_LEGACY,
      },
    ],
  },
  {
    name: 'v1.42.0',
    revision: 'v1.42.0',
    program: './cmd/all-in-one',
    asked: [
      {
        recording: 'v1.42.0',
        losses: [...V1_LOSSES, 'nanoseconds', 'link attributes', 'bytes'],
        generation: 'legacy API',
        empty: EMPTY_LEGACY,
        capabilities: { search: 'needs-service' },
      },
    ],
  },
  {
    name: 'v1.76.0',
    revision: 'v1.76.0',
    program: './cmd/jaeger',
    asked: [
      {
        recording: 'v1.76.0',
        generation: 'API v3 and legacy API',
        empty: EMPTY_V3,
        capabilities: { search: 'any' },
      },
    ],
  },
];
