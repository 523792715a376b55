/** The few routes of Loki 3 that a logs page needs. Errors are plain text, as Loki's are. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { groupBy } from './groupBy';
import { LogqlError, parseLogql } from './logql';
import type { LogEntry, LogStore } from './LogStore';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 5000;
const HOUR_NANOS = 3_600_000_000_000n;

/** Grafana asks with this header value to get structured metadata apart from the stream's labels. */
const CATEGORIZE = 'categorize-labels';

interface Match {
  readonly entry: LogEntry;
  /** Stream labels, metadata and extracted labels. */
  readonly labels: ReadonlyMap<string, string>;
}

export function registerLokiRoutes(app: FastifyInstance, logs: LogStore): void {
  app.get('/ready', (_request, reply) => reply.header('content-type', 'text/plain; charset=utf-8').send('ready\n'));
  app.get('/loki/api/v1/query_range', (request, reply) => answer(reply, () => queryRange(request, logs)));
  app.get('/loki/api/v1/labels', (_request, reply) =>
    answer(reply, () => success([...new Set(logs.all().flatMap(({ labels }) => [...labels.keys()]))].sort()))
  );
  app.get<{ Params: { name: string } }>('/loki/api/v1/label/:name/values', (request, reply) =>
    answer(reply, () => {
      const values = logs.all().flatMap(({ labels }) => labels.get(request.params.name) ?? []);
      return success([...new Set(values)].sort());
    })
  );
}

function success(data: unknown): unknown {
  return { status: 'success', data };
}

async function answer(reply: FastifyReply, body: () => unknown): Promise<FastifyReply> {
  try {
    return reply.send(body());
  } catch (error) {
    if (error instanceof LogqlError) {
      return reply.code(400).header('content-type', 'text/plain; charset=utf-8').send(error.message);
    }
    throw error;
  }
}

function queryRange(request: FastifyRequest, logs: LogStore): unknown {
  const params = new URL(request.raw.url ?? '', 'http://store').searchParams;
  const query = parseLogql(params.get('query') ?? '');
  const now = BigInt(Date.now()) * 1_000_000n;
  const end = timeParam(params, 'end') ?? now;
  const start = timeParam(params, 'start') ?? end - HOUR_NANOS;
  const limit = limitParam(params);
  const isForward = params.get('direction')?.toLowerCase() === 'forward';

  const matches: Match[] = [];
  for (const entry of logs.all()) {
    // Loki's end is exclusive.
    if (entry.timeUnixNano >= start && entry.timeUnixNano < end && query.selects(entry)) {
      const labels = new Map([...entry.labels, ...entry.metadata]);
      if (query.passes({ line: entry.line, labels })) {
        matches.push({ entry, labels });
      }
    }
  }
  matches.sort((a, b) => (isForward ? 1 : -1) * compareTimes(a, b));
  const isCategorized = String(request.headers['x-loki-response-encoding-flags'] ?? '').includes(CATEGORIZE);
  return success({
    resultType: 'streams',
    ...(isCategorized && { encodingFlags: [CATEGORIZE] }),
    result: encodeStreams(matches.slice(0, limit), isCategorized),
    stats: {},
  });
}

function encodeStreams(matches: readonly Match[], isCategorized: boolean): unknown[] {
  const streamOf = ({ entry, labels }: Match) => JSON.stringify([...(isCategorized ? entry.labels : labels)].sort());
  return [...groupBy(matches, streamOf).values()].map((members) => ({
    stream: Object.fromEntries(isCategorized ? members[0].entry.labels : members[0].labels),
    values: members.map(({ entry, labels }) => {
      const pair = [entry.timeUnixNano.toString(), entry.line];
      const parsed = [...labels].filter(([key]) => !entry.labels.has(key) && !entry.metadata.has(key));
      return isCategorized
        ? [
            ...pair,
            {
              ...(entry.metadata.size > 0 && { structuredMetadata: Object.fromEntries(entry.metadata) }),
              ...(parsed.length > 0 && { parsed: Object.fromEntries(parsed) }),
            },
          ]
        : pair;
    }),
  }));
}

function compareTimes(a: Match, b: Match): number {
  const difference = a.entry.timeUnixNano - b.entry.timeUnixNano;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function limitParam(params: URLSearchParams): number {
  const limit = Number(params.get('limit') || DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new LogqlError('limit must be a positive value');
  }
  if (limit > MAX_LIMIT) {
    throw new LogqlError(
      `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${MAX_LIMIT})`
    );
  }
  return limit;
}

/** Nanoseconds since the epoch, seconds with a fraction, or RFC 3339 in milliseconds. */
function timeParam(params: URLSearchParams, name: string): bigint | undefined {
  const text = params.get(name);
  if (!text) {
    return undefined;
  }
  if (/^\d{11,}$/.test(text)) {
    return BigInt(text);
  }
  const millis = /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : Date.parse(text);
  if (Number.isNaN(millis)) {
    throw new LogqlError(`could not parse '${name}' parameter: cannot parse ${JSON.stringify(text)}`);
  }
  return BigInt(millis) * 1_000_000n;
}
