/** `npm start`: the workbench with its store and the demo shop, at one printed address. Ctrl-C ends all of it. */
import { spawn } from 'node:child_process';
import { Command, InvalidArgumentError, Option } from 'commander';
import { REMOTE_STORES } from './server/remoteStores/list';
import { startWorkbench } from './server/startWorkbench';
import { GENERATION_NAMES, type Generation } from './store/generations';

interface Flags {
  port: number;
  backend?: string;
  url?: string;
  jaeger?: string;
  otlp?: string;
  generation: Generation;
  basePath?: string;
  seed?: number;
  rate: number;
  past: number;
  demo: boolean;
  build: boolean;
  open: boolean;
  extraDatasource: Array<[string, string]>;
  broken: boolean;
}

const program = new Command('npm start --')
  .description('Starts the workbench: a small Grafana around the built plugin, a trace and log store, a demo shop.')
  .option('--port <number>', 'port of the page; the next free one is taken when it is busy', wholeNumber, 3456)
  .addOption(
    new Option('--backend <name>', 'read from and send to a store of this kind instead of the embedded one').choices([
      ...REMOTE_STORES.keys(),
    ])
  )
  .option('--url <url>', 'address of that store (default for zipkin: one is fetched and started)', webAddress)
  .option('--jaeger <url>', 'short for --backend jaeger --url <url>', webAddress)
  .option(
    '--otlp <url>',
    'send the traces of the shop here (default: the store; with a Jaeger or Tempo, port 4318 of its host)',
    webAddress
  )
  .addOption(
    new Option('--generation <name>', 'which Jaeger API the embedded store answers')
      .choices(GENERATION_NAMES)
      .default('both')
  )
  .option('--base-path <path>', 'base path of the embedded store, e.g. /jaeger')
  .option(
    '--seed <number>',
    'same seed, same shop (default: 7, or another one each time where traces are kept)',
    wholeNumber
  )
  .option('--rate <number>', 'visits per second in the shop', positiveNumber, 1)
  .option('--past <number>', 'past visits to write at the start', wholeNumber, 300)
  .option('--no-demo', 'do not run the shop')
  .option('--no-build', 'serve what was built before')
  .option('--open', 'open the page in the default browser', false)
  .option('--extra-datasource <name=url>', 'one more data source of this plugin; repeatable', nameAndUrl, [])
  .option('--broken', 'add data sources whose servers misbehave', false);

async function main(): Promise<void> {
  const flags = program.parse().opts<Flags>();
  if (flags.url !== undefined && flags.backend === undefined) {
    throw new Error('--url is the address of the store that --backend names: give both.');
  }
  const workbench = await startWorkbench({
    ...flags,
    backend: flags.backend ?? (flags.jaeger && 'jaeger'),
    storeUrl: flags.url ?? flags.jaeger,
    extraDatasources: flags.extraDatasource,
    say: (line) => console.log(line),
  });
  console.log(`Tracebridge workbench: ${workbench.url}  (Ctrl-C stops it)`);
  if (flags.open) {
    openBrowser(workbench.url);
  }
  let isStopping = false;
  const stop = () => {
    if (isStopping) {
      process.exit(1);
    }
    isStopping = true;
    workbench.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error)
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function openBrowser(url: string): void {
  const command = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  // Without a browser there is still the printed address.
  spawn(command, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) {
    throw new InvalidArgumentError('Give a whole number.');
  }
  return Number(value);
}

function positiveNumber(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= 100)) {
    throw new InvalidArgumentError('Give a number above 0 and up to 100.');
  }
  return number;
}

function webAddress(value: string): string {
  if (!/^https?:\/\/[^/]/.test(value)) {
    throw new InvalidArgumentError('Give an address that starts with http:// or https://.');
  }
  return value.replace(/\/+$/, '');
}

function nameAndUrl(value: string, earlier: Array<[string, string]>): Array<[string, string]> {
  const at = value.indexOf('=');
  if (at < 1) {
    throw new InvalidArgumentError('Give a name, an equals sign and an address: down=http://127.0.0.1:9');
  }
  return [...earlier, [value.slice(0, at), webAddress(value.slice(at + 1))]];
}

main().catch(fail);
