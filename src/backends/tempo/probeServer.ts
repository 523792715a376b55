import type { ProbeReport } from '../backend';
import { BackendError } from '../errors';
import type { HttpClient } from '../http';
import { capabilitiesOf } from './capabilities';
import { isKnownBefore, type TempoServer } from './serverVersion';

export interface ProbedServer {
  readonly http: HttpClient;
  readonly signal: AbortSignal;
  readonly services: readonly string[];
}

/** Puts in words what is known of the server, and whether it says itself that it is Tempo. */
export async function probeServer(server: TempoServer, probed: ProbedServer): Promise<ProbeReport> {
  const isTempo = server.version !== undefined || (await echoes(probed));
  return {
    product: isTempo ? 'Tempo' : 'A server with the API of Tempo',
    version: server.version,
    generation: isKnownBefore(server, 2, 6) ? 'API v1' : 'API v2',
    capabilities: capabilitiesOf(server),
    can: [
      'trace by ID (nanoseconds)',
      'search by TraceQL',
      ...(isKnownBefore(server, 2, 4) ? [] : ['TraceQL metrics']),
      'services, operations and attributes',
    ],
    cannot: inabilities(server),
    serviceCount: probed.services.length,
  };
}

function inabilities(server: TempoServer): string[] {
  const cannot = ['service graph (Tempo keeps it in Prometheus)'];
  if (isKnownBefore(server, 2, 2)) {
    cannot.push('tell name, service and status of the spans that match (since 2.2)');
  }
  if (isKnownBefore(server, 2, 4)) {
    cannot.push('TraceQL metrics (since 2.4)');
  } else if (isKnownBefore(server, 2, 6)) {
    cannot.push('one value of TraceQL metrics (since 2.6)');
  }
  if (isKnownBefore(server, 2, 6)) {
    cannot.push('tell when a trace is cut (since 2.6)');
  }
  if (isKnownBefore(server, 2, 8)) {
    cannot.push('find the newest traces first (since 2.8)');
  }
  return cannot;
}

/** Tempo answers this with the word itself. */
async function echoes({ http, signal }: ProbedServer): Promise<boolean> {
  try {
    const { status, body } = await http.get({ path: '/api/echo', signal });
    return status === 200 && body.trim() === 'echo';
  } catch (error) {
    if (error instanceof BackendError && error.kind === 'cancelled') {
      throw error;
    }
    return false;
  }
}
