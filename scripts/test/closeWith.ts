import { closingLine, NONE, type Counts } from './step';

/** Prints the closing line of a script and sets its exit code; a script that dies counts as one failure. */
export function closeWith(counting: Promise<Counts>): void {
  counting.then(
    (counts) => {
      console.log(closingLine(counts));
      process.exitCode = counts.failed > 0 ? 1 : 0;
    },
    (error: unknown) => {
      console.error(error);
      console.log(closingLine({ ...NONE, failed: 1 }));
      process.exitCode = 1;
    }
  );
}
