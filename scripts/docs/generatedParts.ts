import { readFileSync } from 'node:fs';
import path from 'node:path';
import { backendDefinitions } from '../../src/backends/index';
import { renderStoresTable } from './storesTable';

const ROOT = path.resolve(__dirname, '../..');

/** Documents with parts that are made from the code. */
export const GENERATED_DOCS: readonly string[] = ['docs/stores.md', 'docs/adding-a-backend.md'];

/**
 * A document with its generated parts as they should be: the table between `<!-- stores -->` and `<!-- /stores -->`, and
 * the text of `file=…` in the code block that names it.
 */
export function withGeneratedParts(text: string): string {
  return text
    .replace(
      /(<!-- stores -->)[\s\S]*?(<!-- \/stores -->)/,
      (_, start: string, end: string) => `${start}\n\n${renderStoresTable(backendDefinitions)}\n\n${end}`
    )
    .replace(
      /^(```ts file=(\S+)\n)[\s\S]*?^```$/gm,
      (_, start: string, file: string) => `${start}${readFileSync(path.join(ROOT, file), 'utf8')}\`\`\``
    );
}
