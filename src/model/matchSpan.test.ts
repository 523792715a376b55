import { traceFromText } from '../../testkit/traceFromText';
import { compileAttributeTest, compileSpanTest, type AttributeCondition, type SpanConditions } from './matchSpan';
import { nanoseconds } from './time';

const trace = traceFromText(`
  = web {service.name="web" host.name="a"}
  web   GET /  [0----20]  server {http.status_code=500 ok=true size=1.5 text="two\\nlines" list=[1]} !"bad" (lib 1.2 {k="v"}) @5 retry {attempt=2}
`);
const [span] = trace.spans;

test.each<[key: string, operator: AttributeCondition['operator'], value: string, holds: boolean]>([
  ['http.status_code', '=', '500', true],
  ['http.status_code', '=', '5', false],
  ['http.status_code', '!=', '200', true],
  ['http.status_code', '!=', '500', false],
  ['http.status_code', '=~', '5..', true],
  ['http.status_code', '=~', '5', false],
  ['http.status_code', '!~', '5', true],
  ['http.status_code', '!~', '[45]..', false],
  ['http.status_code', '>', '499', true],
  ['http.status_code', '>', '500', false],
  ['http.status_code', '<', '500.5', true],
  ['http.status_code', '<', '500', false],
  ['http.status_code', '>', 'x', false],
  ['http.status_code', 'exists', '', true],
  ['size', '=', '1.5', true],
  ['ok', '=', 'true', true],
  ['ok', '>', '0', false],
  // Without the attribute only `exists` could say something, and it says no.
  ['absent', '=', '', false],
  ['absent', '!=', 'x', false],
  ['absent', '!~', 'x', false],
  ['absent', 'exists', '', false],
  ['toString', 'exists', '', false],
  ['list', '=', '1', false],
  ['list', 'exists', '', true],
  ['text', '=~', 'two.lines', true],
  ['text', '=~', 'TWO.*', false],
  ['text', '=~', '(?i)TWO.*', true],
  ['text', '=~', '(', false],
  ['text', '!~', '(', false],
  // Every place where Jaeger's storages look.
  ['host.name', '=', 'a', true],
  ['attempt', '<', '3', true],
  ['k', '=', 'v', true],
  ['service.name', '=~', 'w.*', true],
  // What decoders turn into fields.
  ['error', '=', 'true', true],
  ['error', '!=', 'true', false],
  ['error', 'exists', '', true],
  ['span.kind', '=', 'SERVER', true],
  ['span.kind', '!=', 'Server', false],
  ['span.kind', '=~', 'SER.*', true],
  ['otel.status_code', '=', 'ERROR', true],
  ['otel.scope.name', '!=', 'other', true],
  ['otel.scope.version', '=', '1.3', false],
])('%s %s %s: %s', (key, operator, value, holds) => {
  expect(compileAttributeTest({ key, operator, value })(span)).toBe(holds);
});

test.each<[SpanConditions, boolean]>([
  [{}, true],
  [{ services: ['cart', 'web'], spanNames: ['GET /'], statuses: ['ok', 'error'] }, true],
  [{ services: ['cart'] }, false],
  [{ spanNames: ['GET'] }, false],
  [{ statuses: ['ok'] }, false],
  [{ minDuration: nanoseconds(20e6), maxDuration: nanoseconds(20e6) }, true],
  [{ minDuration: nanoseconds(20e6 + 1) }, false],
  [{ maxDuration: nanoseconds(20e6 - 1) }, false],
  [{ services: ['web'], attributes: [{ key: 'ok', operator: '=', value: 'false' }] }, false],
])('%j: %s', (conditions, holds) => {
  expect(compileSpanTest(conditions)(span)).toBe(holds);
});
