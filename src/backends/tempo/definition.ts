import type { BackendDefinition } from '../backend';
import { TEMPO_CAPABILITIES } from './capabilities';
import { TEMPO_SIGNATURES } from './signatures';
import { TempoBackend } from './TempoBackend';
import { tempoDialects } from './tempoDialect';

/** Nothing of Tempo has to be set: its version is found out, and tenants go by a header of the connection. */
export const tempo: BackendDefinition<undefined> = {
  id: 'tempo',
  label: 'Tempo',
  description: 'Grafana Tempo 2.0 and later: search and metrics by TraceQL.',
  exampleUrl: 'http://tempo:3200',
  capabilities: TEMPO_CAPABILITIES,
  settingsFields: [],
  readSettings: () => undefined,
  create: (_settings, http) => new TempoBackend(http),
  signatures: TEMPO_SIGNATURES,
  dialects: tempoDialects,
};
