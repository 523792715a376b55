import type { Import } from './sources';

/**
 * Which way imports point: docs/architecture.md in a form that can be tested. Paths are prefixes below `src/`; a folder
 * may always import from itself. `types` may be imported with `import type` only.
 */
export interface Layer {
  /** Prefix of the files the rule is for; the longest that fits a file counts. */
  readonly files: string;
  readonly may: readonly string[];
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  readonly typePackages?: readonly string[];
}

export const LAYERS: readonly Layer[] = [
  { files: 'model/', may: ['model/'] },
  { files: 'wire/', may: ['wire/', 'model/'], packages: ['@bufbuild/protobuf'] },
  { files: 'analysis/', may: ['analysis/', 'model/'] },
  {
    files: 'query/',
    may: ['query/', 'model/time.ts', 'model/ids.ts', 'model/valuePattern.ts'],
    types: ['model/notice.ts'],
    packages: ['parse-duration'],
    typePackages: ['@grafana/schema'],
  },
  // The types and ports that every backend shares. They name no backend.
  {
    files: 'backends/',
    may: [
      'backends/backend.ts',
      'backends/http.ts',
      'backends/errors.ts',
      'backends/readAnswer.ts',
      'backends/Detection.ts',
      'backends/recognizeStore.ts',
      'backends/AutoBackend.ts',
      'wire/',
      'model/',
    ],
    types: ['query/'],
  },
  // The list: the only file that knows all backends.
  { files: 'backends/index.ts', may: ['backends/'] },
  {
    files: 'frames/',
    may: ['frames/', 'model/', 'analysis/'],
    types: ['query/'],
    packages: ['@grafana/data'],
    typePackages: ['@grafana/schema'],
  },
  {
    files: 'datasource/',
    may: [
      'datasource/',
      'frames/',
      'analysis/',
      'query/',
      'wire/',
      'model/',
      'backends/index.ts',
      'backends/autoDefinition.ts',
      'backends/http.ts',
      'backends/errors.ts',
    ],
    types: ['backends/backend.ts'],
    packages: ['@grafana/data', '@grafana/runtime', 'lodash', 'rxjs'],
    typePackages: ['@grafana/schema'],
  },
  {
    files: 'editors/',
    // The data source itself comes in as a property, never as an import.
    may: ['editors/', 'query/', 'backends/index.ts', 'backends/autoDefinition.ts', 'model/time.ts'],
    types: ['datasource/', 'backends/backend.ts'],
    packages: [
      'react',
      '@grafana/data',
      '@grafana/plugin-ui',
      '@grafana/runtime',
      '@grafana/ui',
      '@grafana/lezer-traceql',
      '@emotion/css',
      'lodash',
    ],
    typePackages: ['@lezer/common'],
  },
  {
    files: 'module.ts',
    may: ['datasource/', 'editors/'],
    types: ['query/'],
    packages: ['@grafana/data', 'react'],
  },
];

/** The rule for a backend's own folder: it knows the shared types and never another backend. */
export function backendLayer(id: string): Layer {
  return {
    files: `backends/${id}/`,
    may: [
      `backends/${id}/`,
      'backends/http.ts',
      'backends/errors.ts',
      'backends/readAnswer.ts',
      'backends/Detection.ts',
      'backends/assembleOne.ts',
      'model/',
      'wire/',
      ...QUERY_READERS,
    ],
    types: ['backends/backend.ts', 'query/'],
  };
}

/** What a dialect needs in order to turn a saved query of another plugin into ours. */
const QUERY_READERS = [
  'query/readQuery.ts',
  'query/readTraceText.ts',
  'query/searchText.ts',
  'query/traceqlText.ts',
  'query/variableText.ts',
  'query/foreign/tempoSearch.ts',
];

/** One line for each import that breaks a rule, in the form editors make clickable. */
export function violations(imports: readonly Import[], layers: readonly Layer[]): readonly string[] {
  return imports.flatMap((entry) => {
    const layer = layerOf(entry.file, layers);
    if (!layer) {
      return [`${entry.file}:${entry.line} lies in no folder of the table in tests/house/layers.ts`];
    }
    return isAllowed(entry, layer)
      ? []
      : [`${entry.file}:${entry.line} may not import '${entry.specifier}'${hint(entry, layer)}`];
  });
}

function layerOf(file: string, layers: readonly Layer[]): Layer | undefined {
  return layers
    .filter((layer) => file.startsWith(`src/${layer.files}`))
    .reduce<Layer | undefined>(
      (best, layer) => (best && best.files.length >= layer.files.length ? best : layer),
      undefined
    );
}

function isAllowed(entry: Import, layer: Layer): boolean {
  const { any, types } = listsFor(entry, layer);
  return fits(entry, any) || (entry.isTypeOnly && fits(entry, types));
}

function hint(entry: Import, layer: Layer): string {
  return fits(entry, listsFor(entry, layer).types) ? ': types only (import type)' : '';
}

function listsFor(entry: Import, layer: Layer): { any: readonly string[]; types: readonly string[] } {
  return entry.isPackage
    ? { any: layer.packages ?? [], types: layer.typePackages ?? [] }
    : { any: layer.may, types: layer.types ?? [] };
}

function fits(entry: Import, allowed: readonly string[]): boolean {
  return entry.isPackage
    ? allowed.includes(entry.target)
    : allowed.some((prefix) =>
        prefix.endsWith('/') ? entry.target.startsWith(`src/${prefix}`) : entry.target === `src/${prefix}`
      );
}
