import { assembleTrace } from '../../model/assembleTrace';
import { normalizeTraceId } from '../../model/ids';
import { fromMillis, NANOS_PER_SECOND, type TimeWindow } from '../../model/time';
import type { Trace } from '../../model/trace';
import type { BackendCapabilities } from '../../query/capabilities';
import type { AttributeFilter } from '../../query/query';
import type { RequestContext, SearchRequest, SearchResult, TraceBackend } from '../backend';
import { BackendError, type BackendErrorKind } from '../errors';
import { drawTrace } from './drawTrace';
import { expectLaws } from './laws';
import { withLosses, type Loss } from './losses';
import { RUNS, STORIES, STORY_TIME_NANO, TOLD_STORIES, type Story } from './stories';
import { expectSummaries } from './summaries';

/** One thing to ask a server that holds the stories, and how to judge the answer. */
export interface Question {
  /** A sentence's worth of name; also the name of the recording. */
  readonly name: string;
  readonly group: 'traces' | 'search' | 'lists';
  /**
   * Of the definition's capabilities: whether it is put at all. For what the product does by itself where a store does
   * not, so that no such store is ever asked.
   */
  readonly isFor?: (capabilities: BackendCapabilities) => boolean;
  /** By default every backend can answer it. */
  readonly isPossible?: (capabilities: BackendCapabilities) => boolean;
  ask(backend: TraceBackend, context: RequestContext): Promise<unknown>;
  /** Throws, in the words of the test runner, when the answer is wrong. */
  check(answer: unknown, losses: readonly Loss[]): void;
  /** What is asked beyond the ordinary is a hint: a store that cannot take it answers as if it had not been given. */
  readonly isHint?: boolean;
  /** Set when the right answer is a refusal of this kind. */
  readonly fails?: BackendErrorKind;
}

/** A question whose check knows what its asking answers. */
export function question<T>(asked: {
  readonly name: string;
  readonly group: Question['group'];
  readonly isFor?: Question['isFor'];
  readonly isPossible?: Question['isPossible'];
  readonly isHint?: boolean;
  readonly fails?: BackendErrorKind;
  ask(backend: TraceBackend, context: RequestContext): Promise<T>;
  check(answer: T, losses: readonly Loss[]): void;
}): Question {
  return { ...asked, check: (answer, losses) => asked.check(answer as T, losses) };
}

const SECOND = BigInt(NANOS_PER_SECOND);

/** Odd digits at both ends, which clients must round outwards where the server's unit is coarser. */
function windowAround(first: Story, last: Story = first): TimeWindow {
  return { fromUnixNano: first.epochUnixNano - SECOND, toUnixNano: last.epochUnixNano + 5n * SECOND };
}

const EVERYTHING: TimeWindow = {
  fromUnixNano: STORY_TIME_NANO - 600n * SECOND,
  toUnixNano: STORY_TIME_NANO + 7_200n * SECOND,
};

function tellsStory(trace: Trace, story: Story, losses: readonly Loss[]): void {
  const expected = assembleTrace(withLosses(story.spans, losses));
  expectLaws(trace);
  // Spans that share an id get new ones from some servers, and which they get is their own affair.
  const ids = new Set(story.spans.map(({ spanId }) => spanId)).size === story.spans.length;
  expect(drawTrace(trace, { ids })).toBe(expected && drawTrace(expected, { ids }));
}

const traces: readonly Question[] = [
  ...TOLD_STORIES.map((story) =>
    question({
      name: `trace-${story.name}`,
      group: 'traces',
      ask: (backend, context) => backend.fetchTrace({ traceId: story.traceId }, context),
      check: (trace, losses) => tellsStory(trace, story, losses),
    })
  ),
  question({
    name: 'trace-by-id-in-upper-case-without-zeros',
    group: 'traces',
    ask: (backend, context) =>
      backend.fetchTrace({ traceId: normalizeTraceId(' 0xA3A91C2D4E5B6071829304A5B6C7D04') ?? '' }, context),
    check: (trace, losses) => tellsStory(trace, STORIES.noRoot, losses),
  }),
  question({
    name: 'trace-within-window',
    group: 'traces',
    isPossible: (capabilities) => capabilities.traceWindow,
    isHint: true,
    ask: (backend, context) =>
      backend.fetchTrace({ traceId: STORIES.checkout.traceId, window: windowAround(STORIES.checkout) }, context),
    check: (trace, losses) => tellsStory(trace, STORIES.checkout, losses),
  }),
  question({
    name: 'trace-as-stored',
    group: 'traces',
    isPossible: (capabilities) => capabilities.rawTraces,
    isHint: true,
    ask: (backend, context) => backend.fetchTrace({ traceId: STORIES.async.traceId, rawTraces: true }, context),
    check: (trace, losses) => tellsStory(trace, STORIES.async, losses),
  }),
  question({
    name: 'trace-missing',
    group: 'traces',
    fails: 'trace-not-found',
    ask: (backend, context) => backend.fetchTrace({ traceId: 'dead0000000000000000000000000001' }, context),
    check: () => undefined,
  }),
];

/** Newest first. */
const ALL_RUNS = [...RUNS].reverse();

interface SearchCase {
  readonly name: string;
  readonly asks: Partial<SearchRequest>;
  readonly finds: readonly Story[];
  readonly isLimited?: boolean;
}

function filter(key: string, value: string): AttributeFilter {
  return { key, operator: '=', value };
}

const SEARCHES: readonly SearchCase[] = [
  { name: 'by-service', asks: { service: 'cron' }, finds: ALL_RUNS },
  { name: 'incomplete-trace', asks: { service: 'ledger' }, finds: [STORIES.noRoot] },
  { name: 'service-with-slashes', asks: { service: '../../admin' }, finds: [STORIES.orphan] },
  { name: 'unknown-service', asks: { service: 'nobody' }, finds: [] },
  { name: 'by-span-name', asks: { service: 'web', spanName: 'POST /checkout' }, finds: [STORIES.checkout] },
  { name: 'span-name-of-another-service', asks: { service: 'cron', spanName: 'POST /checkout' }, finds: [] },
  {
    name: 'window',
    asks: { service: 'cron', window: windowAround(RUNS[1], RUNS[2]) },
    finds: [RUNS[2], RUNS[1]],
  },
  { name: 'limit', asks: { service: 'cron', limit: 2 }, finds: [RUNS[4], RUNS[3]], isLimited: true },
  { name: 'limit-just-enough', asks: { service: 'cron', limit: 5 }, finds: ALL_RUNS },
  {
    name: 'by-durations',
    asks: { service: 'cron', minDuration: fromMillis(15.5), maxDuration: fromMillis(45) },
    finds: [RUNS[3], RUNS[2], RUNS[1]],
  },
  { name: 'too-short', asks: { service: 'cron', minDuration: fromMillis(51) }, finds: [] },
  {
    name: 'text-attributes',
    asks: { service: 'web', attributes: [filter('note', 'say "hi = 5" to ü'), filter('url.query', 'a=b&c=d')] },
    finds: [STORIES.checkout],
  },
  {
    name: 'falsy-attributes',
    asks: { service: 'web', attributes: [filter('retries', '0'), filter('cached', 'false')] },
    finds: [STORIES.checkout],
  },
  {
    name: 'attribute-beyond-doubles',
    asks: { service: 'web', attributes: [filter('order.id', '9007199254740993')] },
    finds: [STORIES.checkout],
  },
  {
    name: 'attribute-named-proto',
    asks: { service: 'web', attributes: [filter('__proto__', 'polluted')] },
    finds: [STORIES.checkout],
  },
  {
    name: 'resource-attribute',
    asks: { service: 'cart', attributes: [filter('host.name', 'node-2')] },
    finds: [STORIES.checkout],
  },
  {
    name: 'errors',
    asks: { service: 'pay', attributes: [filter('error', 'true')] },
    finds: [STORIES.checkout],
  },
  {
    name: 'attributes-of-different-spans',
    asks: { service: 'web', attributes: [filter('http.response.status_code', '200'), filter('attempt', '1')] },
    finds: [],
  },
  {
    name: 'attribute-and-duration',
    asks: { service: 'cron', attributes: [filter('job', 'tick')], minDuration: fromMillis(40) },
    finds: [RUNS[4], RUNS[3]],
  },
];

type Condition = readonly [key: string, operator: AttributeFilter['operator'], value?: string];

/** Each condition is about one attribute of one span of `service`. */
const CONDITIONS: ReadonlyArray<
  readonly [name: string, service: string, condition: Condition, finds: readonly Story[]]
> = [
  ['unequal', 'web', ['attempt', '!=', '1'], [STORIES.checkout]],
  ['unequal-number', 'web', ['http.response.status_code', '!=', '200'], []],
  ['unequal-text', 'cron', ['job', '!=', 'tick'], []],
  ['pattern', 'web', ['note', '=~', 'say .+ ü'], [STORIES.checkout]],
  ['pattern-of-a-part', 'web', ['note', '=~', 'say'], []],
  ['other-than-a-pattern', 'cron', ['job', '!~', 'to.*'], ALL_RUNS],
  ['other-than-its-pattern', 'cron', ['job', '!~', 't.*'], []],
  ['exists', 'web', ['retries', 'exists'], [STORIES.checkout]],
  ['does-not-exist', 'cron', ['retries', 'exists'], []],
  ['above', 'web', ['http.response.status_code', '>', '199'], [STORIES.checkout]],
  ['not-above', 'web', ['http.response.status_code', '>', '200'], []],
  ['below', 'web', ['retries', '<', '0.5'], [STORIES.checkout]],
  ['not-below', 'web', ['http.response.status_code', '<', '200'], []],
];

function search(
  name: string,
  asks: Partial<SearchRequest>,
  finds: readonly Story[],
  isFor: NonNullable<Question['isFor']>
): Question {
  return question<SearchResult>({
    name: `search-${name}`,
    group: 'search',
    isFor,
    ask: (backend, context) =>
      backend.searchTraces({ attributes: [], limit: 20, window: EVERYTHING, ...asks }, context),
    check: ({ summaries }, losses) => expectSummaries(summaries, finds, losses),
  });
}

/** What the product does itself where a store does not. */
const conditions: readonly Question[] = [
  ...CONDITIONS.map(([name, service, [key, operator, value = ''], finds]) =>
    search(`attribute-${name}`, { service, attributes: [{ key, operator, value }] }, finds, ({ attributeOperators }) =>
      attributeOperators.includes(operator)
    )
  ),
  search('status-error', { service: 'pay', status: 'error' }, [STORIES.checkout], (of) => of.statusFilter === true),
  search('status-ok', { service: 'pay', status: 'ok' }, [STORIES.checkout], (of) => of.statusFilter === true),
  search('status-of-no-span', { service: 'cron', status: 'error' }, [], (of) => of.statusFilter === true),
];

const searches: readonly Question[] = [
  ...SEARCHES.map(({ name, asks, finds, isLimited = false }) =>
    question<SearchResult>({
      name: `search-${name}`,
      group: 'search',
      isPossible: ({ search, attributeOperators, durationRange }) =>
        search !== 'none' &&
        (!asks.attributes || attributeOperators.includes('=')) &&
        (durationRange || (!asks.minDuration && !asks.maxDuration)),
      ask: (backend, context) =>
        backend.searchTraces({ attributes: [], limit: 20, window: EVERYTHING, ...asks }, context),
      check: (result, losses) => {
        expectSummaries(result.summaries, finds, losses);
        expect(result.isLimited).toBe(isLimited);
      },
    })
  ),
  question<SearchResult>({
    name: 'search-without-service',
    group: 'search',
    isPossible: ({ search }) => search === 'any',
    ask: (backend, context) =>
      backend.searchTraces({ attributes: [], limit: 20, window: windowAround(RUNS[0], RUNS[4]) }, context),
    check: ({ summaries }, losses) => expectSummaries(summaries, ALL_RUNS, losses),
  }),
];

const SERVICES = ['../../admin', 'api', 'batch', 'billing', 'cart', 'cron', 'gateway', 'ledger', 'mail/outbox'];

function spanNames(recording: string, service: string, names: readonly string[]): Question {
  return question({
    name: recording,
    group: 'lists',
    isPossible: (capabilities) => capabilities.spanNames,
    ask: (backend, context) => backend.listSpanNames?.(service, context) ?? notThere('listSpanNames'),
    check: (answer, losses) => {
      const told = losses.includes('case of names') ? names.map((name) => name.toLowerCase()) : names;
      expect(answer.map(({ name }) => name)).toEqual(told);
      expect(answer.flatMap(({ kinds }) => kinds).every((kind) => kind !== '')).toBe(true);
    },
  });
}

const lists: readonly Question[] = [
  question({
    name: 'services',
    group: 'lists',
    ask: (backend, context) => backend.listServices(context),
    check: (names) => {
      expect(names).toEqual(expect.arrayContaining(SERVICES));
      expect(names).toEqual([...new Set(names)].sort());
    },
  }),
  spanNames('span-names', 'cart', ['GET /cart', 'SELECT cart']),
  spanNames('span-names-of-a-service-with-a-slash', 'mail/outbox', ['render', 'send receipt', 'smtp']),
  spanNames('span-names-of-a-service-that-climbs', '../../admin', ['authorize']),
  spanNames('span-names-of-nobody', 'nobody', []),
  question({
    name: 'dependencies',
    group: 'lists',
    isPossible: (capabilities) => capabilities.dependencies,
    ask: (backend, context) =>
      backend.fetchDependencies?.(windowAround(STORIES.checkout), context) ?? notThere('fetchDependencies'),
    check: ({ calls }) => {
      // Whether a service's calls of itself count is up to the store.
      const between = calls.filter(({ caller, callee }) => caller !== callee);
      expect(between.map((call) => `${call.caller} → ${call.callee}: ${call.calls}`).sort()).toEqual([
        'web → cart: 1',
        'web → pay: 2',
      ]);
    },
  }),
  question({
    name: 'probe',
    group: 'lists',
    ask: (backend, context) => backend.probe(context),
    check: ({ product, can, cannot, serviceCount }) => {
      expect([product, ...can, ...cannot].every((phrase) => phrase !== '')).toBe(true);
      expect(can).not.toEqual([]);
      expect(serviceCount).toBeGreaterThanOrEqual(SERVICES.length);
    },
  }),
];

/** A backend that cannot answer a question at all need not have the method. */
function notThere(method: string): Promise<never> {
  const detail = `The backend has no method ${method}.`;
  return Promise.reject(new BackendError('unsupported', { backend: 'none', detail }));
}

const EVERY_QUESTION: readonly Question[] = [...traces, ...searches, ...conditions, ...lists];

/** What a store with these capabilities is asked. */
export function questionsFor(capabilities: BackendCapabilities): readonly Question[] {
  return EVERY_QUESTION.filter(({ isFor }) => isFor?.(capabilities) ?? true);
}
