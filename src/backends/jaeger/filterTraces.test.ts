import { traceFromText } from '../../../testkit/traceFromText';
import { nanoseconds } from '../../model/time';
import type { SearchRequest } from '../backend';
import { filterTraces } from './filterTraces';

const trace = traceFromText(`
  = web {service.name="web" host.name="a"}
  web   GET /  [0----20]  server {http.status_code=500 ok=true __proto__="x" list=[1]} !"bad" (lib 1.2 {k="v"}) @5 retry {attempt=2}
  cart    load   [2--4]   client {http.status_code=200}
`);
const asked = { attributes: [], limit: 1, window: { fromUnixNano: 0n, toUnixNano: 1n } };
const isFound = (request: Partial<SearchRequest>) => filterTraces([trace], { ...asked, ...request }).length === 1;

it.each<[key: string, value: string, found: boolean]>([
  ['http.status_code', '500', true],
  ['http.status_code', '5', false],
  ['ok', 'true', true],
  ['__proto__', 'x', true],
  ['toString', 'x', false],
  ['list', '1', false],
  ['host.name', 'a', true],
  ['attempt', '2', true],
  ['k', 'v', true],
  ['error', 'true', true],
  ['error', 'false', true],
  ['span.kind', 'CLIENT', true],
  ['span.kind', 'producer', false],
  ['otel.status_code', 'ERROR', true],
  ['otel.scope.name', 'lib', true],
  ['otel.scope.version', '1.3', false],
])('%s=%s: %s', (key, value, found) => {
  expect(isFound({ attributes: [{ key, operator: '=', value }] })).toBe(found);
});

it.each<[name: string, request: Partial<SearchRequest>, found: boolean]>([
  ['one span fulfils all', { service: 'cart', spanName: 'load', minDuration: nanoseconds(2e6) }, true],
  ['no single span does', { service: 'cart', minDuration: nanoseconds(2e6 + 1) }, false],
  ['the longest allowed', { service: 'web', maxDuration: nanoseconds(20e6) }, true],
  ['too long', { service: 'web', maxDuration: nanoseconds(20e6 - 1) }, false],
])('%s', (_, request, found) => {
  expect(isFound(request)).toBe(found);
});
