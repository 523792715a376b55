import { ALL_STORIES } from '../../contract/stories';
import { storyAsTrace } from '../../contract/sendStories';
import { encodeZipkin } from '../encodeZipkin';
import b3Spans from './b3Spans.json';

/** Sends every story, and the spans of `b3Spans.json`, to a Zipkin server; rejects when it does not take them. */
export async function sendZipkinStories(url: string): Promise<void> {
  for (const spans of [...ALL_STORIES.map((story) => encodeZipkin(storyAsTrace(story))), b3Spans]) {
    const response = await fetch(`${url}/api/v2/spans`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(spans),
    });
    if (!response.ok) {
      throw new Error(`${url} refused a story: ${response.status} ${await response.text()}`);
    }
  }
}
