import { NANOS_PER_MILLI } from '../src/model/time';
import type { Operation } from '../src/analysis/operation';

interface DrawnNode<Self> extends Operation {
  readonly children: readonly Self[];
}

/**
 * A tree of operations as text, a line a node, indented by depth: `shop GET /cart  ` and what `describe` says of it.
 * Times in milliseconds are written by `millis`.
 */
export function flameToText<Node extends DrawnNode<Node>>(
  roots: readonly Node[],
  describe: (node: Node) => string
): string[] {
  const lines: string[] = [];
  const open = roots.map((node) => ({ node, depth: 0 })).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    lines.push(`${'  '.repeat(depth)}${node.serviceName} ${node.name}  ${describe(node)}`);
    for (let index = node.children.length - 1; index >= 0; index--) {
      open.push({ node: node.children[index], depth: depth + 1 });
    }
  }
  return lines;
}

export function millis(nanos: number): string {
  return String(nanos / NANOS_PER_MILLI);
}
