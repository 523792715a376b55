import type { FastifyReply } from 'fastify';
import { MalformedOtlp } from './otlpReader';

interface LegacyError {
  readonly code?: number;
  readonly msg: string;
  readonly traceID?: string;
}

/** Turned into the envelope with this status. */
export class LegacyFailure extends Error {
  constructor(
    readonly status: number,
    message: string
  ) {
    super(message);
  }
}

/** The frame around every answer of the legacy API but metrics; `limit` and `offset` mean nothing. */
export interface Envelope {
  readonly data: unknown;
  readonly total: number;
  readonly limit: 0;
  readonly offset: 0;
  readonly errors: readonly LegacyError[] | null;
}

export function envelope(data: unknown, errors: readonly LegacyError[] | null = null, total = 0): Envelope {
  return { data, total, limit: 0, offset: 0, errors };
}

/** Lists of names tell how many there are. */
export function counted(data: readonly unknown[]): Envelope {
  return envelope(data, null, data.length);
}

/** Sends the answer, or what was thrown in its place in Jaeger's words. */
export async function send(reply: FastifyReply, answer: () => Envelope): Promise<FastifyReply> {
  try {
    // A buffer, because a text would get a charset that Jaeger does not send and Grafana's client would notice.
    const body = Buffer.from(JSON.stringify(answer()));
    return reply.header('content-type', 'application/json').send(body);
  } catch (error) {
    const status = error instanceof LegacyFailure ? error.status : error instanceof MalformedOtlp ? 400 : 500;
    const msg = error instanceof Error ? error.message : String(error);
    // JSON that calls itself plain text: Go's http.Error.
    return reply
      .code(status)
      .header('content-type', 'text/plain; charset=utf-8')
      .send(`${JSON.stringify(envelope(null, [{ code: status, msg }]))}\n`);
  }
}
