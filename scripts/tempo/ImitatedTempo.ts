import { encodeTempo } from '../../testkit/encodeTempo';
import { readTraceql, type ReadTraceql } from '../../testkit/readTraceql';
import { storyAsTrace } from '../../src/backends/contract/sendStories';
import { ALL_STORIES, type Story } from '../../src/backends/contract/stories';
import type { HttpClient, HttpRequest, HttpResponse } from '../../src/backends/http';
import type { FlatSpan } from '../../src/model/flatSpan';
import { encodeOtlp } from '../../src/wire/otlp/encodeOtlp';
import type { ImitatedServerCase } from '../../src/backends/tempo/testdata/servers';
import { isMatch, valueOf } from './matchSpan';

/**
 * Answers the questions of the contract suite as Tempo's documentation and API say that it does, from the stories. Not a
 * store: what no question asks is not there.
 */
export class ImitatedTempo implements HttpClient {
  constructor(private readonly imitated: ImitatedServerCase) {}

  async get({ path, query = [] }: HttpRequest): Promise<HttpResponse> {
    const parameters = new Map(query);
    const [, ...segments] = path.split('/').map(decodeURIComponent);
    const route = segments.join('/');
    if (route === 'api/status/buildinfo') {
      return json({ version: this.imitated.version, revision: '0a1b2c3', branch: 'HEAD', goVersion: 'go1.25' });
    }
    if (route === 'api/echo') {
      return { status: 200, contentType: 'text/plain', body: 'echo' };
    }
    const isV2 = segments[1] === 'v2';
    const [section, tag] = isV2 ? [segments[2], segments[4]] : [segments[1], segments[3]];
    switch (section) {
      case 'traces':
        if (isV2 && !this.imitated.hasV2Traces) {
          return { status: 404, contentType: 'text/plain', body: '404 page not found\n' };
        }
        return this.trace(segments[segments.length - 1], isV2);
      case 'search':
        return segments.length === 2 ? this.search(parameters) : this.values(tag, parameters.get('q'), isV2);
      default:
        return { status: 404, contentType: 'text/plain', body: '404 page not found\n' };
    }
  }

  private trace(id: string, isV2: boolean): HttpResponse {
    const story = ALL_STORIES.find(({ traceId }) => traceId === id.padStart(32, '0'));
    const trace = story && encodeTempo(encodeOtlp(storyAsTrace(story)));
    if (isV2) {
      return json({ trace: trace ?? {}, metrics: { inspectedBytes: '48213' } });
    }
    return trace ? json({ batches: trace.resourceSpans }) : { status: 404, contentType: 'text/plain', body: '' };
  }

  private search(parameters: ReadonlyMap<string, string>): HttpResponse {
    const asked = readTraceql(parameters.get('q') ?? '');
    const [start, end] = [parameters.get('start'), parameters.get('end')].map((s) => BigInt(s ?? 0) * 1_000_000_000n);
    const found = ALL_STORIES.filter(({ epochUnixNano }) => epochUnixNano >= start && epochUnixNano <= end)
      .filter(({ spans }) => spans.some((span) => isMatch(span, asked.condition)))
      .sort((a, b) => (a.epochUnixNano < b.epochUnixNano ? 1 : -1))
      .slice(0, Number(parameters.get('limit') ?? 20));
    return json({
      traces: found.map((story) => this.summarize(story, asked)),
      metrics: { inspectedTraces: ALL_STORIES.length, inspectedBytes: '1048576', completedJobs: 1, totalJobs: 1 },
    });
  }

  private summarize({ traceId, spans }: Story, asked: ReadTraceql): unknown {
    const root = spans.find(({ parentSpanId }) => parentSpanId === undefined);
    const start = spans.map(({ startUnixNano }) => startUnixNano).reduce((a, b) => (a < b ? a : b));
    const end = spans
      .map(({ startUnixNano, durationNano }) => startUnixNano + BigInt(durationNano))
      .reduce((a, b) => (a > b ? a : b));
    const durationMs = Number((end - start) / 1_000_000n);
    const matching = spans.filter((span) => isMatch(span, asked.condition));
    const spanSet = { spans: matching.slice(0, 3).map((span) => matched(span, asked)), matched: matching.length };
    return {
      traceID: traceId.replace(/^0+/, ''),
      rootServiceName: root?.resource.serviceName ?? '<root span not yet received>',
      ...(root && { rootTraceName: root.name }),
      startTimeUnixNano: String(start),
      ...(durationMs > 0 && { durationMs }),
      spanSet,
      spanSets: [spanSet],
      ...(this.imitated.hasServiceStats && { serviceStats: serviceStats(spans) }),
    };
  }

  private values(tag: string, where: string | undefined, isV2: boolean): HttpResponse {
    const condition = where === undefined ? undefined : readTraceql(where).condition;
    const spans = ALL_STORIES.flatMap((story) => story.spans).filter((span) => isMatch(span, condition));
    const isName = tag === 'name';
    const field = isName ? { scope: 'intrinsic', key: 'name' } : { scope: 'resource', key: 'service.name' };
    const values = [...new Set(spans.map((span) => String(valueOf(span, field))))];
    return json({ tagValues: isV2 ? values.map((value) => ({ type: 'string', value })) : values, metrics: {} });
  }
}

function matched(span: FlatSpan, { selected }: ReadTraceql): unknown {
  return {
    spanID: span.spanId,
    ...(selected.includes('name') && { name: span.name }),
    startTimeUnixNano: String(span.startUnixNano),
    ...(span.durationNano > 0 && { durationNanos: String(span.durationNano) }),
    attributes: [
      ...(selected.includes('resource.service.name')
        ? [{ key: 'service.name', value: { stringValue: span.resource.serviceName } }]
        : []),
      ...(selected.includes('status') ? [{ key: 'status', value: { stringValue: span.status.code } }] : []),
    ],
  };
}

function serviceStats(spans: readonly FlatSpan[]): unknown {
  const stats = new Map<string, { spanCount: number; errorCount?: number }>();
  for (const { resource, status } of spans) {
    const { spanCount = 0, errorCount = 0 } = stats.get(resource.serviceName) ?? {};
    const errors = errorCount + (status.code === 'error' ? 1 : 0);
    stats.set(resource.serviceName, { spanCount: spanCount + 1, ...(errors > 0 && { errorCount: errors }) });
  }
  return Object.fromEntries(stats);
}

function json(body: unknown): HttpResponse {
  return { status: 200, contentType: 'application/json', body: JSON.stringify(body) };
}
