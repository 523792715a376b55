/** Memory: `search depth must be greater than 0 and less than max traces`; ClickHouse: `search depth 20000 exceeds …`. */
export const SEARCH_DEPTH = /search depth|max[ _]traces/i;

/** Cassandra keeps one index for each. */
export const DURATION_WITH_TAGS = /cannot query for duration and tags simultaneously/i;

/** Storages refuse late, and up to v2.20 that comes as 500 like their failures; v2.21 says 400. */
export const REFUSALS = new RegExp(`${SEARCH_DEPTH.source}|${DURATION_WITH_TAGS.source}`, 'i');
