import { encodeOtlp } from '../../../wire/otlp/encodeOtlp';
import type { HttpRequest, HttpResponse } from '../../http';
import { requestLine } from '../requestLine';
import { storyAsTrace } from '../sendStories';
import { ALL_STORIES, type Story } from '../stories';
import type { WatchedHttp } from '../world';

/** Shelf itself, in memory, with every story on its upper board. */
export class ShelfServer implements WatchedHttp {
  readonly requests: string[] = [];

  async get(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(requestLine(request));
    const answer = answerTo(request.path.split('/').map(decodeURIComponent), new Map(request.query));
    return answer === undefined
      ? { status: 404, body: 'not on this shelf' }
      : { status: 200, body: JSON.stringify(answer) };
  }
}

function answerTo([, board, kind, name]: readonly string[], query: ReadonlyMap<string, string>): unknown {
  if (board === 'shelf') {
    return { product: 'Shelf' };
  }
  if (board !== 'upper') {
    return undefined;
  }
  if (kind === 'traces') {
    return asOtlp(ALL_STORIES.filter(({ traceId }) => traceId === name));
  }
  return name === undefined ? { services: servicesOf(ALL_STORIES) } : asOtlp(newest(name, query));
}

function newest(service: string, query: ReadonlyMap<string, string>): readonly Story[] {
  const [from, to] = ['from', 'to'].map((name) => BigInt(query.get(name) ?? 0));
  const spanName = query.get('span');
  return ALL_STORIES.filter(
    ({ epochUnixNano, spans }) =>
      epochUnixNano >= from &&
      epochUnixNano <= to &&
      spans.some(({ resource, name }) => resource.serviceName === service && (spanName ?? name) === name)
  )
    .sort((a, b) => Number(b.epochUnixNano - a.epochUnixNano))
    .slice(0, Number(query.get('newest')));
}

function servicesOf(stories: readonly Story[]): readonly string[] {
  return [...new Set(stories.flatMap(({ spans }) => spans.map(({ resource }) => resource.serviceName)))];
}

function asOtlp(stories: readonly Story[]): unknown {
  return { resourceSpans: stories.flatMap((story) => encodeOtlp(storyAsTrace(story)).resourceSpans) };
}
