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

it('takes what more than fifty services have for what any has, and still tells whom it has seen', () => {
  const learned = new LearnedAttributes();
  const names = Array.from({ length: 60 }, (_, index) => `s${index}`);
  const observe = (services: readonly string[]) =>
    learned.observe([
      traceFromText(services.map((name) => `${name}  GET /  [0-1]  {method="GET" only="${name}"}`).join('\n')),
    ]);
  observe(names.slice(0, 50));
  expect([learned.values('method', ['s49']), learned.values('method', ['s50'])]).toEqual([['GET'], []]);
  observe(names.slice(50));
  expect(learned.values('method', ['s59'])).toEqual(['GET']);
  expect(learned.values('only', ['s59'])).toEqual(['s59']);
  expect(learned.keys(['s7']).slice().sort()).toEqual(['method', 'only', 'service.name']);
  expect([learned.knows(['s59']), learned.knows(['unseen'])]).toEqual([true, false]);
});

it('stays within bounds', () => {
  const learned = new LearnedAttributes();
  const many = Array.from({ length: 600 }, (_, index) => `k${index}=${index} same=${index}`).join(' ');
  learned.observe([traceFromText(`web  GET /  [0-1]  {${many} long="${'x'.repeat(201)}"}`)]);
  expect(learned.keys([]).length).toBeLessThanOrEqual(500);
  expect(learned.values('same', []).length).toBe(100);
  expect(learned.keys([])).not.toContain('long');
});
