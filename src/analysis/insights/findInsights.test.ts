import fc from 'fast-check';
import { checkProperty } from '../../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../../testkit/arbitrarySpans';
import { deepFreeze } from '../../../testkit/deepFreeze';
import { seededTrace } from '../../../testkit/seededTrace';
import { traceFromText } from '../../../testkit/traceFromText';
import { flatSpan, service, TEST_EPOCH_NANO } from '../../../testkit/flatSpan';
import { assembleTrace } from '../../model/assembleTrace';
import { SPANS_PER_STEP } from '../../model/cooperative';
import type { FlatSpan } from '../../model/flatSpan';
import type { Trace } from '../../model/trace';
import { findInsights, findInsightsSteps } from './findInsights';
import { INSIGHT_KINDS, MAX_PER_KIND, MAX_SPAN_IDS, type InsightKind } from './insight';

function textsOf(kind: InsightKind, drawing: string): readonly string[] {
  const trace = deepFreeze(traceFromText(drawing));
  return findInsights(trace, { enabled: new Set([kind]) }).map(({ text }) => text);
}

/** `count` lines one under the other, `lineOf(index)` each. */
function lines(count: number, lineOf: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => lineOf(index)).join('\n');
}

const FAILED: Partial<FlatSpan> = { status: { code: 'error' } };
const spanIdOf = (index: number) => index.toString(16).padStart(16, '0');

const root = (end: number, marks = '') => `shop  GET /cart   [0----${end}]  ${marks}\n`;

describe('n-plus-one', () => {
  const query = (index: number, marks = '') => `db      SELECT    [${index * 3}-${index * 3 + 2}] client ${marks}`;

  it('finds calls that repeat in sequence, whatever they ask for', () => {
    const drawing = root(40) + lines(12, (i) => query(i, `{db.statement="SELECT * FROM item WHERE id = ${i}"}`));
    expect(textsOf('n-plus-one', drawing)).toEqual([
      'shop: GET /cart calls db: SELECT 12 times in sequence, which takes 24ms of its 40ms (60%): one call for all of ' +
        'them may do.',
    ]);
  });

  it('sums up the same loop in several places', () => {
    const place = (from: number) =>
      `shop    load      [${from}-${from + 30}]\n` +
      lines(10, (i) => `db        SELECT  [${from + i * 3}-${from + i * 3 + 2}]`);
    expect(textsOf('n-plus-one', `${root(90)}${place(0)}\n${place(40)}`)).toEqual([
      'shop: load calls db: SELECT 10 times in sequence, which takes 20ms of its 30ms (67%): one call for all of them ' +
        'may do. The same happens in 2 places, with 20 calls in all.',
    ]);
  });

  it.each([
    ['nine calls', root(40) + lines(9, (i) => query(i))],
    ['calls at the same time', root(40) + lines(30, (i) => `db      SELECT    [${i % 3}-${20 + i}] client`)],
    ['calls that hardly take time', root(400) + lines(12, (i) => query(i))],
    [
      'a corner of the trace',
      `${root(1000)}shop    load    [0----40]\n${lines(12, (i) => `db        SELECT  [${i * 3}-${i * 3 + 2}] client`)}`,
    ],
    ['calls to several targets', root(40) + lines(12, (i) => query(i, `{server.address="host-${i}"}`))],
    ['different statements', root(40) + lines(12, (i) => query(i, `{db.statement="SELECT a${i}x FROM t"}`))],
    ['roots side by side', lines(12, (i) => `db  SELECT  [${i * 3}-${i * 3 + 2}] client`)],
  ])('is not found in %s', (_, drawing) => {
    expect(textsOf('n-plus-one', drawing)).toEqual([]);
  });
});

describe('retries', () => {
  it.each([
    [
      'that helped',
      `
      shop  GET /pay   [0-----------30]
      pay     charge     [0--5]          client !
      pay     charge         [8--13]     client !
      pay     charge              [20-28] client
      `,
      'shop: GET /pay called pay: charge 3 times: 2 attempts failed, and then succeeded. The last attempt began 20ms ' +
        'after the first, 10ms of it between the attempts; all ended after 28ms.',
    ],
    [
      'that did not',
      `
      shop  GET /pay   [0-----------30]
      pay     charge     [0--5]          client !
      pay     charge         [8--13]     client !
      `,
      'shop: GET /pay called pay: charge 2 times: 2 attempts failed, and it never succeeded. The last attempt began 8ms ' +
        'after the first, 3ms of it between the attempts; all ended after 13ms.',
    ],
  ])('finds attempts %s', (_, drawing, text) => {
    expect(textsOf('retries', drawing)).toEqual([text]);
  });

  it.each([
    [
      'a loop in which one item fails',
      `
      shop  GET  [0-----------30]
      pay     charge     [0--5]    client
      pay     charge     [5--10]   client !
      pay     charge     [10--15]  client
      pay     charge     [15--20]  client
      `,
    ],
    [
      'other items after a failed one',
      `
      shop  GET  [0-----------30]
      pay     charge     [0--5]    client ! {url.full="http://pay/1"}
      pay     charge     [5--10]   client {url.full="http://pay/2"}
      `,
    ],
    [
      'attempts at the same time',
      `
      shop  GET  [0-----------30]
      pay     charge     [0--5]    client !
      pay     charge     [2--10]   client
      `,
    ],
    [
      'one failure',
      `
      shop  GET  [0-----------30]
      pay     charge     [0--5]    client !
      pay     refund     [5--10]   client
      `,
    ],
  ])('are not found in %s', (_, drawing) => {
    expect(textsOf('retries', drawing)).toEqual([]);
  });
});

describe('sequential', () => {
  it('finds reading calls in a row, with what would be saved', () => {
    expect(
      textsOf(
        'sequential',
        `
        shop  GET /cart    [0---------30]
        shop    GET /user    [0---10]          client
        shop    GET /stock        [10-18]      client
        shop    GET /price           [18---30] client
        `
      )
    ).toEqual([
      'shop: GET /cart makes 3 reading calls one after the other (GET /user 10ms, GET /stock 8ms, GET /price 12ms). If ' +
        'none needs the result of another, making them at the same time would save about 18ms of 30ms (60%).',
    ]);
  });

  const three = (marks: readonly [string, string, string], starts = [0, 10, 20], names = ['GET a', 'GET b', 'GET c']) =>
    root(30) + lines(3, (i) => `shop    "${names[i]}"  [${starts[i]}-${starts[i] + 9.5}] ${marks[i]}`);

  it('finds the run that it is not found in, once the difference is gone', () => {
    expect(textsOf('sequential', three(['client', 'client', 'client']))).toHaveLength(1);
  });

  it.each([
    ['two calls', `${root(30)}shop    GET a  [0-10] client\nshop    GET b  [10-20] client`],
    ['a call that changes something', three(['client', 'client {http.request.method="POST"}', 'client'])],
    [
      'a call of which nothing is known',
      three(['client', 'client', 'client'], undefined, ['GET a', 'charge', 'GET c']),
    ],
    ['calls with work in between', three(['client', 'client', 'client'], [0, 10, 21])],
    ['calls that overlap', three(['client', 'client', 'client'], [0, 8, 16])],
    ['the own work of a span', three(['internal', 'internal', 'internal'])],
    ['a call that failed', three(['client', 'client !', 'client'])],
    [
      'a small part of the trace',
      `shop  all  [0---300]\n${three(['client', 'client', 'client']).replace(/^shop {2}/gm, 'shop    ')}`,
    ],
    ['microseconds', `shop  GET  [0--0.03]\n${lines(3, (i) => `shop    GET a${i}  [0.0${i}-0.0${i + 1}] client`)}`],
    [
      'a loop, which is a finding of its own',
      root(30) + lines(12, (i) => `shop    GET a  [${i * 2}-${i * 2 + 2}] client`),
    ],
  ])('is not found in %s', (_, drawing) => {
    expect(textsOf('sequential', drawing)).toEqual([]);
  });

  it.each([
    ['shop.Catalog/GetProduct', true],
    ['users.list', true],
    ['SELECT orders', true],
    ['HGETALL', true],
    ['shop.Catalog/Getaway', false],
    ['readyUp', false],
    ['INSERT orders', false],
    ['shop.Pay/Charge', false],
  ])('%s: reading is %s', (name, isReading) => {
    const drawing = three(['client', 'client', 'client'], undefined, [name, name, name]);
    expect(textsOf('sequential', drawing)).toHaveLength(isReading ? 1 : 0);
  });
});

describe('longest-gap', () => {
  it.each([
    ['between two children', '[0-20]', '[70-95]', '50ms between db: one and db: two, 50%'],
    ['before the first', '[50-60]', '[60-95]', '50ms before db: one, 50%'],
    ['after the last', '[0-20]', '[10-60]', '40ms after db: two, 40%'],
  ])('finds it %s', (_, one, two, expected) => {
    expect(textsOf('longest-gap', `${root(100)}db      one  ${one}\ndb      two  ${two}`)).toEqual([
      `In shop: GET /cart nothing is recorded for ${expected} of the trace: its own work, waiting, or a call without ` +
        'instrumentation.',
    ]);
  });

  it.each([
    ['a short gap', `${root(100)}db      one  [0-30]\ndb      two  [60-95]`],
    ['a small trace', `${root(9)}db      one  [0-1]\ndb      two  [8-9]`],
    ['a span with one child', `${root(100)}db      one  [0-10]`],
    ['a gap that another child covers', `${root(100)}db      one  [0-90]\ndb      two  [1-10]\ndb      three  [80-95]`],
    ['what comes after the end of the span', `${root(10)}db      one  [0-10]\ndb      two  [60-95]`],
  ])('is not found in %s', (_, drawing) => {
    expect(textsOf('longest-gap', drawing)).toEqual([]);
  });
});

describe('waiting-on-one-child', () => {
  const trace = (end: number, marks = '', service = 'db  ') => `
    shop  GET /cart     [0-----------100]
    cart    load          [2--------${end}]
    ${service}      SELECT    [4------${end - 2}]  ${marks}
    cart      count         [4]
    shop    log                       [99]
  `;

  it('finds the deepest span that the root waits for', () => {
    expect(textsOf('waiting-on-one-child', trace(96))).toEqual([
      'shop: GET /cart spends 90ms of its 100ms (90%) waiting for db: SELECT, 2 levels below.',
    ]);
  });

  it.each([
    ['less than four fifths', trace(81)],
    [
      'a span that hands on',
      trace(96).replace('cart      count         [4]', 'db          one [4-40]\n    db          two [41-92]'),
    ],
    ['a trace that one sees at a glance', `${root(100)}db      SELECT  [1-99]`],
    [
      'a short trace',
      trace(96).replace(/\[(\d+)(-+(\d+))?\]/g, (_, a, b, c) => `[${a / 100}${b ? `--${c / 100}` : ''}]`),
    ],
    [
      'the own work of the service',
      `${root(100)}shop    one  [1-99]\nshop      two  [2-98]\nshop        three  [3-97]\nshop        four  [4]`,
    ],
    [
      'the server of a client',
      `${root(100, 'client')}cart    one  [1-99] server\ncart      two  [2-40]\ncart      three  [40-60]\ncart      four  [60-80]`,
    ],
  ])('is not found in %s', (_, drawing) => {
    expect(textsOf('waiting-on-one-child', drawing)).toEqual([]);
  });
});

describe('error-origin', () => {
  it('finds where the failure of the root begins, with its message', () => {
    expect(
      textsOf(
        'error-origin',
        `
        shop  GET /cart   [0---20] !
        cart    load        [1--9]  !
        db        SELECT      [2-8]  !"deadlock  found"
        mail    notify      [9-12]
        `
      )
    ).toEqual(['shop: GET /cart failed; the failure begins in db: SELECT, 2 levels below (“deadlock found”).']);
  });

  it('takes the message from the exception, and tells of other origins', () => {
    expect(
      textsOf(
        'error-origin',
        `
        shop  GET /cart   [0---20] !
        cart    load        [1--9]  !  @5 exception {exception.message="boom"}
        mail    notify      [9-12]  !
        `
      )
    ).toEqual([
      'shop: GET /cart failed; the failure begins in cart: load, 1 level below (“boom”). 1 other span failed on its ' +
        'own.',
    ]);
  });

  it('passes by a call that was made again with success, and looks through a server that did not call it a failure', () => {
    expect(
      textsOf(
        'error-origin',
        `
        shop  GET /cart   [0---20] !
        pay     charge      [1--3]    client !
        pay     charge      [4--6]    client
        cart    load        [7--15]   client !
        cart      load      [7--15]   server
        db          SELECT  [8--12]   !
        `
      )
    ).toEqual(['shop: GET /cart failed; the failure begins in db: SELECT, 3 levels below.']);
  });

  it.each([
    ['a root that failed by itself', `${root(20, '!')}db      SELECT  [1-9]`],
    ['a failure below one that was handled', `${root(20, '!')}cart    load  [1-9]\ndb        SELECT  [2-8] !`],
  ])('is not found in %s', (_, drawing) => {
    expect(textsOf('error-origin', drawing)).toEqual([]);
  });

  const begin = (span: string) =>
    `shop: GET /cart failed; the failure begins in ${span} below. 1 other span failed on its own.`;

  it.each([
    [
      'the one that kept the trace waiting, though it comes later',
      `${root(20, '!')}mail    notify  [1-3] !\ndb      SELECT  [4-18] !`,
      begin('db: SELECT, 1 level'),
    ],
    [
      'the one that kept the trace waiting, though it is less deep',
      `${root(20, '!')}cart    load  [1-4] !\ndb        SELECT  [2-3] !\nmail    notify  [4-18] !`,
      begin('mail: notify, 1 level'),
    ],
    [
      'the one below which the trace was kept waiting',
      `${root(20, '!')}mail    notify  [0-3] !\ncart    load  [3-19] !\ndb        SELECT  [3-19]`,
      begin('cart: load, 1 level'),
    ],
    [
      'of equals the deepest',
      `${root(20, '!')}mail    notify  [1] !\ncart    load  [2] !\ndb        SELECT  [2] !`,
      begin('db: SELECT, 2 levels'),
    ],
    [
      'of equals as deep the first',
      `${root(20, '!')}mail    notify  [1] !\ndb      SELECT  [2] !`,
      begin('mail: notify, 1 level'),
    ],
  ])('names of several origins %s', (_, drawing, text) => {
    expect(textsOf('error-origin', drawing)).toEqual([text]);
  });

  it('tells of every failed root, the one that kept the trace waiting longer in front', () => {
    const drawing = `
      shop  GET /cart   [0--10] !
      db      SELECT      [1-3] !
      mail  notify      [10-----40] !
      smtp    send         [11-39] !
      log   write       [0-1]
      db      INSERT    [0-1] !
    `;
    expect(textsOf('error-origin', drawing)).toEqual([
      'mail: notify failed; the failure begins in smtp: send, 1 level below.',
      'shop: GET /cart failed; the failure begins in db: SELECT, 1 level below.',
    ]);
  });

  it('begins at the topmost failed spans where no root failed', () => {
    const trace = traceFromText(`
      shop  GET /cart   [0------------20]
      pay     charge      [1--3]    client !
      db        INSERT      [2]     !
      pay     charge      [4--6]    client
      cart    load        [7--15]
      db        SELECT      [8--12] !
      disk        read      [9--11] !"bad block"
      mail    notify      [16-17] !
    `);
    expect(findInsights(trace, { enabled: new Set(['error-origin']) })).toEqual([
      {
        kind: 'error-origin',
        text:
          'disk: read failed, 3 levels below shop: GET /cart, which did not fail (“bad block”). 1 other span failed on its ' +
          'own.',
        spanIds: ['0000000000000007', '0000000000000008'],
        severity: 'info',
      },
    ]);
  });

  it('says nothing where all that failed was made again with success', () => {
    const drawing = `${root(20)}pay     charge  [1--3]  !\npay     charge  [4--6]`;
    expect(textsOf('error-origin', drawing)).toEqual([]);
  });
});

describe('orphans', () => {
  it('finds spans whose parents are missing', () => {
    expect(textsOf('orphans', `${root(20)}db  SELECT  [1-9] ?\nmail  send  [2-4] ?`)).toEqual([
      '2 spans of db, mail have parents missing from this trace (2 missing spans), so they are shown as roots: spans ' +
        'were lost, sampled away, or are not stored yet.',
    ]);
  });

  it.each([
    ['a trace whose caller was not traced', 'shop  GET  [0--9] ?\ndb      SELECT  [1-3]'],
    ['two roots', 'shop  GET  [0--9]\ndb  SELECT  [1-3]'],
  ])('is not found in %s', (_, drawing) => {
    expect(textsOf('orphans', drawing)).toEqual([]);
  });
});

describe('clock-skew', () => {
  const hosts = '= shop {host.name="a"}\n= pay {host.name="b"}\n';

  it('finds clocks that disagree, with the call that tells most in front', () => {
    // Calls of one caller move together, so it takes two callers for two shifts: 29 ms and 114 ms.
    const drawing = `${hosts}shop  GET    [5----------------200]
shop    one        [60--80]
pay       do     [40-42]
shop    two                [100--150]
pay       do  [10-12]`;
    expect(textsOf('clock-skew', drawing)).toEqual([
      'The clock of pay on b is about 114ms behind that of shop on a: 2 calls seem to begin before it was made.',
    ]);
  });

  it('is not found between spans of one host', () => {
    expect(textsOf('clock-skew', `${hosts.replace('"b"', '"a"')}shop  GET  [50----200]\npay     do  [40-42]`)).toEqual(
      []
    );
  });
});

describe('findInsights', () => {
  const quietTraces: ReadonlyArray<readonly [string, string]> = [
    ['one span', 'shop  GET  [0---20]'],
    ['a call and its query', 'shop  GET  [0---20] server\ndb      SELECT  [2-18] client'],
    [
      'a sound request',
      `
      web   GET /        [0-------------------100]  client
      shop    GET /      [2----------------98]      server
      db        SELECT     [4-----30]               client
      cache     GET key          [30--45]           client
      pay       charge                 [50---96]    client
      `,
    ],
    ['spans without time', 'shop  GET  [0]\ndb      SELECT  [0]\ndb      SELECT  [0]\ndb      SELECT  [0]'],
  ];

  it.each(quietTraces)('has nothing to say about %s', (_, drawing) => {
    expect(findInsights(traceFromText(drawing))).toEqual([]);
  });

  it('tells the kinds in one order, and leaves out what is switched off', () => {
    const trace = traceFromText(`
      shop  GET /pay   [0------------300] !
      pay     charge     [0--5]          client !
      pay     charge         [8--13]     client !
      db  SELECT  [1-9] ?
    `);
    expect(findInsights(trace).map(({ kind }) => kind)).toEqual(['error-origin', 'retries', 'longest-gap', 'orphans']);
    expect(findInsights(trace, { enabled: new Set(['orphans', 'retries']) }).map(({ kind }) => kind)).toEqual([
      'retries',
      'orphans',
    ]);
    expect(findInsights(trace, { enabled: new Set() })).toEqual([]);
  });

  it('bounds what it tells, and says how much more there is', () => {
    const places = lines(
      5,
      (place) =>
        `shop    load${place}  [${place * 20}-${place * 20 + 20}]\n` +
        lines(40, (i) => `db        SELECT  [${place * 20 + i / 2}-${place * 20 + i / 2 + 0.5}] client`)
    );
    const found = findInsights(traceFromText(root(100) + places), { enabled: new Set(['n-plus-one']) });
    expect(found).toHaveLength(MAX_PER_KIND);
    expect(found[2].text).toMatch(/ There are 2 more findings of this kind, of less weight\.$/);
    expect(found[0].spanIds).toHaveLength(MAX_SPAN_IDS);
  });

  it('on wild traces: the same each time, whole sentences, spans that exist', () => {
    checkProperty(
      fc.property(arbitraryFlatSpans, (flat) => {
        const trace = assembleTrace(flat) as Trace;
        const found = findInsights(trace);
        expect(findInsights(assembleTrace([...flat]) as Trace)).toEqual(found);
        const ids = new Set(trace.spans.map(({ spanId }) => spanId));
        for (const { kind, text, spanIds } of found) {
          expect(INSIGHT_KINDS).toContain(kind);
          expect(text).toMatch(/^\S.*\.$/s);
          expect(text).not.toMatch(/NaN|undefined|Infinity/);
          expect(spanIds.length).toBeGreaterThan(0);
          expect(spanIds.every((id) => ids.has(id))).toBe(true);
        }
      })
    );
  });

  const WIDE = 4 * SPANS_PER_STEP;
  it.each<[string, (index: number) => Partial<FlatSpan>]>([
    ['one loop, every second call failed', (i) => (i % 2 === 0 ? FAILED : {})],
    ['calls that all failed', () => FAILED],
    ['a loop of reading calls', () => ({ name: 'SELECT' })],
    ['different calls', (i) => ({ name: `GET ${i}` })],
    ['orphans', (i) => ({ parentSpanId: spanIdOf(WIDE + 2 + i), ...FAILED })],
    [
      'calls that were made before they were asked for',
      (i) => ({ resource: service(`pay-${i % 2}`), startUnixNano: TEST_EPOCH_NANO - BigInt(i) * 1_000_000n }),
    ],
  ])('%s: no step looks into many spans', (_, fields) => {
    const flat = [flatSpan({ spanId: spanIdOf(1), durationNano: WIDE * 2_000_000, ...FAILED })];
    for (let i = 0; i < WIDE; i++) {
      const startUnixNano = TEST_EPOCH_NANO + BigInt(i) * 2_000_000n;
      const plain = { spanId: spanIdOf(i + 2), parentSpanId: spanIdOf(1), kind: 'client' as const, startUnixNano };
      flat.push(flatSpan({ ...plain, durationNano: 2_000_000, ...fields(i) }));
    }
    const trace = assembleTrace(flat) as Trace;
    let looks = 0;
    for (const span of trace.spans) {
      for (const field of ['attributes', 'resource'] as const) {
        const value = span[field];
        Object.defineProperty(span, field, { get: () => (looks++, value) });
      }
    }
    let most = 0;
    const steps = findInsightsSteps(trace);
    for (let done = false; !done; looks = 0) {
      done = steps.next().done === true;
      most = Math.max(most, looks);
    }
    // An attribute or a service is looked up a few times a span.
    expect(most).toBeLessThanOrEqual(6 * SPANS_PER_STEP);
  });

  it.each(['chain', 'star', 'bushy', 'async'] as const)('%s: does not recurse', (shape) => {
    const trace = seededTrace({ spans: shape === 'chain' ? 50_000 : 20_000, shape, attributesPerSpan: 0 });
    expect(findInsights(trace).length).toBeLessThanOrEqual(INSIGHT_KINDS.length * MAX_PER_KIND);
  });
});
