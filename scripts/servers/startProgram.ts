import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Each must answer anything at all before the program counts as started. */
  readonly readyUrls: readonly string[];
  readonly startTimeoutMs?: number;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;
const KEPT_OUTPUT = 4_000;

/** Starts a server and answers how to stop it; rejects, with the server's last words, when it does not come up. */
export async function startProgram(program: Program): Promise<() => Promise<void>> {
  const child = spawn(program.command, program.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...program.env },
  });
  // Whatever ends this process, the servers end with it.
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  const stop = async () => {
    await stopChild(child);
    process.removeListener('exit', killNow);
  };
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-KEPT_OUTPUT));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  try {
    await untilReady(child, program);
  } catch (error) {
    await stop();
    throw new Error(`${error instanceof Error ? error.message : error} Its last words: ${output.trim() || 'none'}`);
  }
  return stop;
}

async function untilReady(child: ChildProcess, program: Program): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  const timeoutMs = program.startTimeoutMs ?? START_TIMEOUT_MS;
  const deadline = Date.now() + timeoutMs;
  for (const url of program.readyUrls) {
    while (!(await answers(url))) {
      if (failure || child.exitCode !== null) {
        throw failure ?? new Error(`The server ended with code ${child.exitCode}.`);
      }
      if (Date.now() > deadline) {
        throw new Error(`${url} did not answer within ${timeoutMs / 1000} s.`);
      }
      await sleep(100);
    }
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.body?.cancel().then(() => true) ?? true,
    () => false
  );
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return;
  }
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(force);
}
