import type { FieldType } from '@grafana/data';

/**
 * Grafana's field types as values. Its own enum comes with the whole of `@grafana/data`, which only loads where there
 * is a `window`; frames are built in plain Node too (benchmark, tests). `fieldType.test.ts` compares the two.
 */
export const FIELD_TYPE = {
  time: 'time' as FieldType.time,
  number: 'number' as FieldType.number,
  string: 'string' as FieldType.string,
  boolean: 'boolean' as FieldType.boolean,
  trace: 'trace' as FieldType.trace,
  other: 'other' as FieldType.other,
  nestedFrames: 'nestedFrames' as FieldType.nestedFrames,
} as const;
