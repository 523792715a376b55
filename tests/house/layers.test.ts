import ts from 'typescript';
import { backendFolders } from './backendFolders';
import { backendLayer, LAYERS, violations, type Layer } from './layers';
import { importsOf, isTestCode, productionFiles, textOf } from './sources';

const layers: readonly Layer[] = [...LAYERS, ...backendFolders().map(backendLayer)];

it('imports point one way', () => {
  expect(
    violations(
      productionFiles().flatMap((file) => importsOf(file)),
      layers
    )
  ).toEqual([]);
});

it('test language stays out of production code', () => {
  const outside = productionFiles().flatMap((file) =>
    importsOf(file).filter(({ isPackage, target }) => !isPackage && (!target.startsWith('src/') || isTestCode(target)))
  );
  expect(outside).toEqual([]);
});

// Whoever changes the rule changes what people read about it.
test.each([...LAYERS, backendLayer('<id>')])('docs/architecture.md has the row of $files', (layer) => {
  const row = textOf('docs/architecture.md')
    .split('\n')
    .find((line) => line.replace(/ +/g, ' ').startsWith(`| \`${layer.files}\` | `) && line.split('|').length === 5);
  const written = [...(row ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  const { files, may, types = [], packages = [], typePackages = [] } = layer;
  const ruled = [files, ...may, ...types, ...packages, ...typePackages].filter((name) => !isOwnPart(name, files));
  expect(new Set(written)).toEqual(new Set([files, ...ruled]));
});

/** A folder's own files need no mention. */
function isOwnPart(name: string, files: string): boolean {
  return files.endsWith('/') && name.startsWith(files);
}

describe('the table can be broken', () => {
  const lines = (file: string, text: string) =>
    violations(importsOf(file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)), [
      ...layers,
      backendLayer('one'),
      backendLayer('two'),
    ]);

  test.each<[string, string, string]>([
    [
      'src/model/trace.ts',
      `import { readText } from '../query/readQuery';`,
      `src/model/trace.ts:1 may not import '../query/readQuery'`,
    ],
    [
      'src/query/query.ts',
      `\nimport { z } from '@grafana/schema';`,
      `src/query/query.ts:2 may not import '@grafana/schema': types only (import type)`,
    ],
    ['src/query/query.ts', `export * from '../model/trace';`, `src/query/query.ts:1 may not import '../model/trace'`],
    [
      'src/frames/x.ts',
      `import { getBackendSrv } from '@grafana/runtime';`,
      `src/frames/x.ts:1 may not import '@grafana/runtime'`,
    ],
    ['src/backends/one/x.ts', `import { y } from '../two/y';`, `src/backends/one/x.ts:1 may not import '../two/y'`],
    [
      'src/backends/one/x.ts',
      `import { y } from '../../frames/y';`,
      `src/backends/one/x.ts:1 may not import '../../frames/y'`,
    ],
    [
      'src/datasource/x.ts',
      `const x = await import('../editors/X');`,
      `src/datasource/x.ts:1 may not import '../editors/X'`,
    ],
    [
      'src/datasource/x.ts',
      `import { y } from '../backends/jaeger/definition';`,
      `src/datasource/x.ts:1 may not import '../backends/jaeger/definition'`,
    ],
    ['src/datasource/x.ts', `import 'react';`, `src/datasource/x.ts:1 may not import 'react'`],
    [
      'src/editors/X.tsx',
      `import { TraceDataSource } from '../datasource/TraceDataSource';`,
      `src/editors/X.tsx:1 may not import '../datasource/TraceDataSource': types only (import type)`,
    ],
    [
      'src/editors/X.tsx',
      `import { type A, b } from '../datasource/settings';`,
      `src/editors/X.tsx:1 may not import '../datasource/settings': types only (import type)`,
    ],
    [
      'src/shared/x.ts',
      `import '../model/trace';`,
      `src/shared/x.ts:1 lies in no folder of the table in tests/house/layers.ts`,
    ],
  ])('%s: %s', (file, text, line) => {
    expect(lines(file, text)).toEqual([line]);
  });

  test.each([
    ['src/editors/X.tsx', `import type { TraceDataSource } from '../datasource/TraceDataSource';`],
    ['src/editors/X.tsx', `import { type A, type B } from '../datasource/settings';`],
    ['src/editors/X.tsx', `type A = import('../datasource/settings').TraceJsonData;`],
    ['src/backends/one/x.ts', `import { encodePath } from '../http';`],
  ])('%s: %s is fine', (file, text) => {
    expect(lines(file, text)).toEqual([]);
  });
});
