/** The lines about large traces: one JSON object a line, and an exit code that is not zero when a budget is exceeded. */
import { WIRES } from './bodies';
import { benchFolding, type FoldLine } from './foldBench';

let isWithinBudget = true;
function report(line: FoldLine): void {
  isWithinBudget &&= line.ratio <= line.budget;
  console.log(JSON.stringify({ ...line, ratio: Number(line.ratio.toPrecision(3)) }));
}

for (const wire of WIRES.filter((each) => process.argv.includes(each))) {
  benchFolding(wire, report);
}
if (!isWithinBudget) {
  console.error('A budget is exceeded: see the lines whose ratio is above their budget.');
  process.exitCode = 1;
}
