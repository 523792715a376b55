import { TEST_EPOCH_NANO } from '../../testkit/flatSpan';
import { traceFromText } from '../../testkit/traceFromText';
import { summarizeTrace } from './summary';

it('counts spans and errors by service, most spans first and then by name', () => {
  const summary = summarizeTrace(
    traceFromText(`
      web   GET /    [0---20]  server
      cart    load   [2---10]  !
      cart    store  [11--12]  ok
      cart    check  [12--13]
      auth    token  [14--15]  !"no"
    `)
  );
  expect(summary).toEqual({
    traceId: '00000000000000000000000000000abc',
    startUnixNano: TEST_EPOCH_NANO,
    duration: 20_000_000,
    rootServiceName: 'web',
    rootSpanName: 'GET /',
    spanCount: 5,
    errorCount: 2,
    orphanCount: 0,
    services: [
      { name: 'cart', spanCount: 3, errorCount: 1 },
      { name: 'auth', spanCount: 1, errorCount: 1 },
      { name: 'web', spanCount: 1, errorCount: 0 },
    ],
  });
});

it('takes the duration of the whole trace, not of the root', () => {
  expect(
    summarizeTrace(
      traceFromText(`
        web   publish    [0---2]
        mail    consume     [5---30]
      `)
    ).duration
  ).toBe(30_000_000);
});

it('prefers a root that never named a parent to an earlier orphan', () => {
  const summary = summarizeTrace(
    traceFromText(`
      lost  early  [0---5]  ?
      web   GET /  [1---9]
    `)
  );
  expect([summary.rootServiceName, summary.rootSpanName, summary.orphanCount]).toEqual(['web', 'GET /', 1]);
});

it('names the earliest orphan as the root where there is nothing better', () => {
  const summary = summarizeTrace(
    traceFromText(`
      late   b  [3---5]  ?
      early  a  [1---9]  ?
    `)
  );
  expect([summary.rootServiceName, summary.orphanCount]).toEqual(['early', 2]);
});

it('counts services by names that a plain object would trip over', () => {
  const summary = summarizeTrace(
    traceFromText(`
      __proto__    a  [0---5]
      constructor  b  [1---4]
    `)
  );
  expect(summary.services.map((service) => service.name)).toEqual(['__proto__', 'constructor']);
});
