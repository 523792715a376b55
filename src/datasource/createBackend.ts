import type { BackendDefinition, TraceBackend } from '../backends/backend';
import { limitParallel } from './limitParallel';
import { RequestLog } from './requestLog';
import type { DataSourceServices } from './services';
import type { TraceSettings } from './settings';

/** The store of one data source instance and what is known about it without asking. */
export interface ConnectedBackend {
  readonly definition: BackendDefinition;
  readonly backend: TraceBackend;
  /** Which requests a question caused. */
  readonly requests: RequestLog;
  /** Set when the settings name a backend that this version does not have; the default one answers then. */
  readonly unknownBackendId?: string;
}

const MAX_PARALLEL_REQUESTS = 5;

export function createBackend(settings: TraceSettings, services: DataSourceServices): ConnectedBackend {
  const { definitions } = services;
  const found = definitions.find(({ id }) => id === settings.backendId);
  const definition = found ?? definitions[0];
  const requests = new RequestLog();
  const http = services.createHttp(settings, definition.id);
  const limited = limitParallel(requests.watch(http), MAX_PARALLEL_REQUESTS, definition.id);
  return {
    definition,
    backend: definition.create(definition.readSettings(settings.jsonData), limited),
    requests,
    unknownBackendId: found ? undefined : settings.backendId,
  };
}
