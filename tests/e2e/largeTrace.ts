import type { APIRequestContext } from '@playwright/test';
import { TRACES } from './workbench';

/** A trace of a batch job: one root, and as many queries below it, one after the other. */
export interface LargeTrace {
  readonly traceId: string;
  /** Queries. */
  readonly calls: number;
  /** Which of them fail. */
  readonly failing: readonly number[];
}

const CALL_MICROS = 1_000;

export const rootSpanId = '00000000000000ff';
/** Of the query with this number, from 0 on. */
export const callSpanId = (index: number) => (0x1000 + index).toString(16).padStart(16, '0');

/** Puts the trace into the workbench's store, as a service would: by OTLP/HTTP, in several exports. */
export async function sendLargeTrace(request: APIRequestContext, trace: LargeTrace): Promise<void> {
  const startMicros = (Date.now() - 60_000) * 1000;
  const spans = [rootSpan(trace, startMicros)];
  for (let index = 0; index < trace.calls; index++) {
    spans.push(callSpan(trace, index, startMicros));
  }
  for (let from = 0; from < spans.length; from += SPANS_PER_EXPORT) {
    const data = {
      resourceSpans: [{ resource: RESOURCE, scopeSpans: [{ spans: spans.slice(from, from + SPANS_PER_EXPORT) }] }],
    };
    const answer = await request.post(`/api/datasources/proxy/uid/${TRACES}/v1/traces`, { data });
    if (!answer.ok()) {
      throw new Error(`The store answered ${answer.status()}: ${await answer.text()}`);
    }
  }
}

const SPANS_PER_EXPORT = 2_000;
const RESOURCE = { attributes: [{ key: 'service.name', value: { stringValue: 'nightly' } }] };

interface OtlpSpan {
  readonly [field: string]: unknown;
}

function rootSpan({ traceId, calls }: LargeTrace, startMicros: number): OtlpSpan {
  return {
    traceId,
    spanId: rootSpanId,
    name: 'rebuild index',
    kind: 1,
    ...times(startMicros, calls * CALL_MICROS + 500),
  };
}

function callSpan({ traceId, failing }: LargeTrace, index: number, startMicros: number): OtlpSpan {
  return {
    traceId,
    spanId: callSpanId(index),
    parentSpanId: rootSpanId,
    name: 'SELECT item',
    kind: 3,
    attributes: [{ key: 'db.system', value: { stringValue: 'postgresql' } }],
    status: failing.includes(index) ? { code: 2, message: 'deadlock detected' } : {},
    // The one in the middle takes longest.
    ...times(startMicros + index * CALL_MICROS, index % 1000 === 500 ? 950 : 600 + (index % 7) * 10),
  };
}

function times(startMicros: number, durationMicros: number): OtlpSpan {
  return { startTimeUnixNano: `${startMicros}000`, endTimeUnixNano: `${startMicros + durationMicros}000` };
}
