import { WIRES, type Wire } from './bodies';

/** As it is printed: within budget while `ratio` is at most `budget`. */
export interface Line {
  readonly name: string;
  readonly wire: Wire;
  readonly spans: number;
  readonly ratio: number;
  readonly budget: number;
  readonly [detail: string]: unknown;
}

export type Report = (line: Line) => void;

/** What is measured together in one process. */
export type Part = (wire: Wire, report: Report) => void;

/**
 * What a module of the benchmark does with its arguments: `parts` prints the names of its parts, `otlp growth` runs one of
 * them. One JSON object a line, and an exit code that is not zero when a budget is exceeded.
 */
export function runPart(parts: ReadonlyMap<string, Part>): void {
  const [name, partName = ''] = process.argv.slice(2);
  if (name === 'parts') {
    console.log([...parts.keys()].join(' '));
    return;
  }
  const wire = WIRES.find((each) => each === name);
  const part = parts.get(partName);
  if (wire === undefined || part === undefined) {
    throw new Error(`There is no part "${partName}" of the wire "${name}".`);
  }
  let isWithinBudget = true;
  part(wire, (line) => {
    isWithinBudget &&= line.ratio <= line.budget;
    console.log(JSON.stringify({ ...line, ratio: round(line.ratio) }));
  });
  if (!isWithinBudget) {
    console.error('A budget is exceeded: see the lines whose ratio is above their budget.');
    process.exitCode = 1;
  }
}

/** To three digits, which is more than a benchmark knows. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}
