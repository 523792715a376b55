import type { BackendDefinition } from './backend';
import { jaeger } from './jaeger/definition';
import { tempo } from './tempo/definition';
import { zipkin } from './zipkin/definition';

/** Every backend, in the order of the settings page; where a server speaks for several, the first counts. */
export const backendDefinitions: readonly BackendDefinition[] = [jaeger, tempo, zipkin];
