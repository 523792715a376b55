import 'systemjs/dist/system.js';
import 'systemjs/dist/extras/amd.js';
import 'systemjs/dist/extras/named-register.js';
import type { DataSourceApi, DataSourcePlugin, DataSourcePluginMeta } from '@grafana/data';
import { REFUSED_MODULES } from './sharedModuleNames';
import { sharedModules } from './sharedModules';

/** The prefix under which Grafana's own loader registers shared modules (features/plugins/loader/constants.ts). */
const SHARED = 'package:';

let isReady = false;

/** Registers every shared module with SystemJS and maps its bare name to it, once per page. */
function prepareSystemJs(): void {
  if (isReady) {
    return;
  }
  isReady = true;
  const imports: Record<string, string> = {};
  for (const [name, shared] of Object.entries(sharedModules)) {
    imports[name] = SHARED + name;
    System.set(SHARED + name, shared as System.Module);
  }
  for (const [name, reason] of Object.entries(REFUSED_MODULES)) {
    imports[name] = SHARED + name;
    System.register(SHARED + name, [], () => ({
      execute: () => {
        throw new Error(`The plugin imports "${name}", which Grafana does not offer it: ${reason}`);
      },
    }));
  }
  System.addImportMap({ imports });
}

/** The plugin as `module.js` exports it; the type arguments are erased because the host must not know the plugin's. */
export type LoadedPlugin = DataSourcePlugin<DataSourceApi>;

/**
 * Loads the built AMD bundle at `meta.module` the way Grafana does: through SystemJS, by script tag, with the shared
 * modules above and nothing else. Rejects when the bundle asks for a module that is not shared, or exports no plugin.
 */
export async function loadPlugin(meta: DataSourcePluginMeta): Promise<LoadedPlugin> {
  prepareSystemJs();
  const loaded: { plugin?: LoadedPlugin } = await System.import(`${meta.module}?_cache=${meta.info.version}`);
  if (!loaded.plugin) {
    throw new Error(`${meta.module} has no export named "plugin".`);
  }
  loaded.plugin.meta = meta as LoadedPlugin['meta'];
  return loaded.plugin;
}
