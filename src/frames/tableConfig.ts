import type { FieldConfig } from '@grafana/data';

export interface TableConfigOptions {
  /** Grafana's id of a unit: `ns`, `percentunit` (0 to 1). */
  readonly unit?: string;
  /** Pixels. */
  readonly width?: number;
  readonly decimals?: number;
}

/** A column of a table with a title for people, which leaves the name of the field to links and transformations. */
export function tableConfig(title: string, { width, ...config }: TableConfigOptions = {}): FieldConfig {
  return { displayNameFromDS: title, ...config, custom: width === undefined ? {} : { width } };
}
