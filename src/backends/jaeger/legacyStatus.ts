import type { AttributeValue } from '../../model/attributes';
import type { SpanStatus, StatusCode } from '../../model/trace';

const UNSET: SpanStatus = { code: 'unset' };
const OK: SpanStatus = { code: 'ok' };
const FAILED: SpanStatus = { code: 'error' };
/** Of the many spans whose tags say nothing of a status. */
const UNSAID: LegacyStatus = { status: UNSET, isCodeKnown: false };

/** What writers have put into `error` to say that there was none; `unset` is VictoriaTraces' word. */
const NO_ERROR: ReadonlySet<string> = new Set(['false', 'unset', '0', '']);

export interface LegacyStatus {
  readonly status: SpanStatus;
  /** `otel.status_code` held one of its words, so both tags say nothing that the status does not. */
  readonly isCodeKnown: boolean;
}

/**
 * The status of a span from its tags `error`, `otel.status_code` and `otel.status_description`. A true `error` wins,
 * as in Jaeger; a text in `error` that is no boolean word is the message of a failure.
 */
export function readStatus(
  error: AttributeValue | undefined,
  code: AttributeValue | undefined,
  description: string | undefined
): LegacyStatus {
  if (error === undefined && code === undefined && description === undefined) {
    return UNSAID;
  }
  const known = readStatusCode(code);
  const isCodeKnown = known !== undefined;
  if (isErrorTag(error)) {
    const message = description ?? (typeof error === 'string' && error !== 'true' ? error : undefined);
    return { status: message === undefined ? FAILED : { code: 'error', message }, isCodeKnown };
  }
  const status = known === 'error' ? FAILED : known === 'ok' ? OK : UNSET;
  return { status: description === undefined ? status : { code: status.code, message: description }, isCodeKnown };
}

/** Whether a value of the tag `error` means a failure; its presence alone does not. */
export function isErrorTag(value: AttributeValue | undefined): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'string':
      return !NO_ERROR.has(value.toLowerCase());
    default:
      return false;
  }
}

/** The words of OpenTelemetry's mapping, or the numbers that exporters wrote before it was settled. */
function readStatusCode(value: AttributeValue | undefined): StatusCode | undefined {
  switch (typeof value === 'string' ? value.toUpperCase() : value) {
    case 'OK':
    case 1:
      return 'ok';
    case 'ERROR':
    case 2:
      return 'error';
    case 'UNSET':
    case 0:
      return 'unset';
    default:
      return undefined;
  }
}
