import type { SpanStatus } from '../../model/trace';

const UNSET: SpanStatus = { code: 'unset' };
const OK: SpanStatus = { code: 'ok' };

/**
 * Zipkin's tag `error` marks a failure by being there; its value is a message, a code, `true`, or nothing. OpenTelemetry
 * adds `otel.status_code`, which alone can say that all went well.
 */
export function readStatus(error: string | undefined, code: string | undefined): SpanStatus {
  const word = code?.toUpperCase();
  if (error !== undefined || word === 'ERROR') {
    const isMessage = error !== undefined && error !== '' && (error !== 'true' || word === 'ERROR');
    return isMessage ? { code: 'error', message: error } : { code: 'error' };
  }
  return word === 'OK' ? OK : UNSET;
}
