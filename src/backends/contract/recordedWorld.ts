import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BackendError } from '../errors';
import type { HttpRequest, HttpResponse } from '../http';
import type { Recording } from './recording';
import { requestLine } from './requestLine';
import type { WatchedHttp, World } from './world';

/** Replays `<folder>/<question>.json`. A request that was not recorded fails the test that sent it. */
export function recordedWorld(folder: string): World {
  const read = (question: string) =>
    JSON.parse(readFileSync(path.join(folder, `${question}.json`), 'utf8')) as Recording;
  return {
    open: (question) => new Replay(question, read(question)),
    pinned: (question) => read(question).exchanges.map(({ request }) => requestLine(request)),
  };
}

class Replay implements WatchedHttp {
  readonly requests: string[] = [];

  constructor(
    private readonly question: string,
    private readonly recording: Recording
  ) {}

  async get(request: HttpRequest): Promise<HttpResponse> {
    const line = requestLine(request);
    this.requests.push(line);
    if (request.signal?.aborted) {
      throw new BackendError('cancelled', { backend: 'recording', route: request.path });
    }
    const exchange = this.recording.exchanges.find((known) => requestLine(known.request) === line);
    if (!exchange) {
      const known = this.recording.exchanges.map((other) => `  ${requestLine(other.request)}`).join('\n');
      throw new Error(`${line}\nis not in the recording of "${this.question}", which has\n${known}`);
    }
    const { status, contentType, body } = exchange;
    return { status, contentType, body };
  }
}
