import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A build and the files that decide whether it must run again. */
export interface Build {
  readonly label: string;
  readonly command: readonly string[];
  /** Files and folders, relative to the project's root. */
  readonly sources: readonly string[];
  /** A file that the build writes; it is fresh when no source is newer. */
  readonly output: string;
}

export const PLUGIN_BUILD: Build = {
  label: 'the plugin',
  command: ['node_modules/webpack/bin/webpack.js', '-c', './webpack.config.ts', '--env', 'production'],
  sources: ['src', '.config', 'webpack.config.ts', 'package.json'],
  output: 'dist/module.js',
};

export const HOST_BUILD: Build = {
  label: 'the page around it',
  command: ['node_modules/vite/bin/vite.js', 'build', '-c', 'workbench/vite.config.mts'],
  // The page shares code with the plugin's sources only through frames' laws in the testkit.
  sources: ['workbench/host', 'workbench/vite.config.mts', 'testkit', 'package.json'],
  output: 'workbench/dist-host/index.html',
};

/** Runs the build unless its output is newer than every source; throws with the build's own words when it fails. */
export async function buildIfStale(root: string, build: Build, say: (line: string) => void): Promise<void> {
  if (isFresh(root, build)) {
    return;
  }
  say(`Building ${build.label} …`);
  const startedAt = new Date();
  await run(root, build);
  const stamp = stampFile(root, build);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, startedAt.toISOString());
}

export function isFresh(root: string, build: Build): boolean {
  const output = statSync(path.join(root, build.output), { throwIfNoEntry: false });
  if (!output) {
    return false;
  }
  const builtAt = Math.max(output.mtimeMs, newestMillis(stampFile(root, build)));
  return build.sources.every((source) => newestMillis(path.join(root, source)) <= builtAt);
}

/** Bundlers leave an output alone whose content stays the same, so its own time may be older than the build. */
function stampFile(root: string, build: Build): string {
  return path.join(root, '.cache/workbench', `${build.output.replaceAll('/', '-')}.built`);
}

/** When the newest file below was changed; tests do not end up in a build and do not count. */
function newestMillis(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) {
    return 0;
  }
  if (!found.isDirectory()) {
    return /\.test\.tsx?$/.test(file) ? 0 : found.mtimeMs;
  }
  return Math.max(0, ...readdirSync(file).map((name) => newestMillis(path.join(file, name))));
}

function run(root: string, { label, command }: Build): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => output.push(part));
    child.stderr.on('data', (part: Buffer) => output.push(part));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) {
        resolve();
      } else {
        reject(
          new Error(`Building ${label} failed (exit code ${code}):\n${Buffer.concat(output).toString().slice(-6000)}`)
        );
      }
    });
  });
}
