import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Obtained } from '../jaeger/obtainServer';

const exec = promisify(execFile);

const TIMEOUT_MS = 5 * 60_000;

/**
 * The Prometheus server: what `PROMETHEUS` names, one that is installed, one kept from an earlier run, else Debian's
 * package, which is fetched and unpacked but not installed: nothing of it runs by itself.
 */
export async function obtainPrometheus(): Promise<Obtained> {
  const named = process.env.PROMETHEUS ?? '/usr/bin/prometheus';
  if (existsSync(named)) {
    return { program: named };
  }
  const folder = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'tracebridge', 'prometheus');
  const kept = path.join(folder, 'prometheus');
  if (existsSync(kept)) {
    return { program: kept };
  }
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(path.join(folder, 'new-'));
  try {
    await download(work);
    const [archive] = readdirSync(work).filter((name) => name.endsWith('.deb'));
    await exec('dpkg-deb', ['-x', path.join(work, archive), work], { timeout: TIMEOUT_MS });
    renameSync(path.join(work, 'usr/bin/prometheus'), kept);
    return { program: kept };
  } catch (error) {
    const [words] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { reason: `Prometheus is not installed, and Debian's package could not be fetched: ${words}` };
  }
}

async function download(folder: string): Promise<void> {
  const options = { cwd: folder, timeout: TIMEOUT_MS };
  try {
    await exec('apt-get', ['download', '-q', 'prometheus'], options);
  } catch {
    // A machine whose lists of packages are missing or old.
    await exec('apt-get', ['update', '-q'], options);
    await exec('apt-get', ['download', '-q', 'prometheus'], options);
  }
}
