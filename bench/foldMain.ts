/** The lines about large traces: one JSON object a line, and an exit code that is not zero when a budget is exceeded. */
import { benchFolding } from './foldBench';

let isWithinBudget = true;
benchFolding((line) => {
  isWithinBudget &&= line.ratio <= line.budget;
  console.log(JSON.stringify({ ...line, ratio: Number(line.ratio.toPrecision(3)) }));
});
if (!isWithinBudget) {
  console.error('A budget is exceeded: see the lines whose ratio is above their budget.');
  process.exitCode = 1;
}
