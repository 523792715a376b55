import type { ProbeReport } from '../backend';
import { BackendError } from '../errors';
import type { HttpClient } from '../http';
import { serverMessage } from '../readAnswer';
import { capabilitiesOf } from './capabilities';
import { describeGeneration, type JaegerFeatures } from './features';

export interface ProbedServer {
  readonly http: HttpClient;
  readonly signal: AbortSignal;
  readonly services: readonly string[];
}

/** Puts what was detected in words, with the two hints that only Jaeger itself gives: its version and its metrics. */
export async function probeServer(features: JaegerFeatures, server: ProbedServer): Promise<ProbeReport> {
  const { variant } = features;
  const [version, metrics] = variant.isJaeger
    ? await Promise.all([readVersion(server), readMetricsRefusal(server)])
    : [undefined, undefined];
  const known = capabilitiesOf(features);
  const capabilities = { ...known, timeSeries: known.timeSeries && metrics === undefined };
  return {
    product: variant.label,
    version,
    generation: describeGeneration(features),
    capabilities,
    can: abilities(features),
    cannot: [...inabilities(features), ...(metrics === undefined ? [] : [`service metrics (${metrics})`])],
    serviceCount: server.services.length,
  };
}

function abilities({ apis, variant }: JaegerFeatures): string[] {
  const can = [apis.has('v3') ? 'trace by ID (nanoseconds)' : 'trace by ID (microseconds)'];
  if (apis.has('v3-summaries')) {
    can.push('search by summaries');
  } else if (apis.has('v3') || apis.has('legacy-search')) {
    can.push('search by whole traces');
  }
  can.push('services and operations');
  return variant.hasDependencies ? [...can, 'service graph'] : can;
}

function inabilities({ apis, variant }: JaegerFeatures): string[] {
  const cannot: string[] = [];
  if (!apis.has('v3')) {
    cannot.push('nanoseconds and link attributes (the server has no API v3)');
    cannot.push('search all services in one request (the legacy API asks each by itself)');
  }
  if (!apis.has('v3-summaries') && !apis.has('legacy-search')) {
    cannot.push('exact attribute filters (this generation of API v3 ignores them)');
  }
  if (!variant.hasDependencies) {
    cannot.push(`service graph (${variant.label} keeps none)`);
  }
  return cannot;
}

/** Jaeger's server writes its version into the page of its UI, which may be switched off or belong to a proxy. */
async function readVersion(server: ProbedServer): Promise<string | undefined> {
  const page = await hint(server, '/');
  return page && /JAEGER_VERSION\s*=\s*\{[^}]*"gitVersion"\s*:\s*"(v?\d[\w.+-]{0,40})"/.exec(page.body)?.[1];
}

/** Jaeger's own words when no storage for metrics is configured (501). */
async function readMetricsRefusal(server: ProbedServer): Promise<string | undefined> {
  const answer = await hint(server, '/api/metrics/calls', [['service', server.services[0] ?? 'none']]);
  return answer?.status === 501 ? (serverMessage(answer.body) ?? 'no metrics storage is configured') : undefined;
}

/** An answer that is good to have; without it the report only says less. */
async function hint({ http, signal }: ProbedServer, path: string, query: Array<readonly [string, string]> = []) {
  try {
    return await http.get({ path, query, signal });
  } catch (error) {
    if (error instanceof BackendError && error.kind === 'cancelled') {
      throw error;
    }
    return undefined;
  }
}
