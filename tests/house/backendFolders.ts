import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './sources';

/** Ids of the backends: the folders of `src/backends` but for the shared test suite. */
export function backendFolders(): readonly string[] {
  return readdirSync(path.join(ROOT, 'src/backends'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'contract')
    .map((entry) => entry.name)
    .sort();
}
