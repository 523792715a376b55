import {
  FieldType,
  identityOverrideProcessor,
  Registry,
  type FieldConfigOptionsRegistry,
  type FieldConfigPropertyItem,
  type FieldConfigSource,
} from '@grafana/data';

/** The properties that every panel of Grafana has; what a panel adds is found under `custom`. */
const STANDARD = [
  'unit',
  'min',
  'max',
  'decimals',
  'displayName',
  'color',
  'noValue',
  'links',
  'mappings',
  'thresholds',
  'filterable',
];

/**
 * What `applyFieldOverrides` may set. Grafana builds this from the options that each panel registers; here the field
 * config itself says which properties there are, so that none of a saved dashboard is lost.
 */
export function fieldConfigRegistry({ defaults, overrides }: FieldConfigSource): FieldConfigOptionsRegistry {
  const custom = new Set(Object.keys(defaults.custom ?? {}));
  for (const { properties } of overrides) {
    for (const { id } of properties) {
      if (id.startsWith('custom.')) {
        custom.add(id.slice('custom.'.length));
      }
    }
  }
  return new Registry(() => [
    ...STANDARD.map((name) => property(name, name, false)),
    ...[...custom].map((path) => property(`custom.${path}`, path, true)),
  ]);
}

const property = (id: string, path: string, isCustom: boolean): FieldConfigPropertyItem => ({
  id,
  path,
  name: id,
  isCustom,
  process: identityOverrideProcessor,
  // Grafana's own registry leaves units and bounds to numbers; a link or a name fits any column.
  shouldApply: ({ type }) => id !== 'unit' || type === FieldType.number,
  override: () => null,
  editor: () => null,
});
