import { openJaegerStore } from './jaegerStore';
import type { OpenRemoteStore } from './remoteStore';
import { openZipkinStore } from './zipkinStore';

/** By the id of the backend that reads from it. */
export const REMOTE_STORES: ReadonlyMap<string, OpenRemoteStore> = new Map([
  ['jaeger', openJaegerStore],
  ['zipkin', openZipkinStore],
]);
