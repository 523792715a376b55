import { flatSpansFromText, traceFromText } from '../../testkit/traceFromText';
import { assembleTrace } from '../model/assembleTrace';
import type { AttributeValue } from '../model/attributes';
import { joinIdentities, readAttribute, readGroupValue, valueIdentity, type GroupKey } from './groupKey';

const [span] = traceFromText(`
  = cart {zone="eu" both="resource"}
  cart  load  [0--5]  client !"down" {both="span" flag=false}
`).spans;

it.each<[GroupKey, AttributeValue | undefined]>([
  [{ by: 'service' }, 'cart'],
  [{ by: 'operation' }, 'load'],
  [{ by: 'kind' }, 'client'],
  [{ by: 'status' }, 'error'],
  [{ by: 'attribute', key: 'zone' }, 'eu'],
  [{ by: 'attribute', key: 'both' }, 'span'],
  [{ by: 'attribute', key: 'flag' }, false],
  [{ by: 'attribute', key: 'constructor' }, undefined],
])('%j reads %j', (groupKey, value) => {
  expect(readGroupValue(span, groupKey)).toBe(value);
});

it('takes null on the span for a value', () => {
  const [flat] = flatSpansFromText(`
    = cart {zone="eu"}
    cart  load  [0--5]  {zone=null}
  `);
  const [withNull] = assembleTrace([flat])?.spans ?? [];
  expect(readAttribute(withNull, 'zone')).toBeNull();
});

describe('valueIdentity', () => {
  it.each<[AttributeValue | undefined, AttributeValue | undefined]>([
    [200, '200'],
    [true, 'true'],
    [12345678901234567890n, '12345678901234567890'],
    [
      ['a', 1n],
      ['a', 1n],
    ],
  ])('%p and %p are one value', (a, b) => {
    expect(valueIdentity(a)).toBe(valueIdentity(b));
  });

  it('tells all of these apart', () => {
    const map = { kind: 'map', entries: [{ key: 'a', value: 1 }] } as const;
    const values: Array<AttributeValue | undefined> = [
      undefined,
      null,
      '',
      'null',
      'missing',
      0,
      [],
      [1],
      [1n],
      map,
      { kind: 'bytes', base64: 'AAE=' },
    ];
    expect(new Set(values.map(valueIdentity)).size).toBe(values.length);
  });
});

it('joins texts so that no two lists give the same', () => {
  const lists = [[], [''], ['', ''], ['a', 'b'], ['ab'], ['ab', ''], ['', 'ab'], ['1:a'], ['a1:b'], ['a', '1:b']];
  expect(new Set(lists.map(joinIdentities)).size).toBe(lists.length);
});
