import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { encodeZipkin } from '../../src/backends/zipkin/encodeZipkin';
import type { ZipkinSpan } from '../../src/backends/zipkin/zipkinJson';
import type { FlatSpan } from '../../src/model/flatSpan';
import { decodeOtlp } from '../../src/wire/otlp/decodeOtlp';
import { unrepairedTrace } from '../../testkit/unrepairedTrace';

/** Sends spans to a Zipkin server in its own JSON. OpenTelemetry's exporter for Zipkin drops links and the attributes of events. */
export class ZipkinExporter implements SpanExporter {
  private readonly sending = new Set<Promise<void>>();

  /** @param url of the server, without `/api/v2/spans` */
  constructor(private readonly url: string) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const sent = this.send(toZipkin(spans)).then(
      () => done({ code: ExportResultCode.SUCCESS }),
      (error: unknown) => done({ code: ExportResultCode.FAILED, error: error instanceof Error ? error : undefined })
    );
    this.sending.add(sent);
    void sent.finally(() => this.sending.delete(sent));
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.sending);
  }

  shutdown(): Promise<void> {
    return this.forceFlush();
  }

  private async send(spans: readonly ZipkinSpan[]): Promise<void> {
    const response = await fetch(`${this.url}/api/v2/spans`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(spans),
    });
    if (!response.ok) {
      throw new Error(`${this.url} answered ${response.status}: ${await response.text()}`);
    }
  }
}

/** By way of OTLP, so that this path of the product is walked as well. */
export function toZipkin(spans: ReadableSpan[]): readonly ZipkinSpan[] {
  const body: unknown = JSON.parse(new TextDecoder().decode(JsonTraceSerializer.serializeRequest(spans)));
  const byTrace = new Map<string, FlatSpan[]>();
  for (const span of decodeOtlp(body, { ids: 'hex' }).spans) {
    byTrace.set(span.traceId, [...(byTrace.get(span.traceId) ?? []), span]);
  }
  return [...byTrace].flatMap(([traceId, own]) => encodeZipkin(unrepairedTrace(traceId, own[0].startUnixNano, own)));
}
