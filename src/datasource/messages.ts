/** Every sentence about a failure that a user can see: what failed, where, what to do. */
import { BackendError } from '../backends/errors';
import { QueryRefused } from './queryRefused';

/** Whom we asked, as the sentences name it. */
export interface Place {
  /** The store, by the label of its definition; "the trace store" until it is found out. */
  readonly product: string;
  /** Asked through Grafana's server rather than from the browser. */
  readonly isProxied: boolean;
  /** As saved in the settings, where it could be read. */
  readonly url?: string;
}

const MAX_LENGTH = 300;

const SETTINGS_URL = 'the URL in the data source settings';

export function errorSentence(error: unknown, place: Place): string {
  if (error instanceof QueryRefused) {
    return error.message;
  }
  if (error instanceof BackendError) {
    return capitalized(backendSentence(error, place));
  }
  const reason = error instanceof Error ? error.message : String(error);
  return clip(
    `The answer could not be shown because of a defect in this plugin. Please report it: ${reason}`,
    MAX_LENGTH
  );
}

/** Whether the failure only says that nobody waits for the answer any more. */
export function isCancelled(error: unknown): boolean {
  return error instanceof BackendError
    ? error.kind === 'cancelled'
    : error instanceof Error && error.name === 'AbortError';
}

function backendSentence(error: BackendError, place: Place): string {
  const { product } = place;
  const route = error.route ?? 'that route';
  const http = error.status === undefined ? '' : ` (HTTP ${error.status})`;
  switch (error.kind) {
    case 'unsupported':
      return withWords(`${product} cannot answer this kind of query.`, error.serverMessage ?? error.detail);
    case 'bad-request':
      return withWords(`${product} refused the query${http}.`, error.serverMessage ?? error.detail, product);
    case 'unauthenticated':
      return unauthenticatedSentence(error, product);
    case 'forbidden':
      return withWords(
        `${product}, or Grafana on the way to it, forbids this request${http}. Check the permissions of the account in the data source settings, and your own.`,
        error.serverMessage,
        product
      );
    case 'route-missing':
      return withWords(
        `The server answered but does not know ${route}${http}: this is not ${product}'s query API, or it lives under a base path. Check port and path of ${SETTINGS_URL}.`,
        error.serverMessage,
        'The server'
      );
    case 'trace-not-found':
      return `${product} has no such trace. Check the ID, how long traces are kept, sampling, and whether the trace has arrived yet.`;
    case 'rate-limited':
      return withWords(
        `${product} is receiving too many requests${http}. Wait a moment and run the query again, or refresh less often.`,
        error.serverMessage,
        product
      );
    case 'timeout':
      return timeoutSentence(error, place, http);
    case 'server':
      return serverSentence(error, place, http);
    case 'unreachable':
      return place.isProxied
        ? `No complete answer of ${product} came through Grafana: Grafana did not answer, or the connection broke off on the way. Check your network and whether both run; then run the query again.`
        : `The browser could not reach ${product}${at(place)}. Check that it runs and allows this page (CORS), or set the access of the data source to "Server".`;
    case 'html':
      return `A web page came back instead of data${http}: a login form, a proxy's error page, or a server that is not ${product}. Check ${SETTINGS_URL} (host, port, base path) and its authentication.`;
    case 'malformed':
      return withWords(
        `The answer to ${route} broke off or is no JSON. Run the query again; if that does not help, narrow it, and check the proxies between Grafana and ${product} for a size limit.`,
        error.detail
      );
    case 'unexpected-shape':
      return withWords(
        `The answer to ${route} is JSON, but not as ${product} writes it. Check that ${SETTINGS_URL} points to ${product} and not to another product.`,
        error.detail
      );
    case 'not-recognized':
      return `No known trace store answers${at(place)}. ${error.detail ?? 'Nobody was recognised.'} Check host, port and base path of ${SETTINGS_URL}, or choose the backend there.`;
    case 'cancelled':
      return 'The query was cancelled.';
  }
}

function unauthenticatedSentence({ status, serverMessage }: BackendError, product: string): string {
  // Grafana's proxy replaces a 401 and its words (12.4, ds_proxy.go), so that the browser does not end its own session.
  const isReplaced = status === 400;
  return withWords(
    `${product} did not accept the login (HTTP 401). Check the authentication in the data source settings: user, password, token or headers.`,
    isReplaced ? undefined : serverMessage,
    product
  );
}

function timeoutSentence(error: BackendError, place: Place, http: string): string {
  return withWords(
    `${place.product} did not answer in time${http}. Narrow the time range or lower the limit; a longer timeout can be set in the data source settings.`,
    error.serverMessage,
    place.product
  );
}

/** 502 and 504 come from Grafana's proxy, with an empty body, when it could not connect or gave up (12.4, ds_proxy.go). */
function serverSentence(error: BackendError, place: Place, http: string): string {
  const { product } = place;
  switch (error.status) {
    case 502:
      return withWords(
        `Grafana could not reach ${product}${at(place)}${http}. Check that it is running and that ${SETTINGS_URL} has the right host and port.`,
        error.serverMessage
      );
    case 503:
      return withWords(
        `${product} is not available right now${http}. It may be starting or overloaded; try again in a minute.`,
        error.serverMessage,
        product
      );
    case 504:
      return timeoutSentence(error, place, http);
    default:
      return withWords(
        `${product} failed while answering${http}. Its own log says more.`,
        error.serverMessage ?? error.detail,
        product
      );
  }
}

/** "Save & test" without a URL: Grafana's proxy then has nowhere to go. */
export function missingUrlSentence(product: string): string {
  return `No URL is set. Enter the address of ${product}'s query API under "Connection", as Grafana's server reaches it, and save again.`;
}

export interface Miss {
  readonly product: string;
  /** As the user wrote it. */
  readonly traceId: string;
  /** The range that was searched first, in words; missing when everything was searched at once. */
  readonly range?: string;
}

export function traceNotFoundSentence({ product, traceId, range }: Miss): string {
  const where = range ? `neither from ${range} nor at any other time` : 'at any time';
  return (
    `Trace ${clip(traceId, 40)} was not found in ${product}, ${where}. ` +
    'It may be older than the retention, dropped by sampling, or not stored yet: new traces can take a minute.'
  );
}

export function widenedSentence(range: string, started: string, distance: string): string {
  return `Nothing was found from ${range}, so all times were searched: the trace started ${started}, ${distance}.`;
}

export function cutByRangeSentence(range: string): string {
  return `Only a part of this trace lies in the range ${range}, so the rest was fetched from all times.`;
}

export function emptyTraceSentence(product: string, traceId: string, remark: string | undefined): string {
  return withWords(
    `${product} knows the trace ${clip(traceId, 40)}, but its answer holds no span that could be shown.`,
    remark
  );
}

export function emptyGraphSentence(service: string | undefined): string {
  const what = service ? `No calls from or to ${clip(service, 60)} were` : 'No calls between services were';
  return `${what} counted in this time range. Many stores count them once a day in a separate job: choose a longer range, and check that the job runs.`;
}

export function progressSentence(read: number, wanted: number): string {
  return `${read} of ${wanted} traces read: what is shown is not complete yet.`;
}

export function unreadTracesSentence(read: number, found: number, bound: string): string {
  return `Only the first ${read} of the ${found} traces found were read: ${bound}. Narrow the search, or lower its limit to what you need.`;
}

export function failedTracesSentence(failed: number, wanted: number, reason: string): string {
  const are = failed === 1 ? 'is' : 'are';
  return `${failed} of ${wanted} traces ${are} missing here: ${reason}`;
}

export function noEventsSentence(): string {
  return 'No span here has events. Exceptions and log messages appear here when the services record them on their spans.';
}

export function emptySearchSentence(): string {
  return 'No trace matches this search in this time range.';
}

export function cutSearchSentence(limit: number): string {
  return `The limit of ${limit} cut the search: what is shown is about the traces within it, and there may be more.`;
}

/** `isDrawable`: the trace view can draw all of it. */
export function foldedSentence(folding: string, isDrawable: boolean): string {
  const all = isDrawable
    ? 'to see everything, switch on "All spans" in the query'
    : 'to see everything, take the view "Spans", as it is more than the trace view of Grafana can draw';
  return `${folding} To see what is folded, use the link of a span that stands for others; ${all}.`;
}

export function moreInsightsSentence(more: number): string {
  return `${more === 1 ? '1 more finding is' : `${count(more)} more findings are`} told by warnings on the spans concerned.`;
}

export function subtreeSentence(shown: number, total: number, name: string): string {
  return `Only the span ${clip(name, 60)} and what is below it is shown: ${count(shown)} of the ${count(total)} spans of the trace.`;
}

export function noSuchSpanSentence(spanId: string): string {
  return `This trace has no span ${clip(spanId, 40)} to begin with, so the whole trace is shown.`;
}

export function clockSkewSentence(calls: number, spans: number): string {
  const what = calls === 1 ? '1 call did' : `${count(calls)} calls did`;
  const moved = spans === 1 ? '1 span was' : `${count(spans)} spans were`;
  return `Clocks disagree: ${what} not fit into the span that made it, so ${moved} moved. Each says so and keeps its original start as an attribute.`;
}

/** A remark on one side of a comparison. */
export function sideSentence(side: 'baseline' | 'comparison', sentence: string): string {
  return `${side === 'baseline' ? 'Baseline' : 'Comparison'}: ${sentence}`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function at(place: Place): string {
  return place.url ? ` at ${clip(place.url, 60)}` : '';
}

/** The server's own words, kept, but never so long that they push out what to do. */
function withWords(sentence: string, words: string | undefined, speaker?: string): string {
  if (!words) {
    return sentence;
  }
  const lead = speaker ? ` ${capitalized(speaker)} said: ` : ' Details: ';
  return sentence + lead + clip(words.trim(), Math.max(60, MAX_LENGTH - sentence.length - lead.length));
}

/** While nobody knows which store it is, its name is "the trace store". */
function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length - 1) + '…';
}
