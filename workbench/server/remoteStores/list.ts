import { otlpStore } from './otlpStore';
import type { OpenRemoteStore } from './remoteStore';
import { openZipkinStore } from './zipkinStore';

/** By the id of the backend that reads from it. */
export const REMOTE_STORES: ReadonlyMap<string, OpenRemoteStore> = new Map([
  ['jaeger', otlpStore('Jaeger')],
  ['tempo', otlpStore('Tempo')],
  ['zipkin', openZipkinStore],
]);
