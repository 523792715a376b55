import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { formatSearchText, parseSearchText } from './searchText';

const pairs = (text: string) => parseSearchText(text).filters.map(({ key, value }) => [key, value]);

describe('parseSearchText', () => {
  test.each<[string, Array<[string, string]>]>([
    ['', []],
    ['   \n ', []],
    ['error=true', [['error', 'true']]],
    ['error', [['error', 'true']]],
    [
      'http.status_code=500 error=true',
      [
        ['http.status_code', '500'],
        ['error', 'true'],
      ],
    ],
    [
      'a=1\n\tb=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['db.statement="SELECT * FROM a WHERE b = \\"c\\""', [['db.statement', 'SELECT * FROM a WHERE b = "c"']]],
    ['url=http://shop/cart?id=7&x=y', [['url', 'http://shop/cart?id=7&x=y']]],
    [
      'tag=a tag=b',
      [
        ['tag', 'a'],
        ['tag', 'b'],
      ],
    ],
    [
      'empty= other=""',
      [
        ['empty', ''],
        ['other', ''],
      ],
    ],
    ['"a key"="a value"', [['a key', 'a value']]],
    [
      'pattern="\\d+" path="C:\\\\x"',
      [
        ['pattern', '\\d+'],
        ['path', 'C:\\x'],
      ],
    ],
    ['snow="\\u2603\\n"', [['snow', '☃\n']]],
    [
      '__proto__=1 constructor=2',
      [
        ['__proto__', '1'],
        ['constructor', '2'],
      ],
    ],
    ["name='single'", [['name', "'single'"]]],
    [
      'x=${__data.fields["trace id"]} y=2',
      [
        ['x', '${__data.fields["trace id"]}'],
        ['y', '2'],
      ],
    ],
    [
      '{"http.status_code":"500","error":true,"n":5}',
      [
        ['http.status_code', '500'],
        ['error', 'true'],
        ['n', '5'],
      ],
    ],
    ['{"__proto__":"x"}', [['__proto__', 'x']]],
    [
      ' { "b" : "x, \\"y\\": 1" ,"2":2, "b":null,"2":2 } ',
      [
        ['b', 'x, "y": 1'],
        ['2', '2'],
        ['b', 'null'],
        ['2', '2'],
      ],
    ],
    [
      '{"list":[1,2],"a":{"b":1}}',
      [
        ['list', '[1,2]'],
        ['a', '{"b":1}'],
      ],
    ],
    ['{ }', []],
    ['[1]', [['[1]', 'true']]],
  ])('reads %j', (text, expected) => {
    expect(pairs(text)).toEqual(expected);
    expect(parseSearchText(text).problems).toEqual([]);
  });

  test.each<[text: string, position: number, word: string, message: string]>([
    ['a=1 b="open', 4, 'b="open', 'A quote is opened and never closed.'],
    ['a="x"y', 0, 'a="x"y', 'After a closing quote there must be a space, not “y”.'],
    ['  =5', 2, '=5', 'The name of an attribute is missing before “=”.'],
    ['code!=500', 0, 'code!=500', 'Only “=” is supported: “!=” cannot be asked of this search.'],
    ['code>=500', 0, 'code>=500', 'Only “=” is supported: “>=” cannot be asked of this search.'],
    ['path=~/api.*', 0, 'path=~/api.*', 'Only “=” is supported: “=~” cannot be asked of this search.'],
    ['a==b', 0, 'a==b', 'Only “=” is supported: “==” cannot be asked of this search.'],
    ['code>500', 0, 'code>500', 'Write name=value: “>” does not separate a name from its value here.'],
    ['code:500', 0, 'code:500', 'Write name=value: “:” does not separate a name from its value here.'],
    ['a=1 AND b=2', 4, 'AND', 'Filters are joined by a space and all must hold: leave out “AND”.'],
    ["a='two words'", 0, "a='two", 'A value with spaces is quoted with double quotes: name="two words".'],
    ['{"a": 1', 0, '{"a":', 'Write name=value: “:” does not separate a name from its value here.'],
  ])('says what is wrong in %j', (text, position, word, message) => {
    expect(parseSearchText(text).problems[0]).toEqual({ position, word, message });
  });

  it('keeps the sound filters beside a problem', () => {
    expect(pairs('a=1 =2 c=3')).toEqual([
      ['a', '1'],
      ['c', '3'],
    ]);
  });
});

describe('formatSearchText', () => {
  test.each([
    ['error', 'true', 'error=true'],
    ['db.statement', 'SELECT 1', 'db.statement="SELECT 1"'],
    ['q', 'say "hi"', 'q="say \\"hi\\""'],
    ['url', 'a=b', 'url="a=b"'],
    ['empty', '', 'empty=""'],
    ['home', '~/x', 'home="~/x"'],
  ])('writes %s, %j', (key, value, expected) => {
    expect(formatSearchText([{ key, operator: '=', value }])).toBe(expected);
  });

  it('is read back as what was written', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom('and', "'", '~', '{', '}', '${a b}')
    );
    const filter = fc.record({
      key: text.filter((key) => key !== ''),
      operator: fc.constant('=' as const),
      value: text,
    });
    checkProperty(
      fc.property(fc.array(filter), (filters) => {
        expect(parseSearchText(formatSearchText(filters))).toEqual({ filters, problems: [] });
      }),
      { numRuns: 2000 }
    );
  });

  it('reads any text without failing', () => {
    checkProperty(
      fc.property(fc.string(), (text) => void parseSearchText(text)),
      { numRuns: 2000 }
    );
  });
});
