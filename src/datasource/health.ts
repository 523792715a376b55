import type { TestDataSourceResponse } from '@grafana/data';

import type { ProbeReport } from '../backends/backend';
import { BackendError } from '../backends/errors';
import type { ConnectedBackend } from './createBackend';
import { errorSentence, missingUrlSentence, type Place } from './messages';

export interface HealthDependencies {
  readonly connected: ConnectedBackend;
  readonly place: Place;
  /** See `DataSourceServices.readSavedUrl`. */
  readSavedUrl(): Promise<string | undefined>;
}

/** What "Save & test" shows: who answers, in which generation of its API, and what that allows. Never rejects. */
export async function checkHealth(dependencies: HealthDependencies): Promise<TestDataSourceResponse> {
  const { connected, place } = dependencies;
  // In proxy mode Grafana gives the browser a URL even when none is set, so the saved one is asked for.
  const savedUrl = place.isProxied ? await dependencies.readSavedUrl() : (place.url ?? '');
  if (savedUrl === '') {
    return { status: 'error', message: missingUrlSentence(place.product) };
  }
  try {
    const report = await connected.backend.probe({ signal: new AbortController().signal });
    return describeReport(report, connected);
  } catch (error) {
    return {
      status: 'error',
      message: errorSentence(error, { ...place, url: savedUrl }),
      details: { verboseMessage: technicalDetails(error) },
    };
  }
}

function describeReport(
  report: ProbeReport,
  { unknownBackendId, definition }: ConnectedBackend
): TestDataSourceResponse {
  const facts = [report.generation, countServices(report.serviceCount)].filter(Boolean).join(', ');
  const name = [report.product, report.version].filter(Boolean).join(' ');
  const remarks = [
    unknownBackendId !== undefined &&
      `The settings name the backend "${unknownBackendId}", which is unknown here; ${definition.label} is used instead.`,
    report.serviceCount === 0 && 'No service has sent traces yet, so there is nothing to find so far.',
  ].filter((remark): remark is string => Boolean(remark));
  const isLimited = unknownBackendId !== undefined || report.capabilities.search === 'none';
  return {
    status: isLimited ? 'warning' : 'success',
    message: [
      `${name} answers${facts && ` (${facts})`}`,
      report.can.length > 0 && ` with ${report.can.join(', ')}`,
      report.cannot.length > 0 && `, without ${report.cannot.join(', ')}`,
      '.',
    ]
      .filter(Boolean)
      .join(''),
    ...(remarks.length > 0 && { details: { message: remarks.join(' ') } }),
  };
}

function countServices(count: number | undefined): string | undefined {
  return count === undefined ? undefined : `${count} ${count === 1 ? 'service' : 'services'}`;
}

/** For the person who must explain it to someone else. */
function technicalDetails(error: unknown): string | undefined {
  if (!(error instanceof BackendError)) {
    return undefined;
  }
  const { kind, status, route, serverMessage, detail } = error;
  return [`kind: ${kind}`, status && `status: ${status}`, route && `route: ${route}`, serverMessage, detail]
    .filter(Boolean)
    .join('\n');
}
