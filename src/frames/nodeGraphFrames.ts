import type { DataFrame, QueryResultMeta } from '@grafana/data';
import { computeSelfTime } from '../analysis/selfTime';
import { runAtOnce, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import type { Notice } from '../model/notice';
import type { Nanoseconds } from '../model/time';
import type { Span, Trace } from '../model/trace';
import { frameSteps } from './buildFrame';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import { buildNotices } from './notices';
import { durationShareText } from './statText';

export interface NodeGraphOptions {
  readonly refId: string;
  readonly notices?: readonly Notice[];
}

/** The two frames of a node graph by the names that the panel looks for; notices go with the first. */
export function nodeGraphFrames<Node, Edge>(
  nodes: readonly Node[],
  nodeColumns: ReadonlyArray<Column<Node>>,
  edges: readonly Edge[],
  edgeColumns: ReadonlyArray<Column<Edge>>,
  options: NodeGraphOptions
): DataFrame[] {
  return runAtOnce(nodeGraphFrameSteps(nodes, nodeColumns, edges, edgeColumns, options));
}

function* nodeGraphFrameSteps<Node, Edge>(
  nodes: readonly Node[],
  nodeColumns: ReadonlyArray<Column<Node>>,
  edges: readonly Edge[],
  edgeColumns: ReadonlyArray<Column<Edge>>,
  { refId, notices = [] }: NodeGraphOptions
): Steps<DataFrame[]> {
  const meta: QueryResultMeta = { preferredVisualisationType: 'nodeGraph' };
  const nodeMeta = { ...meta, notices: buildNotices(notices) };
  return [
    yield* frameSteps(nodes, nodeColumns, { name: 'nodes', refId, meta: nodeMeta }),
    yield* frameSteps(edges, edgeColumns, { name: 'edges', refId, meta }),
  ];
}

/**
 * A trace as a graph: a node per span with its duration and self time (and the share of the trace that they are), an
 * edge from each parent to its child. The colour tells where the time went: green for no self time, red for the most.
 */
export function buildTraceNodeGraphFrames(trace: Trace, options: NodeGraphOptions): DataFrame[] {
  return runAtOnce(traceNodeGraphFrameSteps(trace, options));
}

/** `buildTraceNodeGraphFrames` in steps. */
export function* traceNodeGraphFrameSteps(trace: Trace, options: NodeGraphOptions): Steps<DataFrame[]> {
  const { spans } = trace;
  const share = (time: Nanoseconds) => (trace.duration > 0 ? time / trace.duration : 0);
  const stat = (time: Nanoseconds) => durationShareText(time, share(time));
  const selfTimes = new Array<Nanoseconds>(spans.length);
  const totals = new Array<string>(spans.length);
  const callees: Span[] = [];
  for (let i = 0; i < spans.length; i++) {
    selfTimes[i] = computeSelfTime(spans[i]);
    totals[i] = stat(spans[i].duration);
    if (spans[i].parent !== undefined) {
      callees.push(spans[i]);
    }
    if ((i + 1) % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  const nodeColumns: Array<Column<Span>> = [
    { name: 'id', type: FIELD_TYPE.string, read: (span) => span.spanId },
    { name: 'title', type: FIELD_TYPE.string, read: (span) => span.resource.serviceName },
    { name: 'subtitle', type: FIELD_TYPE.string, read: (span) => span.name },
    {
      name: 'mainstat',
      type: FIELD_TYPE.string,
      config: { displayName: 'Total time (share of trace)' },
      read: (_, index) => totals[index],
    },
    {
      name: 'secondarystat',
      type: FIELD_TYPE.string,
      config: { displayName: 'Self time (share of trace)' },
      // Most spans are leaves, whose own time is all their time; half of the texts need not be made.
      read: (span, index) => (selfTimes[index] === span.duration ? totals[index] : stat(selfTimes[index])),
    },
    {
      name: 'color',
      type: FIELD_TYPE.number,
      config: { displayName: 'Self time share', color: { mode: 'continuous-GrYlRd' } },
      read: (_, index) => share(selfTimes[index]),
    },
    { name: 'detail__status', type: FIELD_TYPE.string, config: { displayName: 'Status' }, read: statusText },
  ];
  return yield* nodeGraphFrameSteps(spans, nodeColumns, callees, PARENT_EDGE_COLUMNS, options);
}

const PARENT_EDGE_COLUMNS: ReadonlyArray<Column<Span>> = [
  // A span has one parent, so its own id is enough to name the edge.
  { name: 'id', type: FIELD_TYPE.string, read: (span) => span.spanId },
  { name: 'source', type: FIELD_TYPE.string, read: (span) => span.parent?.spanId },
  { name: 'target', type: FIELD_TYPE.string, read: (span) => span.spanId },
];

function statusText({ status }: Span): string {
  return status.message ? `${status.code}: ${status.message}` : status.code;
}
