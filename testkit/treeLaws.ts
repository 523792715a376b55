import type { Span, Trace } from '../src/model/trace';

/** The laws of a trace (`src/model/trace.ts`) that this one breaks, in words; empty for every trace that is sound. */
export function brokenTreeLaws(trace: Trace): string[] {
  const laws: string[] = [];
  const ids = new Set<string>();
  const members = new Set<Span>(trace.spans);
  let end = 0;
  let earliest = Infinity;
  trace.spans.forEach((span, index) => {
    const about = `Span ${span.spanId} (${index})`;
    if (ids.has(span.spanId)) {
      laws.push(`${about} has an id that is taken.`);
    }
    ids.add(span.spanId);
    if (span.parent ? !members.has(span.parent) : !trace.roots.includes(span)) {
      laws.push(`${about} hangs from nothing in the trace.`);
    }
    if (span.depth !== (span.parent ? span.parent.depth + 1 : 0)) {
      laws.push(`${about} has the depth ${span.depth}.`);
    }
    span.children.forEach((child) => child.parent === span || laws.push(`A child of ${about} has another parent.`));
    end = Math.max(end, span.start + span.duration);
    earliest = Math.min(earliest, span.start);
  });
  const order = depthFirst(trace.roots);
  if (order.length !== trace.spans.length || order.some((span, index) => span !== trace.spans[index])) {
    laws.push('The spans do not come depth first.');
  }
  for (const siblings of [trace.roots, ...trace.spans.map(({ children }) => children)]) {
    if (siblings.some((span, index) => index > 0 && siblings[index - 1].start > span.start)) {
      laws.push('Siblings do not come by start.');
    }
  }
  if (trace.spans.length > 0 && earliest !== 0) {
    laws.push(`The earliest span starts at ${earliest}.`);
  }
  if (end !== trace.duration) {
    laws.push(`The last span ends at ${end}, the trace lasts ${trace.duration}.`);
  }
  return laws;
}

function depthFirst(roots: readonly Span[]): Span[] {
  const order: Span[] = [];
  const open = [...roots].reverse();
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    order.push(span);
    open.push(...[...span.children].reverse());
  }
  return order;
}
