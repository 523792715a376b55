import type { DataFrame, TraceKeyValuePair } from '@grafana/data';

const REQUIRED = [
  'traceID',
  'spanID',
  'parentSpanID',
  'operationName',
  'serviceName',
  'serviceTags',
  'startTime',
  'duration',
] as const;

const KINDS = new Set<unknown>([undefined, 'client', 'server', 'producer', 'consumer', 'internal', 'unspecified']);
const STATUS_CODES = new Set<unknown>([undefined, 0, 1, 2]);

/** The year 5138 in milliseconds; today's time in microseconds or nanoseconds lies far beyond. */
const LATEST_MS = 1e14;

/** One row by column name. Values are of any type: the laws are what tells. */
interface Row {
  readonly index: number;
  get(column: string): unknown;
}

/**
 * Laws of a trace frame: what crashes Grafana's trace view, blanks it, or makes spans vanish without a word
 * (Grafana 12.4, explore/TraceView/utils/transform.ts and components/model/transform-trace-data.tsx).
 */
export function brokenTraceLaws(frame: DataFrame): string[] {
  if (frame.fields.length === 1) {
    // The form of "there is no trace". Any value in it would be read as a whole Jaeger answer.
    const [field] = frame.fields;
    return field.name === 'trace' && field.values.length === 0
      ? []
      : ['A trace frame of one column must be the empty column "trace".'];
  }
  const names = new Set(frame.fields.map((field) => field.name));
  const missing = REQUIRED.filter((name) => !names.has(name));
  if (missing.length > 0) {
    return [`A trace frame needs the columns ${missing.map((name) => `"${name}"`).join(', ')}.`];
  }
  if (frame.length === 0) {
    return ['A trace frame without rows makes the view throw; it must be the empty column "trace".'];
  }
  const rows = readRows(frame);
  return [...rows.flatMap((row) => brokenRowLaws(row, rows[0])), ...brokenTreeLaws(rows)];
}

function brokenRowLaws(row: Row, first: Row): string[] {
  const laws: string[] = [];
  const law = (holds: boolean, text: string) => {
    if (!holds) {
      laws.push(`Row ${row.index} (span ${JSON.stringify(row.get('spanID'))}): ${text}`);
    }
  };
  const start = row.get('startTime');
  const duration = row.get('duration');
  const traceId = row.get('traceID');
  law(isText(row.get('spanID')), 'an empty spanID blanks the whole trace.');
  law(isText(traceId) && traceId === first.get('traceID'), 'the traceID is empty or not that of the first row.');
  law(typeof traceId !== 'string' || traceId === traceId.toLowerCase(), 'the traceID is not in lower case.');
  law(typeof row.get('operationName') === 'string', 'operationName is no text.');
  law(isText(row.get('serviceName')), 'serviceName is empty.');
  law(
    isEpochMillis(start) && start > 0,
    `startTime ${String(start)} is no time in epoch milliseconds; the span is dropped.`
  );
  law(typeof duration === 'number' && duration >= 0, `duration ${String(duration)} is negative or no number.`);
  law(KINDS.has(row.get('kind')), `the kind ${JSON.stringify(row.get('kind'))} is unknown to the view.`);
  law(STATUS_CODES.has(row.get('statusCode')), `statusCode ${String(row.get('statusCode'))} crashes the span detail.`);
  const serviceTags = row.get('serviceTags');
  law(areTags(serviceTags), 'serviceTags is no list of tags with plain values.');
  law(
    Array.isArray(serviceTags) && serviceTags.some((tag) => tag?.key === 'service.name'),
    'serviceTags lacks service.name, which links to logs and metrics look for.'
  );
  law(isOptional(row.get('tags'), areTags), 'tags is no list of tags with plain values.');
  law(isOptional(row.get('logs'), areLogs), 'logs is no list of {timestamp in epoch milliseconds, fields, name}.');
  law(isOptional(row.get('references'), areReferences), 'references is no list of {traceID, spanID, tags}.');
  law(isOptional(row.get('warnings'), areTexts), 'warnings is no list of texts.');
  law(isOptional(row.get('stackTraces'), areTexts), 'stackTraces is no list of texts.');
  return laws;
}

/** What the view will take for the tree: unique ids, no cycle, no link that acts as a parent. */
function brokenTreeLaws(rows: readonly Row[]): string[] {
  const laws: string[] = [];
  const parentById = new Map<unknown, unknown>();
  for (const row of rows) {
    if (parentById.has(row.get('spanID'))) {
      laws.push(`Row ${row.index}: the spanID ${JSON.stringify(row.get('spanID'))} occurs twice.`);
    }
    parentById.set(row.get('spanID'), row.get('parentSpanID') || undefined);
  }
  for (const row of rows) {
    const [first] = (row.get('references') as Array<{ spanID?: unknown; refType?: unknown }> | undefined) ?? [];
    if (!row.get('parentSpanID') && first && parentById.has(first.spanID)) {
      laws.push(`Row ${row.index}: a root whose first reference is in the trace is hung under that span.`);
    }
  }
  return [...laws, ...brokenCycleLaw(parentById)];
}

function brokenCycleLaw(parentById: ReadonlyMap<unknown, unknown>): string[] {
  const reachesRoot = new Set<unknown>();
  for (const start of parentById.keys()) {
    const path = new Set<unknown>();
    let id: unknown = start;
    while (id !== undefined && parentById.has(id) && !reachesRoot.has(id)) {
      if (path.has(id)) {
        return [`The span ${JSON.stringify(id)} is its own ancestor: it and all below it vanish.`];
      }
      path.add(id);
      id = parentById.get(id);
    }
    path.forEach((seen) => reachesRoot.add(seen));
  }
  return [];
}

function readRows(frame: DataFrame): Row[] {
  const valuesByName = new Map<string, unknown[]>(frame.fields.map((field) => [field.name, field.values]));
  return Array.from({ length: frame.length }, (_, index) => ({
    index,
    get: (column) => valuesByName.get(column)?.[index],
  }));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isEpochMillis(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value < LATEST_MS;
}

function isOptional(value: unknown, holds: (value: unknown) => boolean): boolean {
  return value === undefined || holds(value);
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function areTags(value: unknown): value is TraceKeyValuePair[] {
  return (
    Array.isArray(value) &&
    value.every(
      (tag) =>
        typeof tag?.key === 'string' &&
        // The span detail collects tags in a plain object and calls `push` on what it finds under the key.
        !(tag.key in Object.prototype) &&
        (typeof tag.value === 'string' || typeof tag.value === 'boolean' || Number.isFinite(tag.value))
    )
  );
}

function areLogs(value: unknown): boolean {
  return Array.isArray(value) && value.every((log) => isEpochMillis(log?.timestamp) && areTags(log.fields));
}

function areReferences(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (reference) =>
        isText(reference?.traceID) &&
        isText(reference.spanID) &&
        isOptional(reference.tags, areTags) &&
        // A key that is there and empty overrides the view's own default and makes it throw.
        (!('refType' in reference) || reference.refType === 'CHILD_OF' || reference.refType === 'FOLLOWS_FROM')
    )
  );
}
