import type { ServiceName, Severity } from '../task';
import { resourceAttributes } from './serviceTelemetry';

export interface LogRecord {
  readonly timeUnixNano: bigint;
  readonly service: ServiceName;
  readonly severity: Severity;
  readonly line: string;
  /** Only when the line itself does not name them. */
  readonly ids?: { readonly traceId: string; readonly spanId: string };
}

const SEVERITY_NUMBERS: Readonly<Record<Severity, number>> = { DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17 };
const MAX_WAITING = 50_000;
const BATCH = 2_000;

/** Collects log lines and sends them as OTLP/HTTP JSON, which Loki 3 (below `/otlp`) and the Collector take alike. */
export class LogShipper {
  private waiting: LogRecord[] = [];
  private hasComplained = false;

  /** @param logsUrl `/v1/logs` is appended */
  constructor(
    private readonly logsUrl: string,
    private readonly complain: (line: string) => void
  ) {}

  add(record: LogRecord): void {
    this.waiting.push(record);
    if (this.waiting.length > MAX_WAITING) {
      this.waiting = this.waiting.slice(-MAX_WAITING);
    }
  }

  /** Sends what waits. On a failure the lines wait for the next time, and the first failure of a row is told. */
  async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH);
      try {
        await this.send(batch);
        this.hasComplained = false;
      } catch (error) {
        this.waiting.unshift(...batch);
        if (!this.hasComplained) {
          this.hasComplained = true;
          this.complain(`Log lines cannot be sent to ${this.logsUrl}: ${describe(error)}`);
        }
        return;
      }
    }
  }

  private async send(records: readonly LogRecord[]): Promise<void> {
    const response = await fetch(`${this.logsUrl}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(encodeLogs(records)),
    });
    await response.arrayBuffer();
    if (!response.ok) {
      throw new Error(`status ${response.status}`);
    }
  }
}

/** An ExportLogsServiceRequest. */
export function encodeLogs(records: readonly LogRecord[]): unknown {
  const services = [...new Set(records.map(({ service }) => service))];
  return {
    resourceLogs: services.map((service) => ({
      resource: {
        attributes: Object.entries(resourceAttributes(service)).map(([key, stringValue]) => ({
          key,
          value: { stringValue },
        })),
      },
      scopeLogs: [
        {
          scope: { name: 'shop' },
          logRecords: records.filter((record) => record.service === service).map(encodeRecord),
        },
      ],
    })),
  };
}

function encodeRecord({ timeUnixNano, severity, line, ids }: LogRecord): unknown {
  return {
    timeUnixNano: timeUnixNano.toString(),
    observedTimeUnixNano: timeUnixNano.toString(),
    severityNumber: SEVERITY_NUMBERS[severity],
    severityText: severity,
    body: { stringValue: line },
    ...ids,
  };
}

function describe(error: unknown): string {
  // fetch hides the reason in the cause.
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return reason instanceof Error ? reason.message : String(reason);
}
