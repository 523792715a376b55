/**
 * The scaffold's configuration with two changes:
 * - the target: it compiles to ES2015, which turns every async function into a generator and makes our bundle half as
 *   large again; the browsers that Grafana 12.3 supports all run ES2022;
 * - what is copied: it copies every JSON file below src/, and ours include recorded answers for tests.
 */
import CopyWebpackPlugin from 'copy-webpack-plugin';
import type { Configuration, RuleSetRule } from 'webpack';
import { copyFilePatterns } from './.config/bundler/copyFiles.ts';
import scaffold, { type Env } from './.config/webpack/webpack.config.ts';

interface SwcLoader {
  readonly loader: string;
  readonly options: { readonly jsc: Record<string, unknown> };
}

function isSwcLoader(use: RuleSetRule['use']): use is RuleSetRule['use'] & SwcLoader {
  return typeof use === 'object' && use !== null && 'loader' in use && use.loader === 'swc-loader';
}

function withModernTarget(rule: RuleSetRule): RuleSetRule {
  if (!isSwcLoader(rule.use)) {
    return rule;
  }
  const { options } = rule.use;
  return { ...rule, use: { ...rule.use, options: { ...options, jsc: { ...options.jsc, target: 'es2022' } } } };
}

/** The pattern that would copy testdata; the others name single files. */
const EVERY_JSON = '**/*.json';

function withoutTestdata(plugin: NonNullable<Configuration['plugins']>[number]) {
  if (!(plugin instanceof CopyWebpackPlugin)) {
    return plugin;
  }
  return new CopyWebpackPlugin({
    patterns: copyFilePatterns.map((pattern) =>
      pattern.from === EVERY_JSON ? { ...pattern, globOptions: { ignore: ['**/testdata/**'] } } : pattern
    ),
  });
}

export default async function config(env: Env): Promise<Configuration> {
  const base = await scaffold(env);
  const rules = (base.module?.rules ?? []) as RuleSetRule[];
  return {
    ...base,
    module: { ...base.module, rules: rules.map(withModernTarget) },
    plugins: base.plugins?.map(withoutTestdata),
  };
}
