import path from 'node:path';
import { describeBackend } from '../contract/describeBackend';
import { recordedWorld } from '../contract/recordedWorld';
import { zipkin } from './definition';
import { ZIPKIN_SERVER } from './testdata/servers';

const { recording, expectations } = ZIPKIN_SERVER;

describeBackend(zipkin, {
  server: recording,
  world: recordedWorld(path.join(__dirname, 'testdata', recording)),
  ...expectations,
});
