/** The parameters of the legacy API: microseconds, Go durations, tags (jaegerquery/internal/query_parser.go). */
import { LegacyFailure } from './legacyEnvelope';
import { parseGoDuration, parseGoInt, parseStringMap } from './goValues';
import type { TraceSearch } from './searchTraces';

export const NANOS_PER_MICRO = 1_000n;
export const NANOS_PER_MILLI = 1_000_000n;
const DEFAULT_LOOKBACK_NANOS = 48n * 3_600_000_000_000n;
const DEFAULT_LIMIT = 100;

export function parseSearch(query: URLSearchParams): TraceSearch {
  const end = timeParam(query, 'end', NANOS_PER_MICRO) ?? now();
  const limit = query.get('limit') || String(DEFAULT_LIMIT);
  const search = {
    service: query.get('service') ?? '',
    operation: query.get('operation') ?? '',
    startMin: timeParam(query, 'start', NANOS_PER_MICRO) ?? now() - DEFAULT_LOOKBACK_NANOS,
    startMax: end,
    durationMin: durationParam(query, 'minDuration'),
    durationMax: durationParam(query, 'maxDuration'),
    attributes: tagParams(query),
    depth: Number(badRequest(() => parseGoInt(limit))),
  };
  if (search.durationMax !== 0n && search.durationMin > search.durationMax) {
    throw new LegacyFailure(400, "'maxDuration' should be greater than 'minDuration'");
  }
  return search;
}

function tagParams(query: URLSearchParams): Map<string, string> {
  const tags = new Map<string, string>();
  for (const pair of query.getAll('tag')) {
    const at = pair.indexOf(':');
    if (at < 0) {
      throw new LegacyFailure(400, `malformed 'tag' parameter, expecting key:value, received: ${pair}`);
    }
    tags.set(pair.slice(0, at), pair.slice(at + 1));
  }
  for (const json of query.getAll('tags')) {
    const parsed = badRequest(() => parseStringMap(json), "malformed 'tags' parameter, cannot unmarshal JSON: ");
    parsed.forEach((value, key) => tags.set(key, value));
  }
  return tags;
}

/** Nanoseconds; undefined when the parameter is missing or empty. */
export function timeParam(query: URLSearchParams, name: string, unitNanos: bigint): bigint | undefined {
  const value = query.get(name);
  return value ? badRequest(() => parseGoInt(value), `unable to parse param '${name}': `) * unitNanos : undefined;
}

function durationParam(query: URLSearchParams, name: string): bigint {
  const value = query.get(name);
  return value ? badRequest(() => parseGoDuration(value), `unable to parse param '${name}': `) : 0n;
}

/** What a parser throws becomes a 400. */
export function badRequest<T>(parse: () => T, prefix = ''): T {
  try {
    return parse();
  } catch (error) {
    throw new LegacyFailure(400, prefix + (error instanceof Error ? error.message : String(error)));
  }
}

export function now(): bigint {
  return BigInt(Date.now()) * NANOS_PER_MILLI;
}
