/** `npm run docs`: writes the parts of docs/ that are made from the code. tests/house/docs.test.ts fails until that is done. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GENERATED_DOCS, withGeneratedParts } from './docs/generatedParts';

for (const file of GENERATED_DOCS) {
  const place = path.resolve(__dirname, '..', file);
  const before = readFileSync(place, 'utf8');
  const after = withGeneratedParts(before);
  if (after !== before) {
    writeFileSync(place, after);
    console.log(`${file}: written`);
  }
}
