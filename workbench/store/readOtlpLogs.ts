import type { LogEntry } from './LogStore';
import { OtlpReader } from './otlpReader';
import { valueAsText, type OtlpAttribute } from './otlpSpan';

/** Resource attributes that Loki 3 makes labels of by default (limits_config.otlp_config); the others are metadata. */
const LABEL_ATTRIBUTES = new Set([
  'service.name',
  'service.namespace',
  'service.instance.id',
  'deployment.environment',
  'deployment.environment.name',
  'k8s.cluster.name',
  'k8s.namespace.name',
  'k8s.pod.name',
  'k8s.container.name',
]);

/** Reads an ExportLogsServiceRequest in OTLP's JSON encoding, sorting attributes as Loki does. Throws MalformedOtlp. */
export function readOtlpLogs(body: unknown): LogEntry[] {
  const entries: LogEntry[] = [];
  for (const resourceLogs of new OtlpReader(body, 'request').objects('resourceLogs')) {
    const attributes = resourceLogs.object('resource').attributes();
    const labels = asLabels(attributes.filter(({ key }) => LABEL_ATTRIBUTES.has(key)));
    if (!labels.has('service_name')) {
      labels.set('service_name', 'unknown_service');
    }
    const ofResource = asLabels(attributes.filter(({ key }) => !LABEL_ATTRIBUTES.has(key)));
    for (const scopeLogs of resourceLogs.objects('scopeLogs')) {
      for (const record of scopeLogs.objects('logRecords')) {
        entries.push(readRecord(record, labels, ofResource));
      }
    }
  }
  return entries;
}

function readRecord(
  record: OtlpReader,
  labels: ReadonlyMap<string, string>,
  ofResource: Map<string, string>
): LogEntry {
  const metadata = new Map([...ofResource, ...asLabels(record.attributes())]);
  const severity = record.text('severityText');
  for (const [key, value] of [
    ['severity_text', severity],
    ['severity_number', record.number('severityNumber') === 0 ? '' : String(record.number('severityNumber'))],
    ['detected_level', severity.toLowerCase()],
    ['trace_id', record.id('traceId', 16)],
    ['span_id', record.id('spanId', 8)],
  ]) {
    if (value !== '') {
      metadata.set(key, value);
    }
  }
  const time = record.int64('timeUnixNano');
  return {
    timeUnixNano: time === 0n ? record.int64('observedTimeUnixNano') : time,
    line: valueAsText(record.object('body').value()),
    labels,
    metadata,
  };
}

function asLabels(attributes: readonly OtlpAttribute[]): Map<string, string> {
  return new Map(attributes.map(({ key, value }) => [key.replace(/[^A-Za-z0-9_]/g, '_'), valueAsText(value)]));
}
