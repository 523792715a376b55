import { unrepairedTrace } from '../../../testkit/unrepairedTrace';
import type { Trace } from '../../model/trace';
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

export function storyAsTrace({ traceId, epochUnixNano, spans }: Story): Trace {
  return unrepairedTrace(traceId, epochUnixNano, spans);
}
