/**
 * `npm run validate`: our own checks of dist/, then Grafana's plugin validator where it can be had (the Go program
 * behind the npm wrapper; that wrapper downloads a release binary, so it is built from source here).
 * Closes with `N passed, N failed, N skipped`.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { SHARED_MODULE_NAMES } from '../workbench/host/sharedModuleNames';
import { add, closingLine, NONE, run, type Counts } from './test/step';
import { checkDist } from './validate/checkDist';
import { readReport } from './validate/validatorReport';

const VALIDATOR = 'github.com/grafana/plugin-validator/pkg/cmd/plugincheck2@latest';
const root = path.resolve(__dirname, '..');
const dist = path.join(root, 'dist');

function ownChecks(): Counts {
  let counts = NONE;
  for (const { rule, problems } of checkDist(dist, path.join(root, 'node_modules'), [
    ...SHARED_MODULE_NAMES,
    'module',
  ])) {
    console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${rule}`);
    problems.forEach((problem) => console.log(`     ${problem}`));
    counts = add(counts, problems.length === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 });
  }
  return counts;
}

async function findValidator(): Promise<string | undefined> {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'tracebridge');
  const cached = path.join(cache, 'plugincheck2');
  const known = [process.env.PLUGINCHECK2, cached].find((file) => file && existsSync(file));
  if (known) {
    return known;
  }
  const { exitCode } = await run('go', ['install', VALIDATOR], { GOBIN: cache, CGO_ENABLED: '0' });
  return exitCode === 0 && existsSync(cached) ? cached : undefined;
}

/** The archive's root folder must be the plugin id. */
async function zip(folder: string, id: string, archive: string): Promise<boolean> {
  const zipped = await run('sh', ['-c', 'cd "$0" && zip -qr "$1" "$2"', folder, archive, id]);
  return (
    zipped.exitCode === 0 ||
    (await run('python3', ['-m', 'zipfile', '-c', archive, path.join(folder, id)])).exitCode === 0
  );
}

async function grafanasValidator(): Promise<Counts> {
  const validator = await findValidator();
  if (!validator) {
    console.log(
      'skip Grafana plugin validator: no Go here, or its module cannot be fetched. Set PLUGINCHECK2 to its path.'
    );
    return { ...NONE, skipped: 1 };
  }
  const work = mkdtempSync(path.join(tmpdir(), 'tracebridge-validate-'));
  try {
    const { id } = require(path.join(dist, 'plugin.json')) as { id: string };
    cpSync(dist, path.join(work, id), { recursive: true });
    const archive = path.join(work, `${id}.zip`);
    if (!(await zip(work, id, archive))) {
      console.log('FAIL the package could not be zipped: neither zip nor python3 is here.');
      return { ...NONE, failed: 1 };
    }
    const { output } = await run(validator, ['-config', path.join(__dirname, 'validate', 'validator.yaml'), archive]);
    const { problems, unchecked } = readReport(output);
    unchecked.forEach((remark) => console.log(`not checked, no network: ${remark}`));
    problems.forEach((problem) => console.log(`     ${problem}`));
    console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} Grafana plugin validator, the signature aside`);
    return problems.length === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  if (!existsSync(path.join(dist, 'plugin.json'))) {
    console.error('dist/ is missing. Run `npm run build` first.');
    process.exitCode = 1;
    return;
  }
  const counts = add(ownChecks(), await grafanasValidator());
  console.log(closingLine(counts));
  process.exitCode = counts.failed > 0 ? 1 : 0;
}

void main();
