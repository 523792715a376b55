import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { EXAMPLES_FOLDER, PROVISIONING_EXAMPLES } from '../../scripts/docs/provisioningExample';
import { AUTO_BACKEND, autoDefinition } from '../../src/backends/autoDefinition';
import { backendDefinitions } from '../../src/backends/index';
import { parseProvisioning } from '../../workbench/server/provisioning';
import { ROOT, textOf } from './sources';

const definitions = [autoDefinition(backendDefinitions), ...backendDefinitions];
const pluginId: unknown = JSON.parse(textOf('src/plugin.json')).id;

it('there is an example for every backend, and for finding out (npm run docs)', () => {
  const names = readdirSync(path.join(ROOT, EXAMPLES_FOLDER)).map((file) => path.basename(file, '.yaml'));
  expect(names.sort()).toEqual([AUTO_BACKEND, ...backendDefinitions.map(({ id }) => id)].sort());
});

it.each(definitions.map((definition) => [definition.id, definition] as const))('%s.yaml is sound', (id, definition) => {
  const text = textOf(`${EXAMPLES_FOLDER}/${id}.yaml`);
  expect(text).toBe(PROVISIONING_EXAMPLES.get(`${id}.yaml`));
  expect(parseProvisioning(text, `${id}.yaml`, {}).datasources).toHaveLength(1);
  const [datasource] = parse(text).datasources;
  expect(datasource).toMatchObject({
    type: pluginId,
    access: 'proxy',
    url: definition.exampleUrl,
    jsonData: { backend: id },
  });
  for (const { key, options, defaultValue } of definition.settingsFields) {
    expect(datasource.jsonData[key]).toBe(defaultValue);
    // The comment above the key names the choices.
    const comment = text.split('\n').find((_, at, lines) => lines[at + 1]?.includes(`${key}:`)) ?? '';
    expect(comment.match(/[\w-]+/g)?.filter((word) => word !== 'or')).toEqual(options.map(({ value }) => value));
  }
});
