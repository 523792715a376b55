import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describeBackend } from '../contract/describeBackend';
import { recordedWorld } from '../contract/recordedWorld';
import { jaeger } from './definition';
import { JAEGER_SERVERS } from './testdata/servers';

const recordings = JAEGER_SERVERS.flatMap(({ asked }) => asked.map(({ recording }) => recording));

it('every recording belongs to a server', () => {
  const folders = readdirSync(path.join(__dirname, 'testdata'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory()
  );
  expect(folders.map(({ name }) => name).sort()).toEqual([...recordings].sort());
});

for (const { asked } of JAEGER_SERVERS) {
  for (const { recording, ...expectations } of asked) {
    const world = recordedWorld(path.join(__dirname, 'testdata', recording));
    describeBackend(jaeger, { server: recording, world, ...expectations });
  }
}
