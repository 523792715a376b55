/** Why a backend could not answer. `datasource/messages.ts` turns each kind into a sentence. */
export type BackendErrorKind =
  /** The store cannot answer this question at all; no request was sent. */
  | 'unsupported'
  /** The question itself is wrong (400, or refused before a request was sent). */
  | 'bad-request'
  /** 401, or Grafana's proxy saying that authentication to the data source failed. */
  | 'unauthenticated'
  | 'forbidden'
  /** The server has no such route: wrong URL, base path or product. */
  | 'route-missing'
  /** The route is there, the trace is not. */
  | 'trace-not-found'
  | 'rate-limited'
  | 'server'
  | 'timeout'
  | 'unreachable'
  /** A page in HTML where JSON was expected: a login form, a proxy's error page, another product. */
  | 'html'
  /** JSON cut off in the middle, or no JSON at all. */
  | 'malformed'
  /** JSON, but of another shape. */
  | 'unexpected-shape'
  /** Somebody answers, but none of the stores that are known; `detail` tells what was tried and what each answered. */
  | 'not-recognized'
  | 'cancelled';

export interface BackendErrorDetails {
  /** Backend id. */
  readonly backend: string;
  readonly status?: number;
  /** Route that failed, without the data source's URL. */
  readonly route?: string;
  /** The server's own words, shortened to a readable length; never HTML. */
  readonly serverMessage?: string;
  /** Anything else worth saying, such as the JSON path that had another shape. */
  readonly detail?: string;
  readonly cause?: unknown;
}

export class BackendError extends Error {
  readonly backend: string;
  readonly status?: number;
  readonly route?: string;
  readonly serverMessage?: string;
  readonly detail?: string;

  constructor(
    readonly kind: BackendErrorKind,
    details: BackendErrorDetails
  ) {
    super(
      [kind, details.status, details.route, details.serverMessage ?? details.detail]
        .filter(Boolean)
        .join(' · ')
        .slice(0, 199),
      { cause: details.cause }
    );
    this.name = 'BackendError';
    this.backend = details.backend;
    this.status = details.status;
    this.route = details.route;
    this.serverMessage = details.serverMessage;
    this.detail = details.detail;
  }
}

/** Whether nobody knows the route behind this URL: an older or smaller server, or a page where its answer should be. */
export function isMissingRoute(error: unknown): boolean {
  return error instanceof BackendError && (error.kind === 'route-missing' || error.kind === 'html');
}
