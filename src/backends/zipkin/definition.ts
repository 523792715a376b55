import type { BackendDefinition } from '../backend';
import { ZIPKIN_CAPABILITIES } from './capabilities';
import { ZipkinBackend } from './ZipkinBackend';
import { ZIPKIN_SIGNATURES } from './signatures';
import { zipkinDialects } from './zipkinDialect';
import { zipkinDocument } from './zipkinDocument';

/** Nothing about a Zipkin server has to be told. */
export const zipkin: BackendDefinition<undefined> = {
  id: 'zipkin',
  label: 'Zipkin',
  description: 'Zipkin 2 and 3, with any storage, and the products that speak its API v2.',
  exampleUrl: 'http://zipkin:9411',
  capabilities: ZIPKIN_CAPABILITIES,
  settingsFields: [],
  readSettings: () => undefined,
  create: (_, http) => new ZipkinBackend(http),
  signatures: ZIPKIN_SIGNATURES,
  dialects: zipkinDialects,
  documents: [zipkinDocument],
};
