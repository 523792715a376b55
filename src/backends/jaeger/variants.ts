import { listOf, objectOf } from './legacyTags';

/** A product that speaks Jaeger's API: what it has, and where it differs, as data. */
export interface JaegerVariant {
  /** Value of the settings field. */
  readonly id: string;
  readonly label: string;
  /** Tells the product by its answer to `/api/services`, where that differs from Jaeger's. */
  readonly recognizesServices?: (body: unknown) => boolean;
  /** `parameter`: `/api/operations?service=`; `segment`: `/api/services/{service}/operations` only. */
  readonly operations: 'parameter' | 'segment';
  readonly hasDependencies: boolean;
  /** Whether `/api/traces/{id}` takes `start`, `end` and `raw`; some servers refuse what they do not know. */
  readonly hasLookupParameters: boolean;
  /** Whether the UI's page at `/`, with Jaeger's version in it, and `/api/metrics` can be there. */
  readonly isJaeger: boolean;
  /** Writes the tag `error` on every span; see `LegacyDecoding`. */
  readonly hasErrorTagAlways?: boolean;
  /** Where 32 digits with 16 zeros in front and the 16 digits without them are two different ids. */
  readonly tellsIdFormsApart?: boolean;
}

const JAEGER: JaegerVariant = {
  id: 'jaeger',
  label: 'Jaeger',
  operations: 'parameter',
  hasDependencies: true,
  hasLookupParameters: true,
  isJaeger: true,
};

/** https://docs.victoriametrics.com/victoriatraces/querying/#jaeger-http-api */
const VICTORIA_TRACES: JaegerVariant = {
  id: 'victoriatraces',
  label: 'VictoriaTraces',
  operations: 'segment',
  hasDependencies: true,
  hasLookupParameters: false,
  isJaeger: false,
  hasErrorTagAlways: true,
  tellsIdFormsApart: true,
};

/** https://quickwit.io/docs/distributed-tracing/plug-quickwit-to-jaeger: its envelope has `data` and nothing else. */
const QUICKWIT: JaegerVariant = {
  id: 'quickwit',
  label: 'Quickwit',
  recognizesServices: (body) => Object.keys(objectOf(body) ?? {}).join() === 'data',
  operations: 'segment',
  hasDependencies: false,
  hasLookupParameters: false,
  isJaeger: false,
  tellsIdFormsApart: true,
};

/** https://docs.greptime.com/user-guide/query-data/jaeger: `errors` is an empty list where Jaeger writes `null`. */
const GREPTIME_DB: JaegerVariant = {
  id: 'greptimedb',
  label: 'GreptimeDB',
  recognizesServices: (body) => {
    const errors = objectOf<{ errors: unknown }>(body)?.errors;
    return Array.isArray(errors) && listOf(errors).length === 0;
  },
  operations: 'parameter',
  hasDependencies: false,
  hasLookupParameters: true,
  isJaeger: false,
  tellsIdFormsApart: true,
};

export const JAEGER_VARIANTS: readonly JaegerVariant[] = [JAEGER, VICTORIA_TRACES, QUICKWIT, GREPTIME_DB];

/** Jaeger itself for an id that nobody has. */
export function variantNamed(id: string | undefined): JaegerVariant {
  return JAEGER_VARIANTS.find((variant) => variant.id === id) ?? JAEGER;
}

export function recognizeVariant(servicesBody: unknown): JaegerVariant {
  return JAEGER_VARIANTS.find((variant) => variant.recognizesServices?.(servicesBody)) ?? JAEGER;
}
