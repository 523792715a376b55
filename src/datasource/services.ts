/** The one place that reaches for Grafana's singletons; everything else is handed what it needs. */
import type { ScopedVars } from '@grafana/data';
import { getBackendSrv, getTemplateSrv } from '@grafana/runtime';
import { get } from 'lodash';
import { lastValueFrom } from 'rxjs';

import type { BackendDefinition } from '../backends/backend';
import type { HttpClient } from '../backends/http';
import { backendDefinitions } from '../backends/index';
import { DocumentDesk } from './documents/DocumentDesk';
import { documentReaders } from './documents/documentReaders';
import { DocumentShelf } from './documents/DocumentShelf';
import { createGrafanaHttp } from './grafanaHttp';
import { queryInstant, type InstantAnswer, type InstantQuery } from './queryInstant';
import type { TraceSettings } from './settings';

export interface DataSourceServices {
  /** The first is the default. */
  readonly definitions: readonly BackendDefinition[];
  createHttp(settings: TraceSettings, backendId: string): HttpClient;
  /** Replaces variables as Grafana does; those it does not know stay as written. */
  replace(text: string, scopedVars?: ScopedVars, format?: string | ((value: unknown) => string)): string;
  containsTemplate(text: string): boolean;
  /** The page's, shared by all data sources. */
  readonly documents: DocumentDesk;
  /** Epoch milliseconds. */
  now(): number;
  /** Asks a Prometheus data source of Grafana for the values of expressions at the end of a window. */
  queryInstant(request: InstantQuery): Promise<InstantAnswer>;
  /** The URL as the user typed it; undefined when this user may not see the settings. */
  readSavedUrl(dataSourceUid: string): Promise<string | undefined>;
}

const documents = new DocumentDesk({
  readers: documentReaders(backendDefinitions),
  shelf: new DocumentShelf(),
  now: () => performance.now(),
});

export function grafanaServices(): DataSourceServices {
  return {
    definitions: backendDefinitions,
    createHttp: ({ url, timeoutSeconds }, backend) =>
      createGrafanaHttp({
        url,
        backend,
        fetch: (options) => getBackendSrv().fetch(options),
        timeoutMs: patience(timeoutSeconds),
      }),
    replace: (text, scopedVars, format) => getTemplateSrv().replace(text, scopedVars, format),
    containsTemplate: (text) => getTemplateSrv().containsTemplate(text),
    documents,
    now: () => Date.now(),
    queryInstant,
    readSavedUrl,
  };
}

/** Grafana's own timeout ends with the headers; this one only ends what would never end, a large body included. */
function patience(timeoutSeconds: number): number {
  return (timeoutSeconds + 300) * 1000;
}

async function readSavedUrl(dataSourceUid: string): Promise<string | undefined> {
  try {
    const url = `/api/datasources/uid/${encodeURIComponent(dataSourceUid)}`;
    const response = await lastValueFrom(getBackendSrv().fetch<unknown>({ method: 'GET', url, showErrorAlert: false }));
    const saved: unknown = get(response.data, 'url');
    return typeof saved === 'string' ? saved.trim() : undefined;
  } catch {
    // Only settings pages and their readers may ask; the sentence then does without the address.
    return undefined;
  }
}
