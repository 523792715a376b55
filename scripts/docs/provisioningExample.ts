import { backendDefinitions } from '../../src/backends/index';
import { autoDefinition } from '../../src/backends/autoDefinition';
import type { BackendDefinition } from '../../src/backends/backend';
import plugin from '../../src/plugin.json';

/** Where the examples are, a file each. */
export const EXAMPLES_FOLDER = 'provisioning/examples';

const auto = autoDefinition(backendDefinitions);

/** By file name: one for every backend, and one for a data source that finds out. */
export const PROVISIONING_EXAMPLES: ReadonlyMap<string, string> = new Map(
  [auto, ...backendDefinitions].map((definition) => [`${definition.id}.yaml`, renderProvisioningExample(definition)])
);

/** A data source of this kind as Grafana provisions it, with every setting that only this backend has. */
export function renderProvisioningExample(definition: BackendDefinition): string {
  const isAuto = definition.id === auto.id;
  const name = isAuto ? 'Traces' : definition.label;
  return [
    `# ${definition.description}${isAuto ? ' Leaving `backend` out means the same.' : ''}`,
    'apiVersion: 1',
    '',
    'datasources:',
    `  - name: ${name}`,
    `    uid: traces${isAuto ? '' : `-${definition.id}`}`,
    `    type: ${plugin.id}`,
    '    access: proxy',
    `    url: ${definition.exampleUrl}`,
    '    jsonData:',
    `      backend: ${definition.id}`,
    ...definition.settingsFields.flatMap(({ key, options, defaultValue }) => [
      `      # ${listOf(options.map(({ value }) => value))}`,
      `      ${key}: ${defaultValue}`,
    ]),
    '      nodeGraph:',
    '        enabled: true',
    '',
  ].join('\n');
}

function listOf(values: readonly string[]): string {
  return `${values.slice(0, -1).join(', ')} or ${values[values.length - 1]}`;
}
