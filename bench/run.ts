/**
 * `npm run bench`: compiles `main.ts` as the plugin is compiled, into one module, and runs it in processes of its own. A
 * loader that compiles file by file would measure itself: it turns each call of an imported function into a look-up.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformSync } from '@swc/core';
import type { Plugin } from 'vite';
import { WIRES } from './bodies';
import budget from './budget.json';

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
  const { build } = await import('vite');
  const folder = mkdtempSync(path.join(tmpdir(), 'tracebridge-bench-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      plugins: [compileAsPlugin],
      build: {
        ssr: path.join(__dirname, 'main.ts'),
        outDir: folder,
        target: 'es2022',
        minify: false,
        rollupOptions: { output: { entryFileNames: 'main.mjs' } },
      },
    });
    const heapLimit = `--max-old-space-size=${budget.heapGigabytes * 1024}`;
    // A process per wire, as a page meets one of them: code that has seen both is compiled for both.
    const statuses = WIRES.map(
      (wire) =>
        // No status: the process was ended, for want of heap.
        spawnSync(process.execPath, [heapLimit, path.join(folder, 'main.mjs'), wire], { stdio: 'inherit' }).status ?? 1
    );
    return Math.max(...statuses);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void run().then((status) => {
  process.exitCode = status;
});
