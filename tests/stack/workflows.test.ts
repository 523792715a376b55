/** What the workflows run, as far as it can be checked without GitHub. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readCompose, readYaml, ROOT, stringsIn } from './readStack';

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const FOLDER = '.github/workflows';
const files = readdirSync(path.join(ROOT, FOLDER));
const workflows = files.map((file) => [file, readYaml(`${FOLDER}/${file}`) as Workflow] as const);
const ci = readYaml(`${FOLDER}/ci.yml`) as Workflow;
const commands = Object.values(ci.jobs).flatMap(({ steps }) => steps.flatMap(({ run = '' }) => run.split('\n')));
const { scripts } = jest.requireActual<{ scripts: Record<string, string> }>('../../package.json');

/** Parts of `test:ci`, or run by hand only. */
const NOT_FOR_CI = ['test:unit', 'test:watch', 'test:contract'];

test.each(Object.keys(scripts).filter((name) => name.startsWith('test:') && !NOT_FOR_CI.includes(name)))(
  'a job runs %s',
  (name) => {
    expect(commands).toContain(`npm run ${name}`);
  }
);

test.each(workflows)('%s runs no script that does not exist, and has no empty placeholder', (_, { jobs }) => {
  for (const text of stringsIn(jobs)) {
    for (const [, name] of text.matchAll(/npm run ([\w:-]+)/g)) {
      expect(Object.keys(scripts)).toContain(name);
    }
    expect(text).not.toMatch(/^\$$|\$\{\{\s*\}\}/);
  }
});

test('the stack that is tested takes the artifact, and builds nothing over it', () => {
  const start = ci.jobs['playwright-tests'].steps.find(({ run }) => run?.includes('docker compose'));
  expect(start?.env?.PLUGIN_BUILD).toBe('true');
  expect(stringsIn(readCompose().services.plugin.command).join(' ')).toContain('${PLUGIN_BUILD:-npm ci');
});
