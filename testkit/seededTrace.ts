import { assembleTrace } from '../src/model/assembleTrace';
import { Attributes, type Attribute } from '../src/model/attributes';
import type { FlatEvent, FlatSpan } from '../src/model/flatSpan';
import type { Resource, Scope, SpanKind, Trace } from '../src/model/trace';
import { TEST_EPOCH_NANO } from './flatSpan';
import { Random } from './random';

/**
 * `bushy`: calls of calls, a handful of children each. `star`: one root, all others its children, one after the other.
 * `chain`: each span the child of the one before. `async`: as bushy, but children outlive their parents. `loop`: as star,
 * but one operation again and again, of which every second call failed, as did the root. `orphans`: as star, but the
 * parent of each child is missing.
 */
export type TraceShape = 'bushy' | 'star' | 'chain' | 'async' | 'loop' | 'orphans';

export interface SeededTraceOptions {
  readonly spans: number;
  readonly shape?: TraceShape;
  readonly seed?: number;
  readonly attributesPerSpan?: number;
  readonly services?: number;
}

/** In the order in which they end, which is how stores receive them. Every id, time and value follows from the seed. */
export function seededSpans(options: SeededTraceOptions): FlatSpan[] {
  const { spans: count, shape = 'bushy', seed = 1, attributesPerSpan = 8, services = 12 } = options;
  const random = new Random(seed);
  const traceId = random.hex(32);
  const resources = Array.from({ length: services }, (_, index) => seededResource(index, random));
  const scopes = LIBRARIES.map((name): Scope => ({ name, version: `1.${random.below(30)}.0` }));
  const spans: FlatSpan[] = [];
  const times = placeSpans(shape, count, random);
  for (let i = 0; i < count; i++) {
    const { parent, start, duration } = times[i];
    const startUnixNano = TEST_EPOCH_NANO + BigInt(start);
    const isError = random.below(25) === 0;
    const span: FlatSpan = {
      traceId,
      spanId: seededSpanId(i, seed),
      parentSpanId: parent < 0 ? undefined : seededSpanId(parent, seed),
      name: `${random.pick(VERBS)} /${random.pick(NOUNS)}/{id}`,
      kind: random.pick(KINDS),
      status: isError ? { code: 'error', message: 'deadline exceeded' } : { code: 'unset' },
      startUnixNano,
      durationNano: duration,
      resource: random.pick(resources),
      scope: random.pick(scopes),
      attributes: seededAttributes(attributesPerSpan, random),
      events: isError ? [exceptionEvent(startUnixNano + BigInt(Math.floor(duration / 2)))] : NO_EVENTS,
      links: [],
    };
    spans.push({ ...span, ...shapeFields(shape, i, resources[0], () => seededSpanId(count + i, seed)) });
  }
  return spans.sort((a, b) => Number(endOf(a) - endOf(b)));
}

/** What a shape says about more than times. */
function shapeFields(shape: TraceShape, i: number, resource: Resource, missingId: () => string): Partial<FlatSpan> {
  if (shape === 'orphans' && i > 0) {
    return { parentSpanId: missingId() };
  }
  if (shape !== 'loop') {
    return {};
  }
  const status: FlatSpan['status'] = { code: i % 2 === 0 ? 'error' : 'unset' };
  return i === 0 ? { status } : { name: 'SELECT item', kind: 'client', resource, status };
}

function endOf(span: FlatSpan): bigint {
  return span.startUnixNano + BigInt(span.durationNano);
}

/** `seededSpans`, assembled. */
export function seededTrace(options: SeededTraceOptions): Trace {
  const trace = assembleTrace(seededSpans(options));
  if (trace === undefined) {
    throw new Error('A trace needs at least one span.');
  }
  return trace;
}

const LIBRARIES = [
  '@opentelemetry/instrumentation-http',
  'go.opentelemetry.io/contrib/otelgrpc',
  'io.opentelemetry.jdbc',
];
const VERBS = ['GET', 'POST', 'PUT', 'DELETE', 'publish', 'process'];
const NOUNS = ['cart', 'orders', 'products', 'payments', 'users', 'stock', 'quotes', 'shipments'];
const KINDS: readonly SpanKind[] = ['internal', 'server', 'client', 'producer', 'consumer'];
const NO_EVENTS: readonly FlatEvent[] = [];

/** Different for every index (an odd factor permutes the 32-bit numbers), and in no order. */
function seededSpanId(index: number, seed: number): string {
  const low = Math.imul(index + 1, 0x9e3779b1) >>> 0;
  const high = Math.imul(seed, 0x85ebca6b) >>> 0 || 1;
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

function seededResource(index: number, random: Random): Resource {
  const serviceName = `${NOUNS[index % NOUNS.length]}-${index}`;
  return {
    serviceName,
    attributes: Attributes.of({
      'service.name': serviceName,
      'service.version': `2.${random.below(20)}.${random.below(9)}`,
      'host.name': `node-${random.below(40)}`,
      'k8s.pod.name': `${serviceName}-${random.hex(5)}`,
      'telemetry.sdk.language': random.pick(['go', 'java', 'nodejs', 'python']),
    }),
  };
}

/** Keys of the HTTP and database conventions, values of every plain type. */
function seededAttributes(count: number, random: Random): Attributes {
  const entries: Attribute[] = [];
  for (let i = 0; i < count; i++) {
    entries.push(seededAttribute(i, random));
  }
  return Attributes.from(entries);
}

function seededAttribute(index: number, random: Random): Attribute {
  switch (index % 8) {
    case 0:
      return { key: 'http.request.method', value: random.pick(['GET', 'POST', 'PUT']) };
    case 1:
      return { key: 'http.response.status_code', value: random.pick([200, 201, 204, 404, 503]) };
    case 2:
      return { key: 'url.full', value: `https://${random.pick(NOUNS)}.example.com/v1/items/${random.below(1e6)}` };
    case 3:
      return { key: 'cache.hit', value: random.below(2) === 0 };
    case 4:
      return { key: 'db.statement', value: `SELECT id, name, price FROM ${random.pick(NOUNS)} WHERE id = $1` };
    case 5:
      return { key: 'server.port', value: 1_024 + random.below(60_000) };
    case 6:
      return { key: 'sampling.ratio', value: random.below(1_000) / 1_000 + 0.0005 };
    default:
      return { key: `thread.name.${index >> 3}`, value: `worker-${random.below(64)}` };
  }
}

function exceptionEvent(timeUnixNano: bigint): FlatEvent {
  const attributes = { 'exception.type': 'TimeoutError', 'exception.message': 'no answer within 250 ms' };
  return { name: 'exception', timeUnixNano, attributes: Attributes.of(attributes) };
}

interface Placed {
  /** Index of the parent; −1 for the root. */
  readonly parent: number;
  /** Nanoseconds from the epoch. */
  readonly start: number;
  readonly duration: number;
}

const ROOT_DURATION = 60_000_000_000;
const BUSHY_CHILDREN = 6;

function isStar(shape: TraceShape): boolean {
  return shape === 'star' || shape === 'loop' || shape === 'orphans';
}

function placeSpans(shape: TraceShape, count: number, random: Random): Placed[] {
  const placed: Placed[] = [{ parent: -1, start: 0, duration: ROOT_DURATION + random.below(1_000) }];
  for (let i = 1; i < count; i++) {
    placed.push(placeSpan(shape, i, count, placed, random));
  }
  return placed.slice(0, count);
}

function placeSpan(shape: TraceShape, i: number, count: number, placed: readonly Placed[], random: Random): Placed {
  const parent = isStar(shape) ? 0 : shape === 'chain' ? i - 1 : Math.floor((i - 1) / BUSHY_CHILDREN);
  const above = placed[parent];
  switch (shape) {
    case 'star':
    case 'loop':
    case 'orphans': {
      const slot = Math.floor(above.duration / count);
      return { parent, start: above.start + (i - 1) * slot, duration: Math.floor(slot * (0.2 + 0.7 * random.next())) };
    }
    case 'chain':
      return { parent, start: above.start + 1 + random.below(50), duration: Math.max(0, above.duration - 100) };
    default: {
      const slot = Math.floor(above.duration / BUSHY_CHILDREN);
      const start = above.start + ((i - 1) % BUSHY_CHILDREN) * slot + random.below(slot / 4 + 1);
      const stretch = shape === 'async' ? 1 + 2 * random.next() : 0.2 + 0.5 * random.next();
      return { parent, start, duration: Math.floor(slot * stretch) };
    }
  }
}
