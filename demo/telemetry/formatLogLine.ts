import type { AttributeMap, ServiceName, Severity } from '../task';

/** Where a service leaves the trace's id: in the text of the line, or beside it for the log store to keep as a label. */
export interface FormattedLine {
  readonly line: string;
  readonly isIdInText: boolean;
}

export interface LineIds {
  readonly traceId: string;
  readonly spanId: string;
}

/** Every team of the shop logs in its own way, as teams do. */
export function formatLogLine(
  service: ServiceName,
  severity: Severity,
  message: string,
  fields: AttributeMap,
  { traceId, spanId }: LineIds
): FormattedLine {
  const level = severity.toLowerCase();
  switch (service) {
    case 'frontend':
      return { line: logfmt({ level, msg: message, ...fields, trace_id: traceId }), isIdInText: true };
    case 'checkout':
      return {
        line: JSON.stringify({ level, msg: message, ...fields, trace_id: traceId, span_id: spanId }),
        isIdInText: true,
      };
    case 'payment':
      return { line: `[${severity}] ${message} (${logfmt(fields)}) traceID=${traceId}`, isIdInText: true };
    default:
      return { line: `${severity.padEnd(5)} ${message} ${logfmt(fields)}`.trimEnd(), isIdInText: false };
  }
}

function logfmt(fields: AttributeMap): string {
  return Object.entries(fields)
    .map(([key, value]) => {
      const text = String(value);
      return `${key}=${/^[\w.@:-]+$/.test(text) ? text : JSON.stringify(text)}`;
    })
    .join(' ');
}
