import { GENERATED_DOCS, withGeneratedParts } from '../../scripts/docs/generatedParts';
import { backendDefinitions } from '../../src/backends/index';
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

test('a change of the code is seen', () => {
  const text = textOf('docs/stores.md').replace('| Search ', '| Seek ');
  expect(withGeneratedParts(text)).toBe(textOf('docs/stores.md'));
});
