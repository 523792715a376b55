/** The demo shop on its own: traces and logs to any OTLP/HTTP receivers. */
import { Command, InvalidArgumentError } from 'commander';
import { startLiveShop } from './startLiveShop';
import { writePastVisits } from './writePastVisits';

interface Flags {
  otlp: string;
  logs?: string;
  seed: number;
  rate: number;
  past: number;
  hours: number;
}

const program = new Command('tsx demo/start.ts')
  .description('A small shop whose services send OpenTelemetry traces and logs.')
  .option('--otlp <url>', 'OTLP/HTTP receiver of traces', webAddress, 'http://127.0.0.1:4318')
  .option('--logs <url>', 'OTLP/HTTP receiver of logs, e.g. http://loki:3100/otlp (default: as --otlp)', webAddress)
  // Ids follow from the seed: a fixed default would write the same traces again into a store that keeps them.
  .option('--seed <number>', 'same seed, same visits (default: another one each time)', number, Date.now() % 1_000_000)
  .option('--rate <number>', 'visits per second; 0 for none', number, 2)
  .option('--past <number>', 'past visits to write at the start', number, 0)
  .option('--hours <number>', 'over how many past hours those are spread', number, 6);

async function main(): Promise<void> {
  const { otlp, logs = otlp, seed, rate, past, hours } = program.parse().opts<Flags>();
  const targets = { otlpUrl: otlp, logsUrl: logs, seed };
  if (past > 0) {
    await writePastVisits({ ...targets, count: past, hours });
    console.log(`Wrote ${past} past visits to ${otlp}.`);
  }
  if (rate === 0) {
    return;
  }
  const shop = await startLiveShop({ ...targets, rate, complain: (line) => console.error(line) });
  console.log(`The shop is open: ${rate} visits per second, seed ${seed}, traces to ${otlp}, logs to ${logs}.`);
  const stop = () => void shop.stop().then(() => process.exit(0));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function number(value: string): number {
  const parsed = Number(value);
  if (!(parsed >= 0)) {
    throw new InvalidArgumentError('Give a number that is not negative.');
  }
  return parsed;
}

function webAddress(value: string): string {
  if (!/^https?:\/\/[^/]/.test(value)) {
    throw new InvalidArgumentError('Give an address that starts with http:// or https://.');
  }
  return value.replace(/\/+$/, '');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
