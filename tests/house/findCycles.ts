/**
 * Groups of files that import each other in a circle, each sorted, by Tarjan's algorithm. A file that imports itself is
 * a circle too.
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): ReadonlyArray<readonly string[]> {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const cycles: string[][] = [];

  const visit = (file: string): void => {
    const index = order.size;
    order.set(file, index);
    lowest.set(file, index);
    open.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) {
        visit(next);
        lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!));
      } else if (open.includes(next)) {
        lowest.set(file, Math.min(lowest.get(file)!, order.get(next)!));
      }
    }
    if (lowest.get(file) === index) {
      const group = open.splice(open.indexOf(file));
      if (group.length > 1 || graph.get(file)?.includes(file)) {
        cycles.push(group.sort());
      }
    }
  };

  for (const file of graph.keys()) {
    if (!order.has(file)) {
      visit(file);
    }
  }
  return cycles;
}
