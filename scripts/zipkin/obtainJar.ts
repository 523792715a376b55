import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

const DOWNLOAD_TIMEOUT_MS = 8 * 60_000;
/** A version of the plugin that can fetch one artifact without a project. */
const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

export type ObtainedJar = { readonly jar: string } | { readonly reason: string };

/**
 * The server as one runnable file: kept from an earlier run, named by `ZIPKIN_JAR`, else fetched by Maven from wherever
 * this machine's Maven fetches. What cannot be had comes with the reason.
 */
export async function obtainJar(version: string): Promise<ObtainedJar> {
  if (!(await hasProgram('java'))) {
    return { reason: 'Java is not here to run it' };
  }
  const named = process.env.ZIPKIN_JAR;
  if (named) {
    return existsSync(named) ? { jar: named } : { reason: `ZIPKIN_JAR names ${named}, which does not exist` };
  }
  const folder = path.join(cacheFolder(), version);
  const kept = path.join(folder, 'zipkin-server.jar');
  if (existsSync(kept)) {
    return { jar: kept };
  }
  if (!(await hasProgram('mvn'))) {
    return { reason: `Maven is not here to fetch it, and ${kept} does not exist` };
  }
  mkdirSync(folder, { recursive: true });
  console.log(`Fetching Zipkin ${version} (130 MB); it is kept in ${folder}.`);
  try {
    await fetchJar(version, folder);
  } catch (error) {
    return { reason: `Maven could not fetch it: ${lastWords(error)}` };
  }
  // Complete or not there: a download that was cut off must not be run.
  renameSync(path.join(folder, `zipkin-server-${version}-exec.jar`), kept);
  return { jar: kept };
}

async function fetchJar(version: string, folder: string): Promise<void> {
  const artifact = `io.zipkin:zipkin-server:${version}:jar:exec`;
  const options = { timeout: DOWNLOAD_TIMEOUT_MS, cwd: folder };
  await exec('mvn', ['-B', '-q', `${DEPENDENCY_PLUGIN}:get`, `-Dartifact=${artifact}`, '-Dtransitive=false'], options);
  const copy = [`-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
  await exec('mvn', ['-B', '-q', '-o', `${DEPENDENCY_PLUGIN}:copy`, ...copy], options);
}

/** Whether a program is on the path. */
export async function hasProgram(name: 'java' | 'mvn'): Promise<boolean> {
  return exec(name, ['-version']).then(
    () => true,
    () => false
  );
}

function cacheFolder(): string {
  return path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'tracebridge', 'zipkin');
}

function lastWords(error: unknown): string {
  const { stdout = '', killed, message } = error as { stdout?: string; killed?: boolean; message: string };
  const line = /\[ERROR\] (.+)/.exec(stdout)?.[1] ?? message;
  return killed ? 'it took too long' : line.replace(/\.?\s*$/, '').slice(0, 200);
}
