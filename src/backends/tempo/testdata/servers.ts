import type { ContractOptions } from '../../contract/describeBackend';
import { TEMPO_QUESTIONS } from './tempoQuestions';

/** A server that the contract suite meets, and what is expected of it. */
export interface TempoServerCase extends Omit<ContractOptions, 'server' | 'world'> {
  /** Folder of the recordings. */
  readonly recording: string;
}

/** Which of the routes and habits of a version are imitated. */
export interface ImitatedServerCase extends TempoServerCase {
  readonly version: string;
  /** The enveloped route for traces (2.6). */
  readonly hasV2Traces: boolean;
  /** Counts per service in the results of a search (2.4). */
  readonly hasServiceStats: boolean;
}

/** How Tempo says that there is nothing. */
const EMPTY = {
  'search-by-service': ['{}', '{"traces":[],"metrics":{}}', '{"traces":null}', '{"metrics":{"completedJobs":1}}'],
  services: ['{}', '{"tagValues":[],"metrics":{}}', '{"metrics":{}}'],
  'span-names': ['{"tagValues":null,"metrics":{}}'],
};

const EMPTY_V2 = {
  ...EMPTY,
  'trace-checkout': ['{}', '{"trace":{},"metrics":{}}', '{"trace":{"resourceSpans":[]}}', '{"trace":null}'],
};

const EMPTY_V1 = { ...EMPTY, 'trace-checkout': ['{"batches":[]}'] };

/** Recorded from servers of these versions by `scripts/tempo/writeRecordings.ts <version> <url>`. */
export const RECORDED_VERSIONS: readonly TempoServerCase[] = [
  { recording: 'v3.0.3', generation: 'API v2', empty: EMPTY_V2, further: TEMPO_QUESTIONS },
];

/** Written from the documentation by `scripts/tempo/writeRecordings.ts`. */
export const IMITATED_VERSIONS: readonly ImitatedServerCase[] = [
  {
    recording: 'imitated-2.4',
    version: '2.4.2',
    hasV2Traces: false,
    hasServiceStats: true,
    generation: 'API v1',
    empty: EMPTY_V1,
  },
];

/** What is expected of a server of which nothing is known. */
export const LIVE_TEMPO: Omit<TempoServerCase, 'recording'> = { further: TEMPO_QUESTIONS };
