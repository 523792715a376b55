import path from 'node:path';
import { describeBackend } from '../contract/describeBackend';
import { recordedWorld } from '../contract/recordedWorld';
import { jaeger } from './definition';
import { JAEGER_SERVERS } from './testdata/servers';

for (const { asked } of JAEGER_SERVERS) {
  for (const { recording, ...expectations } of asked) {
    const world = recordedWorld(path.join(__dirname, 'testdata', recording));
    describeBackend(jaeger, { server: recording, world, ...expectations });
  }
}
