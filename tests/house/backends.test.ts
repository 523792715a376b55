import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { backendFolders } from './backendFolders';
import { importsOf, parsed, productionFiles, ROOT, textOf } from './sources';

const folders = backendFolders();

it('there is a backend to look at', () => {
  expect(folders).toContain('jaeger');
});

describe.each(folders)('backends/%s', (id) => {
  it('has a definition with the id of its folder', () => {
    expect(stringLiterals(`src/backends/${id}/definition.ts`).map(({ text }) => text)).toContain(id);
  });

  it('is in the list', () => {
    const listed = importsOf('src/backends/index.ts').map(({ target }) => target);
    expect(listed).toContain(`src/backends/${id}/definition.ts`);
  });

  it('passes the contract suite, on recorded answers', () => {
    const folder = path.join(ROOT, 'src/backends', id);
    const contracts = readdirSync(folder).filter((name) => name.endsWith('.contract.test.ts'));
    expect(contracts).not.toEqual([]);
    expect(contracts.map((name) => textOf(`src/backends/${id}/${name}`)).join('\n')).toMatch(/\bdescribeBackend\(/);
    expect(existsSync(path.join(folder, 'testdata'))).toBe(true);
  });

  it('is named nowhere else in production code', () => {
    const named = productionFiles()
      .filter((file) => !file.startsWith('src/backends/'))
      .flatMap(stringLiterals)
      .filter(({ text }) => text === id)
      .map(({ place }) => place);
    expect(named).toEqual([]);
  });
});

function stringLiterals(file: string): ReadonlyArray<{ readonly text: string; readonly place: string }> {
  const source = parsed(file);
  const found: Array<{ text: string; place: string }> = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ text: node.text, place: `${file}:${line + 1} ${node.getText()}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
