import { traceFromText } from '../../testkit/traceFromText';
import { LearnedAttributes } from './learnedAttributes';

const trace = traceFromText(`
  = web {service.name="web" host.name="a"}
  web   GET /  [0----20]  server {code=500 ok=true __proto__="x" list=[1]}
  cart    load   [2--4]   client {code=200}
`);

it('keeps keys and values of spans and their resources, by service', () => {
  const learned = new LearnedAttributes();
  expect(learned.knows([])).toBe(false);
  learned.observe([trace]);
  expect([...learned.keys([])].sort()).toEqual(['__proto__', 'code', 'host.name', 'ok', 'service.name']);
  expect(learned.values('code', [])).toEqual(['500', '200']);
  expect(learned.values('code', ['cart'])).toEqual(['200']);
  expect(learned.keys(['cart'])).toEqual(['code', 'service.name']);
  expect(learned.values('host.name', ['cart'])).toEqual([]);
  expect([learned.knows(['web']), learned.knows(['other'])]).toEqual([true, false]);
});

it('stays within bounds', () => {
  const learned = new LearnedAttributes();
  const many = Array.from({ length: 600 }, (_, index) => `k${index}=${index} same=${index}`).join(' ');
  learned.observe([traceFromText(`web  GET /  [0-1]  {${many} long="${'x'.repeat(201)}"}`)]);
  expect(learned.keys([]).length).toBeLessThanOrEqual(500);
  expect(learned.values('same', []).length).toBe(100);
  expect(learned.keys([])).not.toContain('long');
});
