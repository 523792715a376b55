import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describeBackend } from '../contract/describeBackend';
import { recordedWorld } from '../contract/recordedWorld';
import { tempo } from './definition';
import { IMITATED_VERSIONS, RECORDED_VERSIONS } from './testdata/servers';

const servers = [...RECORDED_VERSIONS, ...IMITATED_VERSIONS];

it('every recording belongs to a server', () => {
  const folders = readdirSync(path.join(__dirname, 'testdata'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory()
  );
  expect(folders.map(({ name }) => name).sort()).toEqual(servers.map(({ recording }) => recording).sort());
});

for (const { recording, ...expectations } of servers) {
  describeBackend(tempo, {
    server: recording,
    world: recordedWorld(path.join(__dirname, 'testdata', recording)),
    ...expectations,
  });
}
