import { GENERATED_DOCS, withGeneratedParts } from '../../scripts/docs/generatedParts';
import { backendDefinitions } from '../../src/backends/index';
import { COMPARE_VIEWS, SEARCH_VIEWS, TRACE_VIEWS } from '../../src/query/views';
import { textOf } from './sources';

test.each(GENERATED_DOCS)('%s says what the code does (npm run docs)', (file) => {
  expect(textOf(file)).toBe(withGeneratedParts(textOf(file)));
});

test('what is made from the code is there', () => {
  const stores = textOf('docs/stores.md');
  for (const { label } of backendDefinitions) {
    expect(stores).toMatch(new RegExp(`^\\|.*\\| ${label} +\\|`, 'm'));
  }
  expect(textOf('docs/adding-a-backend.md')).toContain('export const shelf: BackendDefinition');
});

test.each([
  ['## One trace', TRACE_VIEWS],
  ['## A search', SEARCH_VIEWS],
  ['## A comparison', COMPARE_VIEWS],
])('docs/views.md has every view of its part "%s"', (heading, views) => {
  const [, part] = textOf('docs/views.md').split(heading);
  const rows = [...part.split('\n## ')[0].matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  expect(rows).toEqual(expect.arrayContaining([...views]));
});

test('a change of the code is seen', () => {
  const text = textOf('docs/stores.md').replace('| Search ', '| Seek ');
  expect(withGeneratedParts(text)).toBe(textOf('docs/stores.md'));
});
