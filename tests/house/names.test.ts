import path from 'node:path';
import ts from 'typescript';
import { importsOf, parsed, productionFiles, sourceFiles, textOf } from './sources';

const production = productionFiles();
const written = [...sourceFiles('src'), ...sourceFiles('testkit'), ...sourceFiles('tests/house')];

it('no file is longer than a person reads at once', () => {
  const long = production
    .map((file) => ({ file, lines: textOf(file).split('\n').length }))
    .filter(({ lines }) => lines > 351);
  expect(long).toEqual([]);
});

it('no drawer for everything', () => {
  const drawers = written.filter((file) => /(^|\/)(utils?|helpers?|common|shared|misc|types)(\/|\.tsx?$)/i.test(file));
  expect(drawers).toEqual([]);
});

// Every file named index is a list, and these are all there are.
it('no barrels', () => {
  expect(production.filter((file) => /\/index\.tsx?$/.test(file))).toEqual([
    'src/backends/index.ts',
    'src/query/foreign/index.ts',
  ]);
  const passedOn = production.flatMap((file) =>
    parsed(file)
      .statements.filter((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined)
      .map((statement) => `${file}: ${statement.getText()}`)
  );
  expect(passedOn).toEqual([]);
});

it('files are named in camelCase, components and classes in PascalCase', () => {
  const odd = written.filter((file) => {
    const name = path.posix.basename(file).replace(/\.tsx?$/, '');
    return !/^[A-Za-z][A-Za-z0-9]*(\.(contract\.)?test|\.bench|\.d)?$/.test(name);
  });
  expect(odd).toEqual([]);
});

it('nobody turns the type checker off', () => {
  const escapes = written.flatMap((file) => [...commentEscapes(file), ...anyTypes(file)]);
  expect(escapes).toEqual([]);
});

it('every import leads to a file', () => {
  const lost = written.flatMap((file) =>
    importsOf(file)
      .filter(({ isPackage, target }) => !isPackage && !/\.(tsx?|json)$/.test(target))
      .map(({ line, specifier }) => `${file}:${line} '${specifier}'`)
  );
  expect(lost).toEqual([]);
});

function commentEscapes(file: string): string[] {
  return textOf(file)
    .split('\n')
    .flatMap((text, index) =>
      /(\/\/|\/\*)\s*@ts-(ignore|nocheck)\b/.test(text) ? [`${file}:${index + 1} ${text.trim()}`] : []
    );
}

function anyTypes(file: string): string[] {
  const source = parsed(file);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} any`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
