import { encodePath, encodeQuery, wellFormed } from './http';

it.each([
  ['a/b', '/api/a%2Fb'],
  ['../../admin', '/api/..%2F..%2Fadmin'],
  ['..', '/api/%2E%2E'],
  ['caf\u00e9 \u{1f6d2}', '/api/caf%C3%A9%20%F0%9F%9B%92'],
  ['half \ud800 a pair', '/api/half%20%EF%BF%BD%20a%20pair'],
])('a segment %j is %s', (segment, path) => {
  expect(encodePath('api', segment)).toBe(path);
});

it('encodes names and values, in order, a name as often as it is given', () => {
  expect(
    encodeQuery([
      ['q', 'a&b=c'],
      ['\udc00', '\ud83d\ud83d\uded2'],
      ['q', ''],
    ])
  ).toBe('q=a%26b%3Dc&%EF%BF%BD=%EF%BF%BD%F0%9F%9B%92&q=');
  expect(encodeQuery(undefined)).toBe('');
});

it.each([
  ['sound \u{1f6d2}', 'sound \u{1f6d2}'],
  ['\ud800', '\ufffd'],
  ['\udc00\ud800', '\ufffd\ufffd'],
])('%j well formed is %j', (text, expected) => {
  expect(wellFormed(text)).toBe(expected);
});
