import { Attributes } from '../src/model/attributes';
import { NANOS_PER_MILLI, type Nanoseconds } from '../src/model/time';
import type { Scope, Span, SpanLink, Trace } from '../src/model/trace';
import { writeAttributes, writeWord } from './drawnValues';

export interface TraceTextOptions {
  /** Also attributes (of spans, events, links, scopes and services), scopes and trace states. */
  readonly attributes?: boolean;
  /** Also the ids of spans and of missing parents. Links are always written with ids. */
  readonly ids?: boolean;
  /** Leaves out the warnings, which are written by default: a test should not overlook one. */
  readonly withoutWarnings?: boolean;
}

/** How many characters the whole trace is wide. */
const SCALE = 24;

/**
 * A trace as the drawing that `traceFromText` reads, in one canonical form: depth first, indented by depth, bars to
 * scale with start and end in milliseconds (exact, so up to six decimals), marks in a fixed order, events, links and
 * warnings on lines of their own.
 */
export function traceToText(trace: Trace, options: TraceTextOptions = {}): string {
  const services = trace.spans.map((span) => writeName(span.resource.serviceName));
  const names = trace.spans.map((span) => '  '.repeat(span.depth) + writeName(span.name));
  const bars = trace.spans.map((span) => writeBar(span, trace.duration));
  const widths = [services, names, bars].map(widest);
  const lines = options.attributes ? writeResources(trace) : [];
  trace.spans.forEach((span, i) => {
    const columns = [services[i], names[i], bars[i]].map((cell, column) => cell.padEnd(widths[column]));
    lines.push([...columns, writeMarks(span, options)].join('  ').trimEnd());
    lines.push(...writeDetails(span, trace, options).map((detail) => ' '.repeat(widths[0] + 4) + detail));
  });
  return lines.join('\n');
}

function widest(cells: readonly string[]): number {
  return cells.reduce((width, cell) => Math.max(width, cell.length), 0);
}

/** In quotes where a reader of drawings would take it apart or for something else. */
function writeName(name: string): string {
  return /^(?!\/\/|= )[^\s"[\]]+(?: [^\s"[\]]+)*$/.test(name) ? name : JSON.stringify(name);
}

function writeBar(span: Span, total: Nanoseconds): string {
  const column = (time: number) => (total === 0 ? 0 : Math.round((time / total) * SCALE));
  const start = writeMillis(span.start);
  const indent = ' '.repeat(column(span.start));
  if (span.duration === 0) {
    return `${indent}[${start}]`;
  }
  const end = writeMillis((span.start + span.duration) as Nanoseconds);
  const length = column(span.start + span.duration) - column(span.start);
  return `${indent}[${start}${'-'.repeat(Math.max(2, length - start.length - end.length))}${end}]`;
}

/** All digits and no zeros at the end: `1.5`, `0.000001`. */
function writeMillis(time: Nanoseconds): string {
  const nanos = Math.round(time);
  const [whole, rest] = [Math.trunc(nanos / NANOS_PER_MILLI), Math.abs(nanos % NANOS_PER_MILLI)];
  const sign = nanos < 0 && whole === 0 ? '-' : '';
  const fraction = rest === 0 ? '' : `.${rest.toString().padStart(6, '0').replace(/0+$/, '')}`;
  return `${sign}${whole}${fraction}`;
}

function writeMarks(span: Span, options: TraceTextOptions): string {
  const isOrphan = span.parentSpanId !== undefined && span.parent === undefined;
  const { code, message } = span.status;
  const quoted = message === undefined ? '' : JSON.stringify(message);
  return [
    options.ids && `#${span.spanId}`,
    isOrphan && (options.ids ? `^${span.parentSpanId}` : '?'),
    span.kind !== 'unspecified' && span.kind,
    code !== 'unset' && `${code === 'error' ? '!' : 'ok'}${quoted}`,
    options.attributes && span.scope && writeScope(span.scope),
    options.attributes && span.traceState !== undefined && `state=${JSON.stringify(span.traceState)}`,
    options.attributes && span.attributes.size > 0 && writeAttributes(span.attributes),
  ]
    .filter(Boolean)
    .join(' ');
}

function writeScope({ name, version, attributes }: Scope): string {
  const parts = [
    writeWord(name),
    version !== undefined && writeWord(version),
    attributes?.size && writeAttributes(attributes),
  ];
  return `(${parts.filter(Boolean).join(' ')})`;
}

function writeDetails(span: Span, trace: Trace, options: TraceTextOptions): string[] {
  const suffix = (attributes: Attributes) =>
    options.attributes && attributes.size > 0 ? ` ${writeAttributes(attributes)}` : '';
  return [
    ...span.events.map((event) => `@${writeMillis(event.time)} ${writeWord(event.name)}${suffix(event.attributes)}`),
    ...span.links.map((link) => `>${writeLinkTarget(link, trace)}${suffix(link.attributes)}`),
    ...(options.withoutWarnings ? [] : span.warnings.map((warning) => `% ${warning}`)),
  ];
}

function writeLinkTarget(link: SpanLink, trace: Trace): string {
  return link.traceId === trace.traceId ? link.spanId : `${link.traceId}/${link.spanId}`;
}

/** Each service once, where it has more to say than its name. */
function writeResources(trace: Trace): string[] {
  const resources = new Set(trace.spans.map((span) => span.resource));
  return [...resources]
    .filter(({ attributes }) => attributes.size > 1)
    .map(({ serviceName, attributes }) => `= ${writeWord(serviceName)} ${writeAttributes(attributes)}`);
}
