import { traceFromText } from '../../testkit/traceFromText';
import type { SpanConditions } from '../model/matchSpan';
import { matchTraces } from './matchTraces';

const trace = traceFromText(`
  web   GET /  [0----20]  server {code=500 size=1}
  cart    load   [2--4]   client {code=200 size=2}
`);
const attribute = (key: string, operator: '=' | '!=', value: string): SpanConditions => ({
  attributes: [{ key, operator, value }],
});

test.each<[name: string, server: SpanConditions, here: SpanConditions, matches: boolean]>([
  ['one span fulfils both sides', { services: ['cart'] }, attribute('code', '!=', '500'), true],
  ['two spans do, each one', { services: ['web'] }, attribute('code', '!=', '500'), false],
  ['the server saw more than is here', attribute('log.field', '=', 'x'), attribute('code', '!=', '500'), true],
  ['but not on the span in question', { services: ['web'], ...attribute('size', '=', '2') }, {}, false],
])('%s: %s', (_name, server, here, matches) => {
  expect(matchTraces([trace], { server, here })).toHaveLength(matches ? 1 : 0);
});
