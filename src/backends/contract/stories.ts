import { readFileSync } from 'node:fs';
import path from 'node:path';
import { flatSpansFromText } from '../../../testkit/traceFromText';
import type { FlatSpan } from '../../model/flatSpan';
import { NANOS_PER_SECOND } from '../../model/time';

/** A canonical trace, drawn in `stories/<drawing>.txt`, with an id and a time of its own. */
export interface Story {
  readonly name: string;
  readonly traceId: string;
  /** What the zero of the drawing stands for. */
  readonly epochUnixNano: bigint;
  /** As a server gets them: nothing is repaired. */
  readonly spans: readonly FlatSpan[];
}

/** 2026-03-01T12:00:00.123456789Z: the digits after the microsecond show who keeps them. */
export const STORY_TIME_NANO = 1_772_366_400_123_456_789n;

const MINUTE = 60n * BigInt(NANOS_PER_SECOND);

function tellStory(name: string, traceId: string, minutes: number, drawing = name): Story {
  const text = readFileSync(path.join(__dirname, 'stories', `${drawing}.txt`), 'utf8');
  const epochUnixNano = STORY_TIME_NANO + BigInt(minutes) * MINUTE;
  return { name, traceId, epochUnixNano, spans: flatSpansFromText(text, { traceId, epochUnixNano }) };
}

/** Ten minutes apart, so that a window can hold exactly one of them. */
export const STORIES = {
  checkout: tellStory('checkout', '7f3a91c2d4e5b6071829304a5b6c7d01', 0),
  async: tellStory('async', '7f3a91c2d4e5b6071829304a5b6c7d02', 10),
  /** 64 bits; Jaeger prints such an id with 16 digits. */
  orphan: tellStory('orphan', '0000000000000000d4e5b6071829304a', 20),
  noRoot: tellStory('no-root', '0a3a91c2d4e5b6071829304a5b6c7d04', 30),
  sharedId: tellStory('shared-id', '7f3a91c2d4e5b6071829304a5b6c7d05', 40),
  hugeFanout: tellStory('huge-fanout', '7f3a91c2d4e5b6071829304a5b6c7d06', 50),
} as const satisfies Readonly<Record<string, Story>>;

/** The same job every minute, the earliest first: for limits and order. Each takes 10 ms longer than the one before. */
export const RUNS: readonly Story[] = [1, 2, 3, 4, 5].map((run) => {
  const story = tellStory(`cron-${run}`, `c000000000000000000000000000000${run}`, 60 + run, 'cron');
  return { ...story, spans: story.spans.map((span) => ({ ...span, durationNano: span.durationNano * run })) };
});

export const TOLD_STORIES: readonly Story[] = Object.values(STORIES);

/** Everything that a server must hold before it is asked. Later stories come later: some stores go by arrival. */
export const ALL_STORIES: readonly Story[] = [...TOLD_STORIES, ...RUNS];
