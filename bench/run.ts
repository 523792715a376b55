/**
 * `npm run bench`: compiles `main.ts` and `foldMain.ts` as the plugin is compiled, into a module each, and runs them in
 * processes of their own. A loader that compiles file by file would measure itself: it turns each call of an imported
 * function into a look-up.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformSync } from '@swc/core';
import type { Plugin } from 'vite';
import { WIRES } from './bodies';
import budget from './budget.json';
import foldBudget from './foldBudget.json';

/** As `webpack.config.ts` has it. */
const compileAsPlugin: Plugin = {
  name: 'swc',
  enforce: 'pre',
  transform(source, file) {
    if (!file.endsWith('.ts')) {
      return undefined;
    }
    const { code } = transformSync(source, {
      filename: file,
      configFile: false,
      swcrc: false,
      jsc: { target: 'es2022', loose: false, parser: { syntax: 'typescript' } },
    });
    return { code, moduleType: 'js' };
  },
};

async function run(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tracebridge-bench-'));
  try {
    const modules = [
      { module: await compile('main', folder), heapGigabytes: budget.heapGigabytes },
      { module: await compile('foldMain', folder), heapGigabytes: foldBudget.hugeHeapGigabytes },
    ];
    return Math.max(...modules.flatMap(({ module, heapGigabytes }) => runParts(module, heapGigabytes)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Answers the path of the module. */
async function compile(entry: string, folder: string): Promise<string> {
  const { build } = await import('vite');
  const outDir = path.join(folder, entry);
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [compileAsPlugin],
    build: {
      ssr: path.join(__dirname, `${entry}.ts`),
      outDir,
      target: 'es2022',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'main.mjs' } },
    },
  });
  return path.join(outDir, 'main.mjs');
}

/**
 * A process per wire and part, as a page that opens a trace is one. Code that has seen both wires is compiled for both, and
 * what a collector has learned from small traces, that their spans soon die, it would hold against a large one. Answers
 * the exit codes.
 */
function runParts(module: string, heapGigabytes: number): number[] {
  const parts = spawnSync(process.execPath, [module, 'parts'], { encoding: 'utf8' }).stdout.trim().split(' ');
  return WIRES.flatMap((wire) => parts.map((part) => runAlone(module, heapGigabytes, wire, part)));
}

/** Answers the exit code. */
function runAlone(module: string, heapGigabytes: number, ...args: string[]): number {
  const heapLimit = `--max-old-space-size=${heapGigabytes * 1024}`;
  // No status: the process was ended, for want of heap.
  return spawnSync(process.execPath, [heapLimit, module, ...args], { stdio: 'inherit' }).status ?? 1;
}

void run().then((status) => {
  process.exitCode = status;
});
