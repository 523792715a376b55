/**
 * `npm run docs`: writes the parts of docs/ that are made from the code, and the provisioning examples. The tests in
 * tests/house fail until that is done.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXAMPLES_FOLDER, PROVISIONING_EXAMPLES } from './docs/provisioningExample';
import { GENERATED_DOCS, withGeneratedParts } from './docs/generatedParts';

const ROOT = path.resolve(__dirname, '..');

function write(file: string, text: string): void {
  const place = path.join(ROOT, file);
  if (!existsSync(place) || readFileSync(place, 'utf8') !== text) {
    writeFileSync(place, text);
    console.log(`${file}: written`);
  }
}

for (const file of GENERATED_DOCS) {
  write(file, withGeneratedParts(readFileSync(path.join(ROOT, file), 'utf8')));
}
for (const [name, text] of PROVISIONING_EXAMPLES) {
  write(path.join(EXAMPLES_FOLDER, name), text);
}
