import type { BackendDefinition } from './backend';
import { jaeger } from './jaeger/definition';
import { tempo } from './tempo/definition';
import { zipkin } from './zipkin/definition';

/** Every backend; the first is the default of a new data source. */
export const backendDefinitions: readonly BackendDefinition[] = [jaeger, tempo, zipkin];
