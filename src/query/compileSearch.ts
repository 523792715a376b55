/** A search in the product's own units, split into what the server answers and what is left to do here. */
import type { Nanoseconds, TimeWindow } from '../model/time';
import type { BackendCapabilities } from './capabilities';
import { readChoices, readNames } from './choices';
import { ownWindow, readLimit } from './compileRequest';
import { DEFAULT_SEARCH_LIMIT } from './defaults';
import { parseDurationText } from './durationText';
import { splitFilters, type FilterPlace } from './filterRows';
import type { AttributeFilter, SearchQuery } from './query';
import { parseSearchText } from './searchText';

export const STATUSES = ['ok', 'error', 'unset'] as const;
export type Status = (typeof STATUSES)[number];

export function isStatus(text: string): text is Status {
  return (STATUSES as readonly string[]).includes(text);
}

/** Assignable to a backend's `SearchRequest`, but for the service and span name, of which there may be several. */
export interface CommonRequest {
  readonly attributes: readonly AttributeFilter[];
  readonly status?: Status;
  readonly remoteService?: string;
  readonly minDuration?: Nanoseconds;
  readonly maxDuration?: Nanoseconds;
  readonly limit: number;
  readonly window: TimeWindow;
}

/** What the server cannot apply: it is applied to fetched traces. */
export interface BrowserConditions {
  readonly attributes: readonly AttributeFilter[];
  /** Any of these. */
  readonly statuses?: readonly Status[];
}

export interface CompiledSearch {
  /** Each is a request of its own; empty means whatever service there is. */
  readonly services: readonly string[];
  /** Each with each service is a request of its own; empty means any. */
  readonly spanNames: readonly string[];
  readonly common: CommonRequest;
  /** Missing when the server applies everything. */
  readonly here?: BrowserConditions;
}

/** Throws an `Error` with a sentence on what `validateQuery` would have refused. */
export function compileSearch(
  query: SearchQuery,
  window: TimeWindow,
  capabilities: BackendCapabilities
): CompiledSearch {
  const { filters, problems } = parseSearchText(query.tags ?? '');
  if (problems.length > 0) {
    throw new Error(problems[0].message);
  }
  const { server, here } = splitFilters([...filters, ...(query.filters ?? [])], capabilities);
  const status = compileStatus(query.status, capabilities);
  // What is left to do here compares names as they are stored.
  const stored = (name: string) => (capabilities.lowerCaseNames ? name.toLowerCase() : name);
  const remoteService = query.remoteService?.trim();
  return {
    services: readNames(query.service).map(stored),
    spanNames: readNames(query.operation).map(stored),
    common: {
      attributes: [...server, ...status.server],
      ...(status.asked && { status: status.asked }),
      ...(remoteService && { remoteService: stored(remoteService) }),
      ...(query.minDuration?.trim() ? { minDuration: compileDuration(query.minDuration) } : {}),
      ...(query.maxDuration?.trim() ? { maxDuration: compileDuration(query.maxDuration) } : {}),
      limit: readLimit(query.limit) ?? DEFAULT_SEARCH_LIMIT,
      window: ownWindow(query, window) ?? window,
    },
    ...((here.length > 0 || status.here) && {
      here: { attributes: here, ...(status.here && { statuses: status.here }) },
    }),
  };
}

interface CompiledStatus {
  readonly asked?: Status;
  readonly server: readonly AttributeFilter[];
  readonly here?: readonly Status[];
}

/** Stores without a filter for it keep an error as the attribute `error`, but no trace of the other two. */
function compileStatus(
  text: string | undefined,
  { statusFilter, attributeOperators }: BackendCapabilities
): CompiledStatus {
  const statuses = readChoices(text).filter(isStatus);
  if (statuses.length === 0 || statuses.length === STATUSES.length) {
    return { server: [] };
  }
  const [status] = statuses;
  if (statuses.length === 1 && statusFilter) {
    return { asked: status, server: [] };
  }
  if (statuses.length === 1 && status === 'error' && attributeOperators.includes('=')) {
    return { server: [{ key: 'error', operator: '=', value: 'true' }] };
  }
  return { server: [], here: statuses };
}

/** Who applies the status of a search; undefined when it asks for none. */
export function statusPlace(text: string | undefined, capabilities: BackendCapabilities): FilterPlace | undefined {
  const { asked, server, here } = compileStatus(text, capabilities);
  return here ? 'browser' : asked || server.length > 0 ? 'server' : undefined;
}

function compileDuration(text: string): Nanoseconds {
  const parsed = parseDurationText(text);
  if ('problem' in parsed) {
    throw new Error(parsed.problem);
  }
  return parsed.value;
}
