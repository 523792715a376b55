import type { HttpRequest } from '../http';

/** One request and what a real server answered. */
export interface Exchange {
  readonly request: Pick<HttpRequest, 'path' | 'query'>;
  readonly status: number;
  readonly contentType?: string;
  /** Exactly as it came, but for the headers, of which only the type is kept. */
  readonly body: string;
}

/** What `testdata/<generation>/<question>.json` holds. Written by `npm run record`, never by hand. */
export interface Recording {
  /** Who answered: `jaeger v2.20.0`. */
  readonly server: string;
  readonly exchanges: readonly Exchange[];
}
