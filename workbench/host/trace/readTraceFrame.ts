import { DataFrameView, type DataFrame } from '@grafana/data';
import type { ViewEvent, ViewReference, ViewSpan, ViewTag, ViewTrace } from './viewTrace';

/** The columns Grafana's trace view looks up, by exact name (@grafana/data, types/trace.ts). */
interface Row {
  readonly traceID: string;
  readonly spanID: string;
  readonly parentSpanID?: string;
  readonly operationName: string;
  readonly serviceName: string;
  readonly serviceTags?: ViewTag[];
  readonly startTime: number;
  readonly duration: number;
  readonly kind?: string;
  readonly statusCode?: number;
  readonly statusMessage?: string;
  readonly instrumentationLibraryName?: string;
  readonly instrumentationLibraryVersion?: string;
  readonly traceState?: string;
  readonly tags?: ViewTag[];
  readonly logs?: Array<{ timestamp: number; name?: string; fields?: ViewTag[] }>;
  readonly references?: Array<{ traceID: string; spanID: string; tags?: ViewTag[] }>;
  readonly warnings?: string[];
  readonly stackTraces?: string[];
  readonly errorIconColor?: string;
}

interface Node {
  readonly row: Row;
  readonly spanId: string;
  readonly children: Node[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Reads a trace frame as Grafana's trace view does (Grafana 12.4, explore/TraceView): nothing for a frame without spans,
 * nothing at all when one row has no span id, rows without a start dropped, later duplicates renamed, and spans that no
 * root reaches left out. Every such loss is told in `losses`, where Grafana is silent.
 */
export function readTraceFrame(frame: DataFrame): ViewTrace | undefined {
  if (frame.length === 0 || frame.fields.length <= 1) {
    return undefined;
  }
  const rows = new DataFrameView<Row>(frame).toArray();
  if (!rows[0].traceID || rows.some(({ spanID }) => !spanID)) {
    return undefined;
  }
  const losses: string[] = [];
  const timed = rows.filter(({ startTime }) => startTime);
  if (timed.length < rows.length) {
    losses.push(`${rows.length - timed.length} spans have no start time; Grafana drops them.`);
  }
  const nodes = nameNodes(timed, losses);
  const roots = linkNodes(nodes);
  const spans = flatten(roots);
  if (spans.length < nodes.length) {
    losses.push(`${nodes.length - spans.length} spans are in a cycle of parents; Grafana does not show them.`);
  }
  if (spans.length === 0) {
    return undefined;
  }
  return {
    traceId: String(rows[0].traceID).toLowerCase(),
    spans,
    startTime: spans.reduce((first, span) => Math.min(first, span.startTime), Infinity),
    endTime: spans.reduce((last, span) => Math.max(last, span.startTime + span.duration), -Infinity),
    services: [...new Set(spans.map(({ serviceName }) => serviceName))],
    links: frame.fields.flatMap(({ config }) => config.links ?? []),
    losses,
  };
}

function nameNodes(rows: readonly Row[], losses: string[]): Node[] {
  const timesSeen = new Map<string, number>();
  const nodes = rows.map((row) => {
    const seen = timesSeen.get(row.spanID) ?? 0;
    timesSeen.set(row.spanID, seen + 1);
    return { row, spanId: seen === 0 ? row.spanID : `${row.spanID}_${seen}`, children: [] };
  });
  const renamed = nodes.filter(({ row, spanId }) => row.spanID !== spanId).length;
  if (renamed > 0) {
    losses.push(`${renamed} spans repeat the id of another; Grafana renames them and gives them its service.`);
  }
  return nodes;
}

function linkNodes(nodes: readonly Node[]): Node[] {
  const nodeById = new Map(nodes.map((node) => [node.spanId, node]));
  const roots: Node[] = [];
  for (const node of nodes) {
    // Without a parent the first link becomes the parent in the tree, when it points into this trace.
    const parentId = node.row.parentSpanID || node.row.references?.[0]?.spanID;
    const parent = parentId ? nodeById.get(parentId) : undefined;
    (parent?.children ?? roots).push(node);
  }
  const byStart = (a: Node, b: Node) => a.row.startTime - b.row.startTime;
  nodes.forEach(({ children }) => children.sort(byStart));
  return roots.sort(byStart);
}

/** Depth first without recursion: a chain may be tens of thousands deep. */
function flatten(roots: readonly Node[]): ViewSpan[] {
  const spans: Array<Mutable<ViewSpan>> = [];
  const open: number[] = [];
  const stack = [...roots].reverse().map((node) => ({ node, depth: 0 }));
  const closeTo = (depth: number) => {
    while (open.length > depth) {
      const closed = spans[open.pop()!];
      closed.subtreeEnd = spans.length;
      const parent = spans[open[open.length - 1]];
      if (parent && closed.hasErrorBelow) {
        parent.hasErrorBelow = true;
      }
    }
  };
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    closeTo(next.depth);
    open.push(spans.length);
    spans.push(viewSpan(next.node, next.depth));
    for (let index = next.node.children.length - 1; index >= 0; index--) {
      stack.push({ node: next.node.children[index], depth: next.depth + 1 });
    }
  }
  closeTo(0);
  return spans;
}

function viewSpan({ row, spanId, children }: Node, depth: number): Mutable<ViewSpan> {
  const tags = row.tags ?? [];
  const isError =
    row.statusCode === 2 || tags.some(({ key, value }) => key === 'error' && (value === true || value === 'true'));
  return {
    traceId: row.traceID,
    spanId,
    operationName: row.operationName,
    serviceName: row.serviceName,
    startTime: row.startTime,
    duration: row.duration,
    kind: row.kind,
    statusCode: row.statusCode,
    statusMessage: row.statusMessage,
    libraryName: row.instrumentationLibraryName,
    libraryVersion: row.instrumentationLibraryVersion,
    traceState: row.traceState,
    tags,
    serviceTags: row.serviceTags ?? [],
    events: (row.logs ?? []).map(({ timestamp, name, fields = [] }): ViewEvent => ({ timestamp, name, fields })),
    references: (row.references ?? []).map(({ traceID, spanID, tags: ofLink = [] }): ViewReference => ({
      traceId: traceID,
      spanId: spanID,
      tags: ofLink,
    })),
    warnings: row.warnings ?? [],
    stackTraces: row.stackTraces ?? [],
    errorIconColor: row.errorIconColor,
    depth,
    childCount: children.length,
    subtreeEnd: 0,
    hasErrorBelow: isError,
    isError,
  };
}
