import { traceToText } from '../../../testkit/traceToText';
import { assembleTraces } from '../../model/assembleTrace';
import { decodeZipkin } from './decodeZipkin';

const AT = 1_772_366_400_000_000;
const web = { serviceName: 'web', ipv4: '10.0.0.1' };
const api = { serviceName: 'api', ipv4: '10.0.0.2' };
const note = (millis: number, value: string, endpoint: object) => ({ timestamp: AT + millis * 1_000, value, endpoint });
const span = (id: string, fields: object) => ({ traceId: '7f3a91c2d4e5b607', id, name: 'get', ...fields });

const draw = (spans: readonly object[]) =>
  assembleTraces(decodeZipkin(spans).spans)
    .map((trace) => traceToText(trace, { attributes: true }).replace(/^=.*\n/gm, ''))
    .join('\n');

test('both sides of a call in one span become its halves, each with what it told', () => {
  const call = span('a1', {
    timestamp: AT,
    duration: 10_000,
    annotations: [
      note(0, 'cs', web),
      note(2, 'sr', api),
      note(3, 'cache miss', api),
      note(8, 'ss', api),
      note(10, 'cr', web),
    ],
    binaryAnnotations: [
      { key: 'http.path', value: '/cart', endpoint: web },
      { key: 'error', value: 'busy', endpoint: api },
      { key: 'sa', value: true, endpoint: api },
      { key: 'ca', value: true, endpoint: web },
    ],
  });
  const below = span('b1', {
    parentId: 'a1',
    timestamp: AT + 4_000,
    duration: 1_000,
    binaryAnnotations: [{ key: 'lc', value: 'sql', endpoint: api }],
  });
  expect(draw([call, below])).toBe(
    `
web  get      [0---------------------10]  client {http.path="/cart" peer.service="api" network.peer.address="10.0.0.2"}
api    get         [2------------8]       server !"busy" {peer.service="web" network.peer.address="10.0.0.1"}
       @3 "cache miss"
api      get            [4--5]            internal {lc="sql"}`.trim()
  );
});

test.each<[string, object, string]>([
  [
    'a server alone',
    { timestamp: AT, duration: 5_000, annotations: [note(0, 'sr', api), note(5, 'ss', api)] },
    'api  get  [0----------------------5]  server',
  ],
  [
    'a client that got no answer',
    { annotations: [note(1, 'cs', web)] },
    'web  get  [0]                         client',
  ],
  [
    'a producer',
    { annotations: [note(0, 'ms', web)], duration: 2_000 },
    'web  get  [0----------------------2]  producer',
  ],
])('%s', (_, fields, expected) => {
  expect(
    draw([span('a1', fields)])
      .split('\n')[0]
      .replace(/\s+/g, ' ')
  ).toBe(expected.replace(/\s+/g, ' '));
});
