import { createHash } from 'node:crypto';
import type { IdGenerator } from '@opentelemetry/sdk-trace-base';

/**
 * Ids that follow from what a span is about instead of from when it starts, so that they repeat although requests
 * overlap. Call `about` right before starting a span: OpenTelemetry asks for ids while it starts one.
 */
export class SeededIds implements IdGenerator {
  private subject = '';

  /** @param run tells apart what would else be the same visit: `7/live`, `7/past` */
  constructor(private readonly run: string) {}

  about(subject: string): void {
    this.subject = subject;
  }

  generateTraceId(): string {
    return this.digest('trace').slice(0, 32);
  }

  generateSpanId(): string {
    return this.digest('span').slice(0, 16);
  }

  private digest(kind: string): string {
    return createHash('sha256').update(`${this.run}/${kind}/${this.subject}`).digest('hex');
  }
}
