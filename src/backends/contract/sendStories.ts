import type { FlatSpan } from '../../model/flatSpan';
import { nanoseconds } from '../../model/time';
import type { Span, Trace } from '../../model/trace';
import { encodeOtlp } from '../../wire/otlp/encodeOtlp';
import { ALL_STORIES, type Story } from './stories';

/** Sends every story to a server that takes OTLP/HTTP; rejects when it does not take them. `otlpUrl` as in `http://host:4318`. */
export async function sendStories(otlpUrl: string): Promise<void> {
  for (const story of ALL_STORIES) {
    const response = await fetch(`${otlpUrl}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(encodeOtlp(storyAsTrace(story))),
    });
    if (!response.ok) {
      throw new Error(`${otlpUrl} refused the story ${story.name}: ${response.status} ${await response.text()}`);
    }
  }
}

/** Flaws and all: an assembled trace would already be repaired. */
export function storyAsTrace({ traceId, epochUnixNano, spans }: Story): Trace {
  const sent = spans.map((span) => unrepaired(span, epochUnixNano));
  return { traceId, epochUnixNano, duration: nanoseconds(0), spans: sent, roots: [], warnings: [] };
}

function unrepaired(span: FlatSpan, epochUnixNano: bigint): Span {
  return {
    ...span,
    start: nanoseconds(Number(span.startUnixNano - epochUnixNano)),
    duration: nanoseconds(span.durationNano),
    events: span.events.map(({ name, timeUnixNano, attributes }) => ({
      name,
      time: nanoseconds(Number(timeUnixNano - epochUnixNano)),
      attributes,
    })),
    children: [],
    depth: 0,
    warnings: [],
  };
}
