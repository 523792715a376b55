import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const DEFAULT_IMPORT = /^import (\w+)((?:, *\{[^}]*\})|(?:, *\* as \w+))? from (['"])([^.'"][^'"]*)\3;/gm;

/**
 * `@grafana/*` publish ES modules as `.mjs`, and for those bundlers follow Node's rule that a default import of a
 * CommonJS package is its `module.exports`. `import Scrollbars from 'react-custom-scrollbars-2'` (an `__esModule`
 * package) then yields an object, and React dies with error 130. Grafana's own build unwraps such defaults; so do we.
 */
const unwrapCommonJsDefaults = (): Plugin => ({
  name: 'unwrap-commonjs-defaults',
  enforce: 'pre',
  transform(code, id) {
    if (!/node_modules\/@grafana\/[^/]+\/dist\/esm\/.*\.mjs$/.test(id)) {
      return undefined;
    }
    return code.replace(
      DEFAULT_IMPORT,
      (_match, name: string, rest: string | undefined, quote: string, source: string) =>
        `import __raw_${name}${rest ?? ''} from ${quote}${source}${quote}; ` +
        `const ${name} = __raw_${name}?.__esModule ? __raw_${name}.default : __raw_${name};`
    );
  },
});

export default defineConfig({
  root: fileURLToPath(new URL('./host', import.meta.url)),
  base: '/',
  // Warnings here are about the insides of packages; errors stop the build.
  logLevel: 'error',
  plugins: [unwrapCommonJsDefaults()],
  // React's development build: the workbench is for people who read error messages.
  define: { 'process.env.NODE_ENV': '"development"', global: 'globalThis' },
  oxc: { jsx: { runtime: 'automatic', development: false } },
  build: {
    outDir: fileURLToPath(new URL('./dist-host', import.meta.url)),
    emptyOutDir: true,
    sourcemap: false,
    minify: false,
    chunkSizeWarningLimit: 99_999,
    target: 'es2022',
  },
  resolve: {
    // Two copies of any of these are two worlds: contexts, singletons and `instanceof` would not meet.
    dedupe: ['react', 'react-dom', 'i18next', 'rxjs', '@emotion/css', '@emotion/react', '@grafana/data', '@grafana/ui'],
  },
});
