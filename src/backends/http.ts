/**
 * The port through which a backend talks to its server. `datasource/grafanaHttp.ts` implements it on Grafana's fetch,
 * tests and tools implement it on recordings and on Node's fetch.
 */
export interface HttpRequest {
  /** Below the data source's URL, starting with `/`, every segment already encoded (`encodePath`). */
  readonly path: string;
  /** In order; a name may repeat. Encoded by the client. */
  readonly query?: ReadonlyArray<readonly [name: string, value: string]>;
  readonly signal?: AbortSignal;
}

/** Any answer the server (or a proxy before it) gave, whatever its status. */
export interface HttpResponse {
  readonly status: number;
  readonly contentType?: string;
  /** As text: servers label JSON as text, proxies answer HTML with 200, and only we know when to parse. */
  readonly body: string;
}

export interface HttpClient {
  /** Rejects with a `BackendError` of kind `unreachable`, `timeout` or `cancelled`; every answer resolves. */
  get(request: HttpRequest): Promise<HttpResponse>;
}

/** `encodePath('api', 'services', 'a/b')` → `/api/services/a%2Fb`. `..` cannot climb: dots alone are encoded too. */
export function encodePath(...segments: readonly string[]): string {
  return segments.map((segment) => '/' + encodeSegment(segment)).join('');
}

function encodeSegment(segment: string): string {
  // A segment of dots only is a path instruction to URL parsers even when the rest is encoded.
  return /^\.+$/.test(segment) ? segment.replace(/\./g, '%2E') : encodeText(segment);
}

export function encodeQuery(query: HttpRequest['query']): string {
  return (query ?? []).map(([name, value]) => `${encodeText(name)}=${encodeText(value)}`).join('&');
}

function encodeText(text: string): string {
  return encodeURIComponent(wellFormed(text));
}

/**
 * Half a surrogate pair, which JSON can hold as `\ud800`, is no character to servers and `encodeURIComponent` throws on
 * it: the character for "unreadable" stands in its place, as it does in what decoders of UTF-8 make of broken bytes.
 */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
