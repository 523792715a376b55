import type { SettingsField } from '../backend';
import { PINNED_APIS, type PinnedApi } from './features';
import { objectOf } from './legacyTags';
import { JAEGER_VARIANTS } from './variants';

export interface JaegerSettings {
  /** Undefined: find out. */
  readonly api?: PinnedApi;
  /** Id of a variant; undefined: find out. */
  readonly variant?: string;
}

const AUTO = 'auto';
const API_KEY = 'jaegerApi';
const VARIANT_KEY = 'jaegerVariant';

export const SETTINGS_FIELDS: readonly SettingsField[] = [
  {
    key: API_KEY,
    label: 'API',
    description: 'Which generation of the query API to use. Set it only where a proxy hides routes from detection.',
    options: [
      { value: AUTO, label: 'Detect', description: 'Ask the server which routes it has' },
      { value: 'v3-summaries', label: 'v3 with summaries', description: 'Jaeger v2.19 and later' },
      { value: 'v3', label: 'v3', description: '/api/v3 without trace summaries' },
      { value: 'legacy', label: 'Legacy', description: '/api: Jaeger v1, v2 up to v2.20, and look-alikes' },
    ],
    defaultValue: AUTO,
  },
  {
    key: VARIANT_KEY,
    label: 'Product',
    description: 'Set it where another product answers with the API of Jaeger and is not recognised as such.',
    options: [{ value: AUTO, label: 'Detect' }, ...JAEGER_VARIANTS.map(({ id, label }) => ({ value: id, label }))],
    defaultValue: AUTO,
  },
];

/** What is missing or unknown counts as "Detect": settings may come from a newer version or by hand. */
export function readSettings(jsonData: unknown): JaegerSettings {
  const fields = objectOf<{ [API_KEY]: unknown; [VARIANT_KEY]: unknown }>(jsonData);
  const api = fields?.[API_KEY];
  const variant = fields?.[VARIANT_KEY];
  return {
    api: typeof api === 'string' && Object.hasOwn(PINNED_APIS, api) ? (api as PinnedApi) : undefined,
    variant: JAEGER_VARIANTS.find(({ id }) => id === variant)?.id,
  };
}
