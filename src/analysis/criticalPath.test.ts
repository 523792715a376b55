import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { timedTraces } from '../../testkit/arbitraryTimedTrace';
import { deepFreeze } from '../../testkit/deepFreeze';
import { seededTrace } from '../../testkit/seededTrace';
import { traceFromText } from '../../testkit/traceFromText';
import { assembleTrace } from '../model/assembleTrace';
import { NANOS_PER_MILLI } from '../model/time';
import type { Span, Trace } from '../model/trace';
import { computeCriticalPath } from './criticalPath';

/** `root 0-5, child 5-20`, in milliseconds. */
function pathOf(drawing: string): string {
  const millis = (time: number) => time / NANOS_PER_MILLI;
  return computeCriticalPath(traceFromText(drawing))
    .sections.map(({ span, start, end }) => `${span.name} ${millis(start)}-${millis(end)}`)
    .join(', ');
}

describe('computeCriticalPath', () => {
  it.each<[string, string, string]>([
    ['one span', 's  root  [0-----20]', 'root 0-20'],
    [
      'a child that the root waited for',
      `
      s  root  [0-----------20]
      s    a      [5--12]
      `,
      'root 0-5, a 5-12, root 12-20',
    ],
    [
      'touching children, the root having no time of its own',
      `
      s  root  [0-----------20]
      s    a   [0----10]
      s    b         [10----20]
      `,
      'a 0-10, b 10-20',
    ],
    [
      'overlapping children: the one that was still running when the other began decided nothing',
      `
      s  root  [0-----------20]
      s    a     [2----11]
      s    b         [10--18]
      `,
      'root 0-10, b 10-18, root 18-20',
    ],
    [
      'children at the same time: the one that ended last',
      `
      s  root  [0-----------20]
      s    a     [2---6]
      s    b     [2-------15]
      s    c     [3-----12]
      `,
      'root 0-2, b 2-15, root 15-20',
    ],
    [
      'children that ended together: the one that began first',
      `
      s  root  [0-----------20]
      s    a         [8---15]
      s    b     [2-------15]
      `,
      'root 0-2, b 2-15, root 15-20',
    ],
    [
      'children within children',
      `
      s  root    [0-----------20]
      s    a       [2-------15]
      s      b        [4-8]
      s      c          [9-15]
      `,
      'root 0-2, a 2-4, b 4-8, a 8-9, c 9-15, root 15-20',
    ],
    [
      'an asynchronous child that decided the end',
      `
      s  root    [0----10]
      s    a         [5-------20]
      s      b           [8-12]
      `,
      'root 0-5, a 5-8, b 8-12, a 12-20',
    ],
    [
      'deep below, with another call before it',
      `
      s  root      [0----10]
      s    before  [0-2]
      s    a         [3---9]
      s      late      [4------30]
      `,
      'before 0-2, root 2-3, a 3-4, late 4-30',
    ],
    [
      'a child that began after its parent had ended leaves a gap',
      `
      s  root     [0--6]
      s    put    [1-5]
      s      take        [9---20]
      `,
      'root 0-1, put 1-5, take 9-20',
    ],
    [
      'on another clock, a child that outlives its parent counts up to the end of the parent',
      `
      s  root   [0-------------20]
      s    a     [1----10]
      t      b      [4----14]
      `,
      'root 0-1, a 1-4, b 4-10, root 10-20',
    ],
    [
      'on one clock, a child that outlives its parent was not awaited by it',
      `
      s  root       [0---------------100]
      s    handler  [0------50]
      s      flush    [10---------90]
      t      db         [20--45]
      `,
      'handler 0-20, db 20-45, handler 45-50, root 50-100',
    ],
    [
      'a child that ends a moment later than its parent was awaited: times are cut off and rounded',
      `
      s  root       [0---------------100]
      s    handler  [0------50]
      s      load     [10---50.9]
      s      flush    [10---51]
      `,
      'handler 0-10, load 10-50, root 50-100',
    ],
    [
      'what was not awaited decides the end of the trace where it ends last',
      `
      s  root       [0-----60]
      s    handler  [0---50]
      s      flush    [10------90]
      s      db         [20--45]
      `,
      'handler 0-10, flush 10-90',
    ],
    [
      'a root is cut where the last one began, and what it waited for with it',
      `
      s  one      [0-----------20]
      s    call     [3--------18]
      s    flush    [2-------------30]
      s  two             [10---------40]
      `,
      'one 0-3, call 3-10, two 10-40',
    ],
    [
      'a child that began before its parent counts from the start of the parent on',
      `
      s  root   [0-------------20]
      s    a       [5----15]
      s      b  [2--10]
      `,
      'root 0-5, b 5-10, a 10-15, root 15-20',
    ],
    [
      'a child outside of its parent has no part in it',
      `
      s  root   [0-------------20]
      s    a       [5----9]
      s      b  [2-4]
      s      c             [12-15]
      `,
      'root 0-5, a 5-9, root 9-20',
    ],
    [
      'roots one after the other, and nothing between them',
      `
      s  one  [0--5]
      s  two         [8---20]
      `,
      'one 0-5, two 8-20',
    ],
    [
      'roots that overlap: what ran when the last one began',
      `
      s  one     [0-------12]
      s    call    [3------11]
      s  two          [8-----20]
      `,
      'one 0-3, call 3-8, two 8-20',
    ],
    [
      'an orphan stands beside the root',
      `
      s  root      [0---10]
      s  orphan  [2--------20]  ?
      `,
      'root 0-2, orphan 2-20',
    ],
    [
      'a producer does not wait for its consumer',
      `
      s  send      [0---------10]  producer
      t    take      [2---6]       consumer
      t      load     [3-4]
      `,
      'send 0-10',
    ],
    [
      'a consumer that ends last decides the end',
      `
      s  send      [0---4]              producer
      t    first      [2-3]             consumer
      t    take         [4--------10]   consumer
      `,
      'send 0-4, take 4-10',
    ],
    [
      'spans without duration are on no path',
      `
      s  root   [0---10]
      s    mark    [4]
      s    a     [2-4]
      s    end       [10]
      `,
      'root 0-2, a 2-4, root 4-10',
    ],
    ['a trace without duration', 's  root  [4]', ''],
  ])('%s', (_, drawing, path) => {
    expect(pathOf(drawing)).toBe(path);
  });

  // In nanoseconds, nothing outlives anything by a millisecond.
  it.each([NANOS_PER_MILLI, 1])('agrees with walking back instant by instant, of %d ns each', (unit) => {
    checkProperty(
      fc.property(timedTraces(unit), (trace) => {
        const { sections, time } = computeCriticalPath(deepFreeze(trace));
        const owners = walkBack(trace, unit);
        const found = new Array<Span | undefined>(owners.length).fill(undefined);
        for (const { span, start, end } of sections) {
          found.fill(span, start / unit, end / unit);
        }
        expect(found.map((span) => span?.spanId)).toEqual(owners.map((span) => span?.spanId));
        expect(time).toBe(owners.filter((span) => span !== undefined).length * unit);
      }),
      { numRuns: 1000 }
    );
  });

  it('is a partition of the covered time, whatever the wire gave', () => {
    checkProperty(
      fc.property(arbitraryFlatSpans, (spans) => {
        const trace = assembleTrace(spans) as Trace;
        const { sections, time } = computeCriticalPath(trace);
        let reached = 0;
        let covered = 0;
        for (const { span, start, end } of sections) {
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(end).toBeGreaterThan(start);
          expect(start).toBeGreaterThanOrEqual(span.start);
          expect(end).toBeLessThanOrEqual(span.start + span.duration);
          reached = end;
          covered += end - start;
        }
        expect(reached).toBeLessThanOrEqual(trace.duration);
        expect(covered).toBe(time);
      })
    );
  });

  it('goes through a chain of 50,000 and past a star of 20,000', () => {
    expect(
      computeCriticalPath(seededTrace({ spans: 50_000, shape: 'chain', attributesPerSpan: 0 })).time
    ).toBeGreaterThan(0);
    const star = computeCriticalPath(seededTrace({ spans: 20_001, shape: 'star', attributesPerSpan: 0 }));
    // Each child and the stretch of the root before it.
    expect(star.sections.length).toBeGreaterThan(39_000);
    expect(star.time).toBe(star.trace.duration);
  });
});

const endOf = (span: Span) => span.start + span.duration;

/** Began first; of those the one that lasted longest. */
const longestFirst = (a: Span, b: Span) => a.start - b.start || endOf(b) - endOf(a);

/** What counts of a span begins with what counts of its parent. */
const countsFrom = (span: Span): number => Math.max(span.start, span.parent ? countsFrom(span.parent) : 0);

/**
 * The reference: one instant after the other from the end of the trace, with all spans looked at anew for each. Answers
 * who has the path in the instant `[index, index + 1)`, in units of so many nanoseconds.
 */
function walkBack(trace: Trace, unit: number): Array<Span | undefined> {
  const owners = new Array<Span | undefined>(trace.duration / unit).fill(undefined);

  /** The services of these traces do not say on which host they run, and so have a clock each. */
  function outlives(child: Span, span: Span): boolean {
    return child.resource.serviceName === span.resource.serviceName && endOf(child) - endOf(span) >= NANOS_PER_MILLI;
  }

  /** Gives the instants before `time` to a span and its children; the span counts up to `until`. */
  function walk(span: Span, until: number, time: number): void {
    let instant = time;
    while (instant > countsFrom(span)) {
      const countsTo = (child: Span) => Math.min(endOf(child), until);
      const [ended] = span.children
        .filter((child) => !(span.kind === 'producer' && child.kind === 'consumer') && !outlives(child, span))
        .filter((child) => countsTo(child) === instant && countsFrom(child) < instant)
        .sort(longestFirst);
      if (ended) {
        walk(ended, instant, instant);
        instant = countsFrom(ended);
      } else {
        instant -= unit;
        owners[instant / unit] = span;
      }
    }
  }

  const latest = Math.max(...trace.spans.map(endOf));
  let [line] = trace.spans.filter((span) => endOf(span) === latest).sort((a, b) => a.depth - b.depth) as Array<
    Span | undefined
  >;
  let time = latest;
  for (; line; line = line.parent) {
    time = Math.min(time, endOf(line));
    walk(line, endOf(line), time);
    time = Math.min(time, countsFrom(line));
  }
  while (time > 0) {
    const instant = time;
    const [running] = trace.roots.filter((root) => root.start < instant && endOf(root) >= instant).sort(longestFirst);
    if (running) {
      walk(running, instant, instant);
    }
    time = running ? running.start : time - unit;
  }
  return owners;
}
