import { isJsonObject, type JsonObject } from '../../wire/read';

/** JSON that people take for a trace, by what gives it away. */
const KNOWN: ReadonlyArray<readonly [looks: string, isIt: (object: JsonObject) => boolean]> = [
  ['OpenTelemetry metrics, not traces', (object) => hasAny(object, 'resourceMetrics', 'resource_metrics')],
  ['OpenTelemetry logs, not traces', (object) => hasAny(object, 'resourceLogs', 'resource_logs')],
  ['a Grafana dashboard', ({ panels, schemaVersion }) => Array.isArray(panels) && schemaVersion !== undefined],
  [
    'a list of search results of Tempo, which names traces but holds no spans',
    ({ traces }) => Array.isArray(traces) && isJsonObject(traces[0]) && 'traceID' in traces[0],
  ],
  ['a list of summaries of Jaeger, which names traces but holds no spans', ({ summaries }) => Array.isArray(summaries)],
  [
    'a list of names from Jaeger’s API, not a trace',
    ({ data }) => Array.isArray(data) && data.length > 0 && data.every((item) => typeof item === 'string'),
  ],
  ['an answer of Loki or Prometheus', ({ data }) => isJsonObject(data) && 'resultType' in data],
  ['a Grafana answer without a trace frame', ({ series, results }) => Array.isArray(series) || isJsonObject(results)],
];

const NAMED_KEYS = 4;

/** What a piece of JSON looks like, to finish the sentence "it is …". */
export function describeShape(document: unknown): string {
  if (Array.isArray(document)) {
    return document.length === 0
      ? 'an empty list'
      : `a list of ${document.length}, beginning with ${describeItem(document[0])}`;
  }
  return describeItem(document);
}

function describeItem(value: unknown): string {
  if (!isJsonObject(value)) {
    return Array.isArray(value) ? 'a list' : `the ${typeof value} ${JSON.stringify(value)?.slice(0, 40)}`;
  }
  const failure = failureIn(value);
  if (failure !== undefined) {
    return `an error message of a server: ${failure}`;
  }
  const known = KNOWN.find(([, isIt]) => isIt(value));
  if (known) {
    return known[0];
  }
  const keys = Object.keys(value);
  if (keys.length === 0) {
    return 'an empty object';
  }
  const named = keys.slice(0, NAMED_KEYS).map((key) => key.slice(0, 30));
  return `an object with ${named.join(', ')}${keys.length > NAMED_KEYS ? ' and more' : ''}`;
}

/** The words of an error that was saved in place of the trace. */
function failureIn({ errors, error, message, data }: JsonObject): string | undefined {
  const [first]: readonly unknown[] = Array.isArray(errors) ? errors : [];
  const words = [
    isJsonObject(first) ? first.msg : undefined,
    isJsonObject(error) ? error.message : error,
    message,
  ].find((text): text is string => typeof text === 'string' && text !== '');
  return words === undefined || (data !== undefined && data !== null) ? undefined : words.slice(0, 120);
}

function hasAny(object: JsonObject, ...keys: readonly string[]): boolean {
  return keys.some((key) => Array.isArray(object[key]));
}
