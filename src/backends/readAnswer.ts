import { ReadError } from '../wire/read';
import { BackendError, type BackendErrorKind } from './errors';
import type { HttpClient, HttpRequest, HttpResponse } from './http';

export interface AnswerReading<T> {
  /** Backend id, for errors. */
  readonly backend: string;
  /** Checked shape out of parsed JSON, in slices (`runForPage`) where that can take long; a `ReadError` becomes `unexpected-shape`. */
  decode(body: unknown): T | Promise<T>;
  /** Asked about a body that is not one JSON text; undefined means that it is no use either. */
  readonly parseOdd?: (text: string) => unknown;
  /** Set where a 404 in the store's own words says that the thing asked for, not the route, is missing. */
  readonly isMiss?: (response: HttpResponse, message: string | undefined) => boolean;
  /** Matches the words of those 500s that say what is wrong with the question: it is refused, nothing failed. */
  readonly refusals?: RegExp;
}

/** In characters. Reading a body as long as this takes so long that a page is better painted in between. */
const LARGE_BODY = 1_000_000;

/**
 * One request to its end: asks, judges the answer by status and body, parses and decodes it. Every failure rejects with
 * a `BackendError` that keeps the server's own words; a page in HTML is never quoted. Between the steps over a large
 * body others get a turn, and the request may be cancelled.
 */
export async function ask<T>(http: HttpClient, request: HttpRequest, reading: AnswerReading<T>): Promise<T> {
  const response = await http.get(request);
  const route = request.path;
  if (response.status < 200 || response.status > 299) {
    throw failureOf(response, route, reading);
  }
  const giveWay = () => (response.body.length < LARGE_BODY ? undefined : letOthersRun(request, reading));
  await giveWay();
  const body = parseBody(response, route, reading);
  await giveWay();
  try {
    return await reading.decode(body);
  } catch (error) {
    if (request.signal?.aborted && error === request.signal.reason) {
      throw new BackendError('cancelled', { backend: reading.backend, route });
    }
    if (error instanceof ReadError) {
      throw new BackendError('unexpected-shape', {
        backend: reading.backend,
        status: response.status,
        route,
        detail: error.message,
        cause: error,
      });
    }
    throw error;
  }
}

/** Rejects when nobody waits for the answer any more. */
async function letOthersRun({ signal, path }: HttpRequest, { backend }: AnswerReading<unknown>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (signal?.aborted) {
    throw new BackendError('cancelled', { backend, route: path });
  }
}

/** Whether a body is a page (or XML) rather than data. What it is labelled as proves nothing: servers mislabel JSON. */
export function isHtml(body: string): boolean {
  return /^\uFEFF?\s*<[!?a-z]/i.test(body);
}

/** The kind of a status outside 2xx. 404 alone cannot tell a missing route from a missing thing. */
export function kindOfStatus(status: number): BackendErrorKind {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
    case 405:
      return 'route-missing';
    case 408:
    case 504:
      return 'timeout';
    case 429:
      return 'rate-limited';
    case 501:
      return 'unsupported';
    default:
      return status >= 400 && status < 500 ? 'bad-request' : 'server';
  }
}

/**
 * The words in an error body: Jaeger's `errors[0].msg` and `error.message`, `message` of Grafana and Quickwit, or plain
 * text. Undefined for pages and for bodies without words.
 */
export function serverMessage(body: string): string | undefined {
  const text = body.replace(/^\uFEFF/, '').trim();
  if (text === '' || isHtml(text)) {
    return undefined;
  }
  const words = /^[[{]/.test(text) ? wordsInJson(text) : text;
  return words === undefined ? undefined : shorten(words);
}

const MESSAGE_LIMIT = 300;

function shorten(words: string): string | undefined {
  const line = words.replace(/\s+/g, ' ').trim();
  if (line === '' || isHtml(line)) {
    return undefined;
  }
  return line.length <= MESSAGE_LIMIT ? line : `${line.slice(0, MESSAGE_LIMIT - 1)}…`;
}

function wordsInJson(text: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return text;
  }
  const { errors, error, message } = fieldsOf(body);
  const [first] = Array.isArray(errors) ? errors : [];
  return [fieldsOf(first).msg, fieldsOf(error).message, error, message].find(
    (words): words is string => typeof words === 'string' && words !== ''
  );
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** What is wrong with an answer before anybody looks at its shape; undefined where it is a success in JSON. */
export function failureIn(response: HttpResponse, route: string, reading: Judging): BackendError | undefined {
  if (response.status < 200 || response.status > 299) {
    return failureOf(response, route, reading);
  }
  try {
    parseBody(response, route, reading);
    return undefined;
  } catch (error) {
    if (error instanceof BackendError) {
      return error;
    }
    throw error;
  }
}

/** All of a reading but what becomes of a sound answer. */
type Judging = Omit<AnswerReading<unknown>, 'decode'>;

function failureOf(response: HttpResponse, route: string, reading: Judging): BackendError {
  const { status, body } = response;
  const message = serverMessage(body);
  return new BackendError(kindOfFailure(response, message, reading), {
    backend: reading.backend,
    status,
    route,
    serverMessage: message,
  });
}

function kindOfFailure(
  response: HttpResponse,
  message: string | undefined,
  { isMiss, refusals }: Judging
): BackendErrorKind {
  // Grafana's proxy turns the server's 401 into this, so that the browser does not log its user out of Grafana.
  if (response.status === 400 && message !== undefined && /authentication to data source failed/i.test(message)) {
    return 'unauthenticated';
  }
  if (response.status === 404 && isMiss?.(response, message)) {
    return 'trace-not-found';
  }
  if (response.status === 500 && message !== undefined && refusals?.test(message)) {
    return 'bad-request';
  }
  const kind = kindOfStatus(response.status);
  return kind === 'bad-request' && isHtml(response.body) ? 'html' : kind;
}

function parseBody(response: HttpResponse, route: string, reading: Judging): unknown {
  const { status, body } = response;
  const { backend } = reading;
  if (isHtml(body)) {
    throw new BackendError('html', { backend, status, route });
  }
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const odd = reading.parseOdd?.(body);
    if (odd !== undefined) {
      return odd;
    }
    throw new BackendError('malformed', { backend, status, route, detail: whyMalformed(body), cause });
  }
}

function whyMalformed(body: string): string {
  const text = body.trim();
  if (text === '') {
    return 'The body is empty.';
  }
  return /^[[{]/.test(text) ? `The JSON ends after ${body.length} characters or is damaged.` : 'The body is no JSON.';
}
