/** Pictures of the pages: none is referred to that does not exist, and none lies there that no page shows. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT, textOf } from './sources';

const PAGES = [
  'README.md',
  'src/README.md',
  'workbench/README.md',
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The catalogue shows a page outside the repository, so its pictures have whole addresses. */
const OWN_ADDRESS = 'https://raw.githubusercontent.com/tracebridge/tracebridge-tracing-datasource/main/';

/** Paths from the root of what a page shows. */
function picturesOf(page: string): string[] {
  const references = textOf(page).matchAll(/(?:\]\(|src="|srcset=")([^)"\s]+\.(?:png|svg))/g);
  return [...references].map(([, address]) =>
    address.startsWith(OWN_ADDRESS)
      ? address.slice(OWN_ADDRESS.length)
      : path.posix.join(path.posix.dirname(page), address)
  );
}

test.each(PAGES)('%s shows pictures that exist', (page) => {
  expect(picturesOf(page).filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test.each(['docs/img', 'src/img'])('every picture in %s is shown by a page', (folder) => {
  // The logo is shown by Grafana.
  const files = readdirSync(path.join(ROOT, folder)).filter((name) => name !== 'logo.svg');
  const shown = new Set(PAGES.flatMap(picturesOf));
  expect(files.length).toBeGreaterThan(2);
  expect(files.map((name) => `${folder}/${name}`).filter((file) => !shown.has(file))).toEqual([]);
});

test('a picture in both themes is shown in both', () => {
  const shown = PAGES.flatMap(picturesOf);
  const themed = shown.filter((file) => /^docs\/img\/.*-(dark|light)\.png$/.test(file));
  const other = (file: string) =>
    file.replace(/(dark|light)\.png$/, (_, theme) => `${theme === 'dark' ? 'light' : 'dark'}.png`);
  expect(themed.filter((file) => !shown.includes(other(file)))).toEqual([]);
});
