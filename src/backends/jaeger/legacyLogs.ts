import { Attributes } from '../../model/attributes';
import type { FlatEvent } from '../../model/flatSpan';
import type { LegacyLog } from './legacyJson';
import { readMicros } from './legacyReaders';
import { decodeTags, listOf, objectOf, removeTag } from './legacyTags';

const NO_EVENTS: readonly FlatEvent[] = [];

/** The name of an event is its field `event`; very old data calls it `message`. */
export function decodeLogs(raw: unknown): readonly FlatEvent[] {
  const logs = listOf(raw);
  if (logs.length === 0) {
    return NO_EVENTS;
  }
  const events: FlatEvent[] = [];
  for (const rawLog of logs) {
    const log = objectOf<LegacyLog>(rawLog);
    if (log === undefined) {
      continue;
    }
    const fields = decodeTags(log.fields);
    const nameField =
      fields.find((field) => field.key === 'event' && typeof field.value === 'string') ??
      fields.find((field) => field.key === 'message' && typeof field.value === 'string');
    if (nameField !== undefined) {
      removeTag(fields, nameField);
    }
    events.push({
      name: nameField === undefined ? 'log' : String(nameField.value),
      timeUnixNano: readMicros(log.timestamp),
      attributes: Attributes.from(fields),
    });
  }
  return events;
}
