/**
 * Which routes of Jaeger's two APIs the store answers. Each is a moment in Jaeger's history:
 * `legacy` is v1, `both-without-summaries` v2.0 to v2.18, `both` v2.19 and v2.20, `v3-summaries` what follows v2.20,
 * and `v3` a server that has neither the legacy search nor summaries (some look-alikes).
 */
export type Generation = 'legacy' | 'both-without-summaries' | 'both' | 'v3-summaries' | 'v3';

export interface GenerationFeatures {
  /** `/api/services`, `/api/operations` and the search at `/api/traces`; lookup by id exists in every generation. */
  readonly legacySearch: boolean;
  readonly v3: boolean;
  readonly summaries: boolean;
  /** camelCase parameters, `query.attributes`, a default depth (v2.19). Before: snake_case, attributes ignored. */
  readonly v3CamelCase: boolean;
  /** Up to v2.15 an unknown API path answers 200 with the page of Jaeger UI. */
  readonly unknownApiPath: 'page' | 404;
  /** v2 repairs spans as they come in; v1 keeps them. */
  readonly sanitizes: boolean;
  /** Before v2.21, `error=false` asked for status OK. */
  readonly errorFalseMeansOk: boolean;
}

export const GENERATIONS: Readonly<Record<Generation, GenerationFeatures>> = {
  legacy: {
    legacySearch: true,
    v3: false,
    summaries: false,
    v3CamelCase: false,
    unknownApiPath: 'page',
    sanitizes: false,
    errorFalseMeansOk: true,
  },
  'both-without-summaries': {
    legacySearch: true,
    v3: true,
    summaries: false,
    v3CamelCase: false,
    unknownApiPath: 'page',
    sanitizes: true,
    errorFalseMeansOk: true,
  },
  both: {
    legacySearch: true,
    v3: true,
    summaries: true,
    v3CamelCase: true,
    unknownApiPath: 404,
    sanitizes: true,
    errorFalseMeansOk: true,
  },
  'v3-summaries': {
    legacySearch: false,
    v3: true,
    summaries: true,
    v3CamelCase: true,
    unknownApiPath: 404,
    sanitizes: true,
    errorFalseMeansOk: false,
  },
  v3: {
    legacySearch: false,
    v3: true,
    summaries: false,
    v3CamelCase: true,
    unknownApiPath: 404,
    sanitizes: true,
    errorFalseMeansOk: false,
  },
};

export const GENERATION_NAMES: readonly Generation[] = [
  'legacy',
  'both-without-summaries',
  'both',
  'v3-summaries',
  'v3',
];
