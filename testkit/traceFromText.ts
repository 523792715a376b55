import { assembleTrace } from '../src/model/assembleTrace';
import { Attributes } from '../src/model/attributes';
import type { FlatEvent, FlatSpan } from '../src/model/flatSpan';
import { NANOS_PER_MILLI } from '../src/model/time';
import type { Resource, Scope, SpanKind, SpanLink, SpanStatus, Trace } from '../src/model/trace';
import { DrawnText } from './drawnValues';
import { service, TEST_EPOCH_NANO } from './flatSpan';

export const DRAWN_TRACE_ID = '00000000000000000000000000000abc';

export interface DrawingOptions {
  readonly traceId?: string;
  /** What the zero of the drawing stands for. */
  readonly epochUnixNano?: bigint;
}

/**
 * A drawing → a trace, assembled (and repaired) as any other:
 *
 *     frontend  GET /cart    [0-----------------20]  server
 *     cart        load         [2------10]           client !"timed out"
 *     db            SELECT       [4--8]              {db.system="mysql"} @5 retry {attempt=2}
 *     mail      send               [9----14]         ? consumer >db-call
 *
 * A line is a span: service, two spaces or more, name, bar, marks. The parent is the nearest line above whose name
 * starts further left. The numbers in a bar are milliseconds, start and end; how long it is drawn does not matter.
 * `[4]` has no duration, `[?--4]` no start, `[9--4]` ends before it starts. Marks, in any order:
 *
 *     server client producer consumer internal    the kind
 *     ok  !  !"what went wrong"                   the status
 *     {key=value …}                               attributes (`drawnValues.ts`)
 *     @5 name {…}  @? name                        an event, at a millisecond or without a time
 *     >id {…}  >traceId/id                        a link
 *     (name 1.2.3 {…})                            the scope
 *     state="k=v"                                 the trace state
 *     #id                                         the span's id; by default it is the number of its line
 *     ^id  ?                                      another parent; a parent that is not there
 *     % Text.                                     a warning, up to the end of its line
 *
 * Marks may go on in indented lines below. Lines that start with `//` are remarks; `= cart {host.name="a"}` gives the
 * resource attributes of a service. Ids are hex and get leading zeros; names and services may be written in quotes.
 */
export function traceFromText(drawing: string, options: DrawingOptions = {}): Trace {
  const trace = assembleTrace(flatSpansFromText(drawing, options));
  if (trace === undefined) {
    throw new Error('The drawing has no spans.');
  }
  return trace;
}

/** The spans of a drawing in the order of its lines, before anything is repaired. */
export function flatSpansFromText(drawing: string, options: DrawingOptions = {}): FlatSpan[] {
  const reader = new DrawingReader(options.traceId ?? DRAWN_TRACE_ID, options.epochUnixNano ?? TEST_EPOCH_NANO);
  dedent(drawing).forEach((line, index) => {
    try {
      reader.readLine(line);
    } catch (error) {
      throw new Error(`Line ${index + 1} of the drawing, "${line}": ${(error as Error).message}`);
    }
  });
  return reader.spans;
}

function dedent(drawing: string): string[] {
  const lines = drawing.split('\n').map((line) => line.trimEnd());
  const filled = lines.filter((line) => line !== '');
  const margin = Math.min(...filled.map((line) => line.length - line.trimStart().length));
  return filled.map((line) => line.slice(margin));
}

type Draft = { -readonly [Key in keyof FlatSpan]: FlatSpan[Key] } & { events: FlatEvent[]; links: SpanLink[] };

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const BAR = new RegExp(String.raw`\s+\[(\?|${NUMBER})(?:-+(${NUMBER}))?\](?=\s|$)`);
const KINDS: ReadonlySet<string> = new Set<SpanKind>(['server', 'client', 'producer', 'consumer', 'internal']);

class DrawingReader {
  readonly spans: Draft[] = [];
  private readonly resources = new Map<string, Resource>();
  private readonly scopes = new Map<string, Scope>();
  /** The path from a root to the last line: where its names start. */
  private readonly path: Array<{ column: number; spanId: string }> = [];

  constructor(
    private readonly traceId: string,
    private readonly epochUnixNano: bigint
  ) {}

  readLine(line: string): void {
    if (line.includes('\t')) {
      throw new Error('tabs have no width; use spaces');
    }
    if (line.startsWith('//')) {
      return;
    }
    if (line.startsWith('= ')) {
      this.readResource(new DrawnText(line.slice(2)));
    } else if (line.startsWith(' ')) {
      this.readMarks(line.trim(), this.spans.at(-1) ?? fail('marks without a span'));
    } else {
      this.readSpan(line);
    }
  }

  private readResource(text: DrawnText): void {
    const name = text.readWord();
    this.resources.set(name, { serviceName: name, attributes: text.readAttributes() ?? Attributes.empty });
  }

  private readSpan(line: string): void {
    const [head, serviceText] = /^("(?:[^"\\]|\\.)*"|\S+(?: \S+)*)\s{2,}/.exec(line) ?? fail('no service and name');
    const bar = BAR.exec(line.slice(head.length)) ?? fail('no bar such as [0---5]');
    const column = head.length;
    const serviceName = unquote(serviceText);
    const spanId = (this.spans.length + 1).toString(16).padStart(16, '0');
    while (this.path.length > 0 && this.path[this.path.length - 1].column >= column) {
      this.path.pop();
    }
    const start = bar[1] === '?' ? undefined : nanosFromText(bar[1]);
    const end = bar[2] === undefined ? (start ?? 0) : nanosFromText(bar[2]);
    const span: Draft = {
      traceId: this.traceId,
      spanId,
      parentSpanId: this.path.at(-1)?.spanId,
      name: unquote(line.slice(column, column + bar.index)),
      kind: 'unspecified',
      status: { code: 'unset' },
      startUnixNano: start === undefined ? 0n : this.epochUnixNano + BigInt(start),
      durationNano: end - (start ?? 0),
      resource: this.resourceOf(serviceName),
      attributes: Attributes.empty,
      events: [],
      links: [],
    };
    this.spans.push(span);
    this.readMarks(line.slice(column + bar.index + bar[0].length), span);
    this.path.push({ column, spanId: span.spanId });
  }

  private resourceOf(serviceName: string): Resource {
    const resource = this.resources.get(serviceName) ?? service(serviceName);
    this.resources.set(serviceName, resource);
    return resource;
  }

  private readMarks(marks: string, span: Draft): void {
    const text = new DrawnText(marks);
    while (!text.isAtEnd) {
      this.readMark(text, span);
    }
  }

  private readMark(text: DrawnText, span: Draft): void {
    const mark = text.match(/[@>#^?!%({]|ok\b|state=|[a-z]+/y)?.[0] ?? text.refuse();
    switch (mark) {
      case '@':
        span.events.push(this.readEvent(text));
        return;
      case '>':
        span.links.push(this.readLink(text));
        return;
      case '#':
        span.spanId = text.readWord().padStart(16, '0');
        return;
      case '^':
        span.parentSpanId = text.readWord().padStart(16, '0');
        return;
      case '?':
        span.parentSpanId = `dead${span.spanId.slice(4)}`;
        return;
      case '!':
      case 'ok':
        span.status = readStatus(mark === 'ok' ? 'ok' : 'error', text.readQuoted());
        return;
      case '%':
        span.warnings = [...(span.warnings ?? []), (text.match(/.*/y)?.[0] ?? '').trim()];
        return;
      case '(':
        span.scope = this.readScope(text);
        return;
      case '{':
        span.attributes = text.readOpenedAttributes();
        return;
      case 'state=':
        span.traceState = text.readWord();
        return;
      default:
        span.kind = KINDS.has(mark) ? (mark as SpanKind) : fail(`"${mark}" is no mark`);
    }
  }

  private readEvent(text: DrawnText): FlatEvent {
    const [, at] = text.match(/(\?|-?\d+(?:\.\d+)?)/y) ?? text.refuse();
    return {
      timeUnixNano: at === '?' ? 0n : this.epochUnixNano + BigInt(nanosFromText(at)),
      name: text.readWord(),
      attributes: text.readAttributes() ?? Attributes.empty,
    };
  }

  private readLink(text: DrawnText): SpanLink {
    const ids = text.readWord().split('/');
    return {
      traceId: ids.length === 1 ? this.traceId : ids[0].padStart(32, '0'),
      spanId: ids[ids.length - 1].padStart(16, '0'),
      attributes: text.readAttributes() ?? Attributes.empty,
    };
  }

  /** Equal scopes are one object, as decoders make it. */
  private readScope(text: DrawnText): Scope {
    const name = text.readWord();
    const version = text.match(/\s*(?=[^\s{)])/y) ? text.readWord() : undefined;
    const attributes = text.readAttributes();
    if (!text.match(/\s*\)/y)) {
      text.refuse();
    }
    const scope: Scope = { name, version, attributes };
    const key = JSON.stringify(scope, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
    const known = this.scopes.get(key) ?? scope;
    this.scopes.set(key, known);
    return known;
  }
}

function readStatus(code: SpanStatus['code'], message: string | undefined): SpanStatus {
  return message === undefined ? { code } : { code, message };
}

function unquote(text: string): string {
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

function nanosFromText(millis: string): number {
  return Math.round(Number(millis) * NANOS_PER_MILLI);
}

function fail(reason: string): never {
  throw new Error(reason);
}
