/** The one way to ask a store for traces: one request or many, and here whatever the server cannot apply. */
import type { SearchRequest, SearchResult } from '../backends/backend';
import { BackendError } from '../backends/errors';
import type { Notice } from '../model/notice';
import { compileSearch, type CompiledSearch } from '../query/compileSearch';
import type { BackendCapabilities } from '../query/capabilities';
import { isUntouchedSearch } from '../query/defaults';
import { literalInSearch } from '../query/literals';
import type { SearchQuery } from '../query/query';
import { areAllServices, narrowingNames } from './allChosen';
import { fanOut } from './fanOut';
import { candidateLimit, filterAtHand, filterHere } from './filterHere';
import { MergedSearch } from './mergeSearches';
import { withProgress } from './progress';
import { QueryRefused } from './queryRefused';
import type { Run } from './run';
import {
  allServicesSentence,
  chooseServiceSentence,
  failedSearchesSentence,
  literalSentence,
  noServicesSentence,
  searchProgressSentence,
  unsearchedServicesSentence,
  type SearchUnit,
} from './searchMessages';

/** Beyond this a search costs the store more than it tells. */
export const MAX_SEARCHES = 100;

export interface SearchAnswer {
  readonly compiled: CompiledSearch;
  readonly found: SearchResult;
  /** That nothing was found is then no answer yet. */
  readonly isPartial?: true;
}

/** `onProgress` gets what was found so far, with a notice that it is not complete. Takes a query that is validated. */
export async function runSearch(
  query: SearchQuery,
  run: Run,
  onProgress: (soFar: SearchAnswer) => void
): Promise<SearchAnswer> {
  const capabilities = await run.capabilities();
  const compiled = compileSearch(query, run.window, capabilities);
  const { here, common } = compiled;
  const asked = here ? { ...compiled, common: { ...common, limit: candidateLimit(common.limit) } } : compiled;
  const show = (soFar: SearchResult) => onProgress({ compiled, found: soFar, isPartial: true });
  const search = (onFound: (soFar: SearchResult) => void) =>
    searchServer({ ...asked, isUntouched: isUntouchedSearch(query) }, capabilities, run, onFound);
  if (!here) {
    const found = await search(show);
    run.connected.learned.observe(found.traces ?? []);
    return { compiled, found: tellLiterals(query, found, run) };
  }
  const showMatching = (found: SearchResult) => show(filterAtHand({ compiled, here, found }));
  const found = await withProgress(showMatching, search);
  run.connected.learned.observe(found.traces ?? []);
  const matching = await filterHere({ compiled, here, found }, run, show);
  return { compiled, found: tellLiterals(query, matching, run) };
}

/** Where nothing was found, a name that looks like a variable may be a slip. */
function tellLiterals(query: SearchQuery, found: SearchResult, { isWritten }: Run): SearchResult {
  const literal = found.summaries.length === 0 ? literalInSearch(query, isWritten) : undefined;
  return literal === undefined ? found : withNotice(found, 'info', literalSentence(literal));
}

/** A search that nobody has filled in is worth one request, not one for each service. */
interface AskedSearch extends CompiledSearch {
  readonly isUntouched: boolean;
}

async function searchServer(
  compiled: AskedSearch,
  { search }: BackendCapabilities,
  run: Run,
  onProgress: (soFar: SearchResult) => void
): Promise<SearchResult> {
  const { services } = compiled;
  const spanNames = await narrowingNames(compiled.spanNames, services, run);
  const narrowed = { ...compiled, spanNames };
  const isAny =
    services.length === 0 || (services.length > 1 && search === 'any' && (await areAllServices(services, run)));
  if (!isAny) {
    return searchEach(narrowed, run, onProgress);
  }
  if (search === 'any') {
    try {
      return await searchEach({ ...narrowed, services: [] }, run, onProgress);
    } catch (error) {
      if (!isServiceDemanded(error)) {
        throw error;
      }
    }
  }
  return searchAllServices(narrowed, run, onProgress);
}

/** Which storages do without a service is known to the server alone, and told only in its refusal. */
function isServiceDemanded(error: unknown): boolean {
  return (
    error instanceof BackendError &&
    (error.kind === 'bad-request' || error.kind === 'unsupported') &&
    /service/i.test(error.serverMessage ?? error.detail ?? '')
  );
}

async function searchAllServices(
  { isUntouched, ...compiled }: AskedSearch,
  run: Run,
  onProgress: (soFar: SearchResult) => void
): Promise<SearchResult> {
  const { label } = run.connected.definition;
  if (isUntouched) {
    throw new QueryRefused(chooseServiceSentence(label));
  }
  const known = await run.connected.backend.listServices({ ...run.context, window: run.window });
  if (known.length === 0) {
    throw new QueryRefused(noServicesSentence(label));
  }
  const services = known.slice(0, MAX_SEARCHES);
  const text = allServicesSentence(label, services.length, known.length);
  const notice: Notice = { severity: services.length < known.length ? 'warning' : 'info', text };
  const found = await searchEach({ ...compiled, services }, run, onProgress);
  return { ...found, notices: [notice, ...found.notices] };
}

/** Each service with each operation. */
async function searchEach(
  { services, spanNames, common }: CompiledSearch,
  run: Run,
  onProgress: (soFar: SearchResult) => void
): Promise<SearchResult> {
  const wanted = orAny(services).flatMap((service) =>
    orAny(spanNames).map((spanName): SearchRequest => ({
      ...(service !== undefined && { service }),
      ...(spanName !== undefined && { spanName }),
      ...common,
    }))
  );
  const requests = wanted.slice(0, MAX_SEARCHES);
  const { searches } = run.connected;
  if (requests.length === 1) {
    return searches.find(requests[0], run.context);
  }
  const unit: SearchUnit = spanNames.length < 2 ? 'services' : services.length < 2 ? 'operations' : 'searches';
  const merged = new MergedSearch(common.limit);
  const { failed, firstFailure } = await fanOut({
    requests,
    ask: (request) => searches.find(request, run.context),
    onAnswer: (found, answered) => {
      merged.add(found);
      if (answered < requests.length) {
        onProgress(withNotice(merged.result(), 'info', searchProgressSentence(answered, requests.length, unit)));
      }
    },
  });
  let result = merged.result();
  if (requests.length < wanted.length) {
    result = withNotice(result, 'warning', unsearchedServicesSentence(requests.length, wanted.length));
  }
  return failed === 0
    ? result
    : withNotice(result, 'warning', failedSearchesSentence(failed, requests.length, unit, run.describe(firstFailure)));
}

function orAny(names: readonly string[]): ReadonlyArray<string | undefined> {
  return names.length === 0 ? [undefined] : names;
}

function withNotice(found: SearchResult, severity: Notice['severity'], text: string): SearchResult {
  return { ...found, notices: [...found.notices, { severity, text }] };
}
