import { BackendError } from '../errors';
import type { HttpClient } from '../http';
import { failureIn } from '../readAnswer';
import { PINNED_APIS, type JaegerApi, type JaegerFeatures } from './features';
import { objectOf } from './legacyTags';
import { recognizeVariant, variantNamed, type JaegerVariant } from './variants';

const BACKEND = 'jaeger';

/**
 * Finds out which routes a server has, by requests so cheap that it never minds them, judged by the shape of their
 * bodies: an unknown route may be 404 in text, 404 in JSON, or 200 with the page of Jaeger UI (v1.x, up to v2.15).
 * Rejects with what went wrong when no route answers, and when an answer says nothing about routes (502, 429, 401).
 */
export async function detectFeatures(
  http: HttpClient,
  signal: AbortSignal,
  variantId: string | undefined
): Promise<JaegerFeatures> {
  const summaries = await probe(http, signal, '/api/v3/trace-summaries', refusesWithoutTimes);
  if (summaries.isPresent) {
    // Every server with summaries has the rest of v3, so one request settles it.
    return { apis: new Set(PINNED_APIS['v3-summaries']), variant: variantNamed(variantId) };
  }
  const [v3, legacy] = await Promise.all([
    probe(http, signal, '/api/v3/services', listsServices),
    probe(http, signal, '/api/services', hasData),
  ]);
  if (!v3.isPresent && !legacy.isPresent) {
    throw mostTelling([legacy, v3, summaries]);
  }
  const apis = new Set<JaegerApi>(['legacy']);
  if (v3.isPresent && !(legacy.isPresent && isOldGateway(summaries))) {
    apis.add('v3');
  }
  if (legacy.isPresent) {
    apis.add('legacy-search');
  }
  return { apis, variant: chooseVariant(variantId, legacy) };
}

/**
 * v1.52 and before answer v3 by a generated gateway, which says "Not Found" where the rest of the server shows Jaeger UI.
 * Its traces lose the names of events and the messages of errors, a missing trace is a 500 and an empty search an empty
 * body (seen on v1.42), so the legacy API serves better there.
 */
function isOldGateway(summaries: Finding): boolean {
  return !summaries.isPresent && summaries.reason.status === 404 && summaries.reason.serverMessage === 'Not Found';
}

function chooseVariant(variantId: string | undefined, legacy: Finding): JaegerVariant {
  return variantId === undefined && legacy.isPresent ? recognizeVariant(legacy.body) : variantNamed(variantId);
}

type Finding =
  { readonly isPresent: true; readonly body: unknown } | { readonly isPresent: false; readonly reason: BackendError };

/** Kinds of failure that say that this route is not there, or not for us, while another may be. */
const ABSENT: ReadonlySet<string> = new Set(['route-missing', 'html', 'bad-request', 'forbidden', 'unexpected-shape']);

async function probe(
  http: HttpClient,
  signal: AbortSignal,
  path: string,
  isShape: (status: number, body: unknown) => boolean
): Promise<Finding> {
  const response = await http.get({ path, signal });
  const { status } = response;
  const json = parse(response.body);
  if (json !== undefined && isShape(status, json)) {
    return { isPresent: true, body: json };
  }
  const failure = failureIn(response, path, { backend: BACKEND });
  if (failure && !ABSENT.has(failure.kind) && !isPlainText(failure, response.body)) {
    throw failure;
  }
  return { isPresent: false, reason: failure ?? noAnswerOfJaeger(status, path) };
}

function noAnswerOfJaeger(status: number, route: string): BackendError {
  return new BackendError('unexpected-shape', {
    backend: BACKEND,
    status,
    route,
    detail: 'The body is JSON, but no answer of Jaeger.',
  });
}

/** 200 with a few words: how some servers greet those who took the wrong path. Cut-off JSON is not that. */
function isPlainText(error: BackendError, body: string): boolean {
  return error.kind === 'malformed' && !/^\s*[[{]/.test(body);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Without its required times the route answers 400 in JSON that names them (v2.19). */
export function refusesWithoutTimes(status: number, body: unknown): boolean {
  const fields = objectOf<{ error: unknown; summaries: unknown }>(body);
  const message = objectOf<{ message: unknown }>(fields?.error)?.message;
  return (
    (status === 400 && typeof message === 'string' && /startTimeMin/.test(message)) ||
    (status === 200 && Array.isArray(fields?.summaries))
  );
}

/** `{}` is an empty list on older servers. */
function listsServices(status: number, body: unknown): boolean {
  const fields = objectOf<{ services: unknown }>(body);
  return (
    status === 200 &&
    fields !== undefined &&
    (Array.isArray(fields.services) || fields.services === null || Object.keys(fields).length === 0)
  );
}

function hasData(status: number, body: unknown): boolean {
  const fields = objectOf<{ data: unknown }>(body);
  return status === 200 && fields !== undefined && (Array.isArray(fields.data) || fields.data === null);
}

/** A refusal says more than a login page, and that more than a missing route. */
function mostTelling(findings: readonly Finding[]): BackendError {
  const reasons = findings.flatMap((finding) => (finding.isPresent ? [] : [finding.reason]));
  const rank = ['forbidden', 'bad-request', 'html', 'unexpected-shape', 'route-missing', 'malformed'];
  return [...reasons].sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind))[0];
}
