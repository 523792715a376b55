import { nanoseconds, type Nanoseconds } from '../model/time';
import type { Span, Trace } from '../model/trace';
import { runAtOnce, sliceSteps, sortSteps, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import { walkCriticalPathSteps, type CriticalPath, type CriticalSection } from './criticalPath';
import { operationIdentity, type Operation } from './operation';

/** What one operation has of the critical paths. */
export interface PathShare extends Operation {
  /** On the path. */
  readonly time: Nanoseconds;
  /** Of the time of all paths, 0 to 1. */
  readonly share: number;
  /** Different spans that were on a path. */
  readonly spanCount: number;
  readonly sectionCount: number;
  readonly longest: { readonly path: CriticalPath; readonly section: CriticalSection };
}

/** Time on the path per service and operation, most first; over one path or the paths of many traces. */
export function summarizeCriticalPath(paths: readonly CriticalPath[]): readonly PathShare[] {
  return runAtOnce(summarizeCriticalPathSteps(paths));
}

/** `summarizeCriticalPath` in steps. */
export function* summarizeCriticalPathSteps(paths: readonly CriticalPath[]): Steps<readonly PathShare[]> {
  const rows = new Map<string, OpenShare>();
  let allTime = 0;
  for (const path of paths) {
    allTime += path.time;
    for (let i = 0; i < path.sections.length; i++) {
      addSection(rows, path, path.sections[i]);
      if (i % SPANS_PER_STEP === 0) {
        yield;
      }
    }
  }
  const shares: PathShare[] = [];
  for (const { time, spans, sectionCount, longest } of rows.values()) {
    shares.push({
      serviceName: longest.section.span.resource.serviceName,
      name: longest.section.span.name,
      time: nanoseconds(time),
      share: allTime > 0 ? time / allTime : 0,
      spanCount: spans.size,
      sectionCount,
      longest,
    });
    if (shares.length % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return yield* sortSteps(shares, (a, b) => b.time - a.time);
}

/** Nanoseconds on the critical path, by position of the span; 0 for spans that are not on it. */
export type TimeOnPath = Float64Array;

export function computeTimeOnPath(path: CriticalPath): TimeOnPath {
  return runAtOnce(timeOnPathSteps(path));
}

/** `computeTimeOnPath` of a trace whose path nobody else needs. */
export function* traceTimeOnPathSteps(trace: Trace): Steps<TimeOnPath> {
  const times = new Float64Array(trace.spans.length);
  yield* walkCriticalPathSteps(trace, (span, start, end) => {
    times[span.position] += end - start;
  });
  return times;
}

/** `computeTimeOnPath` in steps. */
export function* timeOnPathSteps({ trace, sections }: CriticalPath): Steps<TimeOnPath> {
  const times = new Float64Array(trace.spans.length);
  yield* sliceSteps(sections, (slice) => {
    for (const { span, start, end } of slice) {
      times[span.position] += end - start;
    }
  });
  return times;
}

interface OpenShare {
  time: number;
  readonly spans: Set<Span>;
  sectionCount: number;
  longest: PathShare['longest'];
}

function addSection(rows: Map<string, OpenShare>, path: CriticalPath, section: CriticalSection): void {
  const identity = operationIdentity(section.span.resource.serviceName, section.span.name);
  let row = rows.get(identity);
  if (row === undefined) {
    row = { time: 0, spans: new Set(), sectionCount: 0, longest: { path, section } };
    rows.set(identity, row);
  }
  row.time += lengthOf(section);
  row.spans.add(section.span);
  row.sectionCount++;
  if (lengthOf(section) > lengthOf(row.longest.section)) {
    row.longest = { path, section };
  }
}

function lengthOf({ start, end }: CriticalSection): number {
  return end - start;
}
