import { backendDefinitions } from '../../../src/backends/index';
import { otlpStore } from './otlpStore';
import type { OpenRemoteStore } from './remoteStore';
import { openZipkinStore } from './zipkinStore';

/** Those that are sent to in another way than by OTLP, by the id of the backend that reads from them. */
const OTHERS: ReadonlyMap<string, OpenRemoteStore> = new Map([['zipkin', openZipkinStore]]);

/** By the id of the backend that reads from it. */
export const REMOTE_STORES: ReadonlyMap<string, OpenRemoteStore> = new Map(
  backendDefinitions.map(({ id, label }) => [id, OTHERS.get(id) ?? otlpStore(label)])
);
