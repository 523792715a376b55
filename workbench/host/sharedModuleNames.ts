/**
 * Every bare module name that `.config/bundler/externals.ts` keeps out of the plugin's bundle, and that Grafana's loader
 * must therefore supply. A test compares the two lists.
 */
export const SHARED_MODULE_NAMES = [
  '@emotion/css',
  '@emotion/react',
  '@grafana/data',
  '@grafana/data/unstable',
  '@grafana/runtime',
  '@grafana/runtime/unstable',
  '@grafana/ui',
  '@grafana/ui/unstable',
  'd3',
  'emotion',
  'i18next',
  'jquery',
  'lodash',
  'moment',
  'prismjs',
  'react',
  'react-dom',
  'react-redux',
  'react-router',
  'react/jsx-dev-runtime',
  'react/jsx-runtime',
  'redux',
  'rxjs',
  'slate',
  'slate-plain-serializer',
] as const;

/**
 * External by the same list, yet refused by the workbench: importing one would fail in some supported Grafana, so a
 * bundle that needs it should fail here first.
 */
export const REFUSED_MODULES = {
  angular: 'Grafana removed AngularJS in version 12.',
  '@grafana/slate-react': 'It is not published on its own; use QueryField from @grafana/ui.',
} as const;

export type SharedModuleName = (typeof SHARED_MODULE_NAMES)[number];
