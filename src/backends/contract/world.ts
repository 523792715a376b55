import type { HttpClient } from '../http';

/** A client for one question, and what was asked through it. */
export interface WatchedHttp extends HttpClient {
  /** Request lines in the order in which they were sent: `GET /api/traces?limit=20`, parameters as they are, not encoded. */
  readonly requests: readonly string[];
}

/** A server that holds the stories: one that runs, or what one once answered. */
export interface World {
  /** `question` names the recording; a running server ignores it. */
  open(question: string): WatchedHttp;
  /** The request lines that were recorded for a question; missing where nothing is pinned. */
  pinned?(question: string): readonly string[];
}
