import type { BackendDefinition } from '../backend';
import { JAEGER_CAPABILITIES } from './capabilities';
import { JaegerBackend } from './JaegerBackend';
import { jaegerDialects } from './jaegerDialect';
import { legacyDocument, legacyDownload } from './legacyDocument';
import { JAEGER_SIGNATURES } from './signatures';
import { readSettings, SETTINGS_FIELDS, type JaegerSettings } from './settings';

export const jaeger: BackendDefinition<JaegerSettings> = {
  id: 'jaeger',
  label: 'Jaeger',
  description: 'Jaeger v1 and v2, every generation of its API, and the products that speak it.',
  exampleUrl: 'http://jaeger:16686',
  capabilities: JAEGER_CAPABILITIES,
  settingsFields: SETTINGS_FIELDS,
  readSettings,
  create: (settings, http) => new JaegerBackend(settings, http),
  signatures: JAEGER_SIGNATURES,
  dialects: jaegerDialects,
  documents: [legacyDocument],
  downloads: [legacyDownload],
};
