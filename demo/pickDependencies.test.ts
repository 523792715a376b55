import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const SHOP = __dirname;

it('the image installs every package that the shop imports, and no other', () => {
  const sources = readdirSync(SHOP, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(path.join(SHOP, name), 'utf8'));
  const imported = sources.flatMap((source) =>
    [...source.matchAll(/from '((?:@[\w-]+\/)?[a-z][\w-]*)'/g)].map((match) => match[1])
  );
  const picked = [...readFileSync(path.join(SHOP, 'pickDependencies.mjs'), 'utf8').matchAll(/^ {2}'(.+)',$/gm)].map(
    (match) => match[1]
  );
  // tsx runs the rest and is imported by nobody.
  expect(picked.sort()).toEqual([...new Set([...imported, 'tsx'])].sort());
});

it('the image copies the shop and nothing it could need from elsewhere', () => {
  const dockerfile = readFileSync(path.join(SHOP, 'Dockerfile'), 'utf8');
  const copied = [...dockerfile.matchAll(/^COPY (\S+)/gm)].map((match) => match[1]);
  expect(copied).toEqual(['package.json', 'demo/pickDependencies.mjs', 'demo']);
});
