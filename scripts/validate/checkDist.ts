import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface PluginJson {
  readonly id: string;
  readonly type: string;
  readonly info: {
    readonly description?: string;
    readonly version: string;
    readonly updated: string;
    readonly keywords?: readonly string[];
    readonly logos: { readonly small: string; readonly large: string };
    readonly links?: ReadonlyArray<{ readonly name: string; readonly url: string }>;
    readonly screenshots?: ReadonlyArray<{ readonly name: string; readonly path: string }>;
  };
  readonly dependencies: { readonly grafanaDependency: string };
}

/** One rule of the catalogue or of this project, with the sentences that say where it is broken. */
export interface Finding {
  readonly rule: string;
  readonly problems: readonly string[];
}

/** Licences that may enter the bundle; the project ships under Apache-2.0. */
const BUNDLED_LICENCES = ['Apache-2.0', 'MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'Unlicense', 'CC0-1.0'];

const UNSUBSTITUTED = /%(VERSION|TODAY|PLUGIN_ID)%/;

function checkIdentity(plugin: PluginJson): string[] {
  const problems: string[] = [];
  if (!/^[0-9a-z]+-([0-9a-z]+-)?datasource$/.test(plugin.id)) {
    problems.push(`plugin.json: the id "${plugin.id}" is not <org>-<name>-datasource in lower case.`);
  }
  if (!/^\d+\.\d+\.\d+/.test(plugin.info.version)) {
    problems.push(`plugin.json: version "${plugin.info.version}" is no semantic version.`);
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(plugin.info.updated)) {
    problems.push(`plugin.json: updated "${plugin.info.updated}" is no date.`);
  }
  if (!plugin.info.description || plugin.info.description.length > 200) {
    problems.push('plugin.json: a description of 1 to 200 characters is needed.');
  }
  if (!plugin.info.keywords?.length) {
    problems.push('plugin.json: keywords are missing.');
  }
  return problems;
}

function checkFiles(dist: string, plugin: PluginJson): string[] {
  const images = [
    plugin.info.logos.small,
    plugin.info.logos.large,
    ...(plugin.info.screenshots ?? []).map((s) => s.path),
  ];
  return ['module.js', 'README.md', 'CHANGELOG.md', 'LICENSE', ...images]
    .filter((file) => !existsSync(path.join(dist, file)))
    .map((file) => `dist/${file} is missing.`);
}

function checkTexts(dist: string): string[] {
  return ['plugin.json', 'README.md']
    .filter(
      (file) => existsSync(path.join(dist, file)) && UNSUBSTITUTED.test(readFileSync(path.join(dist, file), 'utf8'))
    )
    .map((file) => `dist/${file} still holds a placeholder of the scaffold.`);
}

function checkLinks(plugin: PluginJson): string[] {
  const links = plugin.info.links ?? [];
  if (links.length === 0) {
    return ['plugin.json: links are missing.'];
  }
  return links
    .filter((link) => !link.url.startsWith('https://'))
    .map((link) => `plugin.json: link "${link.name}" is not https.`);
}

/** The packages inside the bundle, read from its source maps. */
export function bundledPackages(dist: string): string[] {
  const packages = new Set<string>();
  for (const file of readdirSync(dist).filter((name) => name.endsWith('.js.map'))) {
    const { sources } = JSON.parse(readFileSync(path.join(dist, file), 'utf8')) as { sources: string[] };
    for (const source of sources) {
      const match = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source);
      if (match && match[1] !== 'grafana-public-path.js') {
        packages.add(match[1]);
      }
    }
  }
  return [...packages].sort();
}

/** Whether an SPDX expression leaves a choice that is on the list; of an `AND` every part must be. */
export function mayShip(expression: string): boolean {
  const [inner, content] = /\(([^()]*)\)/.exec(expression) ?? [];
  if (inner !== undefined) {
    // Innermost first: a pair of parentheses stands for one licence, on the list or not.
    return mayShip(expression.replace(inner, () => (mayShip(content) ? BUNDLED_LICENCES[0] : 'NONE')));
  }
  // `AND` binds tighter than `OR`.
  return expression
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => BUNDLED_LICENCES.includes(part.trim())));
}

function checkLicences(dist: string, modules: string): string[] {
  return bundledPackages(dist).flatMap((name) => {
    const file = path.join(modules, name, 'package.json');
    if (!existsSync(file)) {
      return [`${name} is bundled, but its package.json was not found, so its licence is unknown.`];
    }
    const { license } = JSON.parse(readFileSync(file, 'utf8')) as { license?: string };
    return mayShip(license ?? '')
      ? []
      : [`${name} is bundled under "${license}", which is not on the list of licences that may ship.`];
  });
}

/** Modules that the bundle asks its host for. Grafana refuses to load a plugin that asks for one it does not share. */
export function requestedModules(dist: string): string[] {
  const bundle = readFileSync(path.join(dist, 'module.js'), 'utf8');
  const match = /define\((?:"[^"]*",)?(\[[^\]]*\])/.exec(bundle);
  return match ? (JSON.parse(match[1]) as string[]) : [];
}

function checkRequests(dist: string, shared: readonly string[]): string[] {
  const requested = requestedModules(dist);
  if (requested.length === 0) {
    return ['module.js does not begin with an AMD define.'];
  }
  return requested
    .filter((name) => !shared.includes(name))
    .map((name) => `module.js asks for "${name}", which Grafana 12.3 does not share with plugins.`);
}

/** What `dist/` must satisfy before it may be packaged. */
export function checkDist(dist: string, modules: string, shared: readonly string[]): readonly Finding[] {
  const plugin = JSON.parse(readFileSync(path.join(dist, 'plugin.json'), 'utf8')) as PluginJson;
  return [
    { rule: 'identity and description', problems: checkIdentity(plugin) },
    { rule: 'files of the package', problems: checkFiles(dist, plugin) },
    { rule: 'placeholders replaced', problems: checkTexts(dist) },
    { rule: 'links', problems: checkLinks(plugin) },
    { rule: 'licences of what is bundled', problems: checkLicences(dist, modules) },
    { rule: 'modules asked of the host', problems: checkRequests(dist, shared) },
  ];
}
