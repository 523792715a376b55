import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { JaegerServer } from '../../src/backends/jaeger/testdata/servers';

const exec = promisify(execFile);

const MODULE = 'github.com/jaegertracing/jaeger';
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

export type Obtained = { readonly program: string } | { readonly reason: string };

/** Whether Go is here to build with. */
export async function hasGo(): Promise<boolean> {
  return exec('go', ['version']).then(
    () => true,
    () => false
  );
}

/**
 * The program of a server: kept from an earlier run, else built, which takes minutes. A server that cannot be had comes
 * with the reason; a build that is not done by `deadline` (epoch milliseconds) is given up.
 */
export async function obtainServer({ revision, program }: JaegerServer, deadline: number): Promise<Obtained> {
  const folder = path.join(cacheFolder(), revision);
  const kept = path.join(folder, 'jaeger');
  if (existsSync(kept)) {
    return { program: kept };
  }
  if (!(await hasGo())) {
    return { reason: `Go is not here to build it, and ${kept} does not exist` };
  }
  mkdirSync(folder, { recursive: true });
  const timeout = deadline - Date.now();
  if (timeout <= 0) {
    return { reason: 'no time was left to build it; the next run goes on from here' };
  }
  console.log(`Building Jaeger ${revision}; the result is kept in ${folder}.`);
  try {
    await build(revision, program, kept, timeout);
    return { program: kept };
  } catch (error) {
    return { reason: `it could not be built: ${whyNot(error)}` };
  }
}

/**
 * Built inside its own module, so that its own `go.sum` vouches for what it is made of. `go install module@revision`
 * would do the same but refuses modules whose `go.mod` has replacements, as those of Jaeger 1 have.
 */
async function build(revision: string, program: string, target: string, timeout: number): Promise<void> {
  const options = { timeout, maxBuffer: MAX_OUTPUT_BYTES };
  const { stdout } = await exec('go', ['mod', 'download', '-json', `${MODULE}@${revision}`], options);
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  // Complete or not there: a build that was killed must not leave half a program under its final name.
  await exec('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', `${target}.new`, program], {
    ...options,
    cwd: Dir,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' },
  });
  await exec('mv', [`${target}.new`, target]);
}

function cacheFolder(): string {
  return path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'tracebridge', 'jaeger');
}

/** The last words of a failed program, or why it ended. */
function whyNot(error: unknown): string {
  const { stderr, stdout, killed, message } = error as {
    stderr?: string;
    stdout?: string;
    killed?: boolean;
    message: string;
  };
  if (killed) {
    return 'it took too long';
  }
  const reported = /"Error":\s*"((?:[^"\\]|\\.)*)"/.exec(stdout ?? '')?.[1];
  const lines = (reported ?? (stderr || message)).trim().split(/\\n|\n/);
  return (lines.at(-1) ?? message).replace(/^(\s|\\t)+|\.?\s*$/g, '').slice(0, 200);
}
