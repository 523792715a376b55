import { traceFromText } from '../../testkit/traceFromText';
import { fromMillis, toMillis } from '../model/time';
import { observeEntries, type EntryConditions } from './observeEntries';

const shop = traceFromText(`
  web     GET /cart   [0-----------------40]
  web       render    [0-----------------38]
  cart        load       [2-----------30]     client
  cart          SELECT     [4----9]           client
  cart          poll                 [20-25]  consumer
  cart        load              [12--20]      server !
`);

const seen = (conditions: Partial<EntryConditions>) =>
  observeEntries([shop], { service: 'cart', operations: [], kinds: [], ...conditions }).map(
    ({ operation, startUnixNano, duration, isError }) =>
      `${operation} ${toMillis(duration)}ms at ${Number(startUnixNano - shop.epochUnixNano) / 1e6}${isError ? ' !' : ''}`
  );

test.each<[string, Partial<EntryConditions>, readonly string[]]>([
  ['what others ask it for, and what it serves itself', {}, ['load 28ms at 2', 'poll 5ms at 20', 'load 8ms at 12 !']],
  ['what nothing asked for', { service: 'web' }, ['GET /cart 40ms at 0']],
  ['an operation inside of it', { operations: ['SELECT', 'poll'] }, ['SELECT 5ms at 4', 'poll 5ms at 20']],
  ['spans of a kind', { kinds: ['client'] }, ['load 28ms at 2', 'SELECT 5ms at 4']],
  ['an operation, of a kind', { operations: ['load'], kinds: ['server'] }, ['load 8ms at 12 !']],
  ['another service', { service: 'db' }, []],
])('of a service: %s', (_name, conditions, entries) => {
  expect(seen(conditions)).toEqual(entries);
});

it('says which span of which trace it was', () => {
  const [entry] = observeEntries([shop], { service: 'web', operations: [], kinds: [] });
  expect(entry).toMatchObject({
    traceId: shop.traceId,
    spanId: shop.spans[0].spanId,
    duration: fromMillis(40),
    isError: false,
  });
});
