import { decodeSpanId, decodeTraceId, type IdEncoding } from './otlpIds';

const TRACE = '7f3a91c2d4e5b6071829304a5b6c7d8e';
const TRACE_BASE64 = 'fzqRwtTltgcYKTBKW2x9jg==';
const SPAN = '00c0ffee12345678';
const SPAN_BASE64 = 'AMD/7hI0Vng=';

test.each<[string, IdEncoding, string | undefined]>([
  [TRACE, 'hex', TRACE],
  [TRACE.toUpperCase(), 'hex', TRACE],
  ['1829304a5b6c7d8e', 'hex', '00000000000000001829304a5b6c7d8e'],
  [TRACE_BASE64, 'hex', undefined],
  [TRACE_BASE64, 'base64', TRACE],
  ['fzqRwtTltgcYKTBKW2x9jg', 'base64', TRACE],
  ['GCkwSltsfY4=', 'base64', '00000000000000001829304a5b6c7d8e'],
  ['AAAAAAAAAAAAAAAAAAAAAA==', 'base64', undefined],
  ['not base64!', 'base64', undefined],
  ['fzqRw', 'base64', undefined],
  [TRACE, 'by-shape', TRACE],
  [TRACE_BASE64, 'by-shape', TRACE],
  ['fzqRwtTltgcYKTBKW2x9jg', 'by-shape', TRACE],
  // 22 digits: a 128-bit id without its leading zeros, and no base64 either.
  ['a1b2c3d4e5f60718293041', 'by-shape', '0000000000a1b2c3d4e5f60718293041'],
  ['1829304a5b6c7d8e', 'by-shape', '00000000000000001829304a5b6c7d8e'],
  ['', 'hex', undefined],
  ['', 'base64', undefined],
  ['', 'by-shape', undefined],
])('trace id %j as %s is %s', (text, encoding, expected) => {
  expect(decodeTraceId(text, encoding)).toBe(expected);
});

test.each<[string, IdEncoding, string | undefined]>([
  [SPAN, 'hex', SPAN],
  [SPAN_BASE64, 'base64', SPAN],
  ['AMD_7hI0Vng', 'base64', SPAN],
  [SPAN, 'by-shape', SPAN],
  [SPAN_BASE64, 'by-shape', SPAN],
  ['0000000000000000', 'by-shape', undefined],
  ['AAAAAAAAAAA=', 'by-shape', undefined],
  // Eleven hex digits are more likely a short hex id than base64 by accident.
  ['abcdef12345', 'by-shape', '00000abcdef12345'],
])('span id %j as %s is %s', (text, encoding, expected) => {
  expect(decodeSpanId(text, encoding)).toBe(expected);
});
