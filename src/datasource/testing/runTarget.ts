import { CoreApp, dateTime, type DataFrame, type DataQueryRequest } from '@grafana/data';

import type { TraceBackend } from '../../backends/backend';
import type { HttpClient } from '../../backends/http';
import type { BackendCapabilities } from '../../query/capabilities';
import type { TraceQuery } from '../../query/query';
import { CachedCatalogue } from '../cachedCatalogue';
import { createBackend } from '../createBackend';
import { errorSentence } from '../messages';
import { runQuery } from '../runQuery';
import type { DataSourceServices } from '../services';
import { readSettings, type TraceJsonData } from '../settings';
import { fakeBackend, fakeDefinition, fakeServices, instanceSettings } from './fakeServices';
import { START_MS, TRACE_ID } from './spans';

export const HOUR = 3_600_000;
const PLACE = { product: 'Fake', isProxied: true };

export interface Setting {
  readonly methods?: Partial<TraceBackend> | ((http: HttpClient) => Partial<TraceBackend>);
  readonly capabilities?: Partial<BackendCapabilities>;
  readonly jsonData?: TraceJsonData;
  readonly request?: Partial<DataQueryRequest<TraceQuery>>;
  readonly now?: () => number;
  readonly queryInstant?: DataSourceServices['queryInstant'];
  readonly signal?: AbortSignal;
  readonly onPartial?: (frames: DataFrame[]) => void;
}

/** Runs one target as a panel would: an hour before the trace's start, in Explore. */
export async function runTarget(target: object, setting: Setting = {}): Promise<DataFrame[]> {
  const { methods = {}, capabilities, jsonData = {}, request = {}, now = () => 0, queryInstant } = setting;
  const definition = fakeDefinition(
    (http) => fakeBackend(typeof methods === 'function' ? methods(http) : methods),
    capabilities
  );
  const services = fakeServices(definition, {
    variables: { trace: TRACE_ID.toUpperCase(), empty: '' },
    now,
    ...(queryInstant && { queryInstant }),
  });
  const settings = readSettings(instanceSettings(jsonData));
  const connected = createBackend(settings, services);
  const catalogue = new CachedCatalogue({ connected, place: PLACE, now, interpolate: (text) => text });
  const full = {
    app: CoreApp.Explore,
    timezone: 'utc',
    intervalMs: 15_000,
    range: { from: dateTime(START_MS - HOUR), to: dateTime(START_MS), raw: { from: 'now-1h', to: 'now' } },
    ...request,
  } as DataQueryRequest<TraceQuery>;
  const self = { uid: 'traces', name: 'Traces' };
  const describe = (error: unknown) => errorSentence(error, PLACE);
  const dependencies = { connected, settings, services, catalogue, self, describe };
  const { signal = new AbortController().signal, onPartial = () => undefined } = setting;
  return runQuery(target as TraceQuery, full, dependencies, signal, onPartial);
}

export async function sentenceOf(answer: Promise<DataFrame[]>): Promise<string> {
  try {
    await answer;
  } catch (error) {
    return errorSentence(error, PLACE);
  }
  throw new Error('no failure');
}

export const column = (frame: DataFrame, name: string): unknown[] | undefined =>
  frame.fields.find((field) => field.name === name)?.values;
export const kinds = (frames: DataFrame[]) => frames.map(({ meta }) => meta?.preferredVisualisationType);
export const noticesOf = (frame: DataFrame) => (frame.meta?.notices ?? []).map(({ text }) => text);
