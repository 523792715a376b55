import { isJsonObject } from '../../wire/read';
import { BackendError } from '../errors';
import type { HttpClient } from '../http';
import { ask } from '../readAnswer';

/** What is known of the server that answers. */
export interface TempoServer {
  /** As the server writes it, without `v`; missing where it does not say. */
  readonly version?: string;
  /** Undefined for builds from a branch and behind gateways that hide the version. */
  readonly release?: Release;
}

export interface Release {
  readonly major: number;
  readonly minor: number;
}

const BUILD_INFO = '/api/status/buildinfo';

/** Failures that say that this route is not there or not for us, while the others may well be. */
const HIDDEN: ReadonlySet<string> = new Set([
  'route-missing',
  'html',
  'bad-request',
  'forbidden',
  'unsupported',
  'malformed',
  'unexpected-shape',
]);

/**
 * One cheap request (Tempo 2.3 and later). A server that hides it is taken for one of unknown version; what says nothing
 * about routes (401, 429, 502, a cancelled request) rejects.
 */
export async function detectServer(http: HttpClient, signal: AbortSignal): Promise<TempoServer> {
  try {
    return await ask(http, { path: BUILD_INFO, signal }, { backend: 'tempo', decode: readBuildInfo });
  } catch (error) {
    if (error instanceof BackendError && HIDDEN.has(error.kind)) {
      return {};
    }
    throw error;
  }
}

export function readBuildInfo(body: unknown): TempoServer {
  const text = isJsonObject(body) ? body.version : undefined;
  const version = typeof text === 'string' ? text.trim().replace(/^v(?=\d)/, '') : '';
  if (version === '') {
    return {};
  }
  const numbers = /^(\d+)\.(\d+)(?:\.|-|\+|$)/.exec(version);
  return { version, ...(numbers && { release: { major: Number(numbers[1]), minor: Number(numbers[2]) } }) };
}

/** False for an unknown version: for what a server may refuse without which the answer is only less good. */
export function isKnownSince({ release }: TempoServer, major: number, minor: number): boolean {
  return release !== undefined && isAtLeast(release, major, minor);
}

/** True only for a version that is known to be older: for what all but old servers have. */
export function isKnownBefore({ release }: TempoServer, major: number, minor: number): boolean {
  return release !== undefined && !isAtLeast(release, major, minor);
}

function isAtLeast(release: Release, major: number, minor: number): boolean {
  return release.major > major || (release.major === major && release.minor >= minor);
}
