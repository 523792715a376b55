import { displayTraceId, isSameTraceId, normalizeSpanId, normalizeTraceId } from './ids';

const LONG = '4bf92f3577b34da6a3ce929d0e0e4736';
const SHORT = '00000000000000000123456789abcdef';

describe('normalizeTraceId', () => {
  test.each([
    ['as it should be', LONG, LONG],
    ['upper case', LONG.toUpperCase(), LONG],
    ['space around', `\t ${LONG} \n`, LONG],
    ['0x', `0x${LONG}`, LONG],
    ['0X', `0X${LONG.toUpperCase()}`, LONG],
    ['double quotes', `"${LONG}"`, LONG],
    ['single quotes and space', ` ' ${LONG} ' `, LONG],
    ['backquotes', `\`${LONG}\``, LONG],
    ['64 bits', '0123456789abcdef', SHORT],
    ['64 bits without leading zeros', '123456789abcdef', SHORT],
    ['128 bits without leading zeros', LONG.replace(/^4b/, ''), `00${LONG.slice(2)}`],
    ['a single digit', 'a', 'a'.padStart(32, '0')],
    ['a UUID', '4bf92f35-77b3-4da6-a3ce-929d0e0e4736', LONG],
    ['an X-Ray id', '1-4bf92f35-77b34da6a3ce929d0e0e4736', LONG],
    ['an X-Ray id without its version', '4bf92f35-77b34da6a3ce929d0e0e4736', LONG],
  ])('reads %s', (_form, text, expected) => {
    expect(normalizeTraceId(text)).toBe(expected);
  });

  test.each([
    ['nothing', ''],
    ['space', '   '],
    ['empty quotes', '""'],
    ['0x alone', '0x'],
    ['dashes', '----'],
    ['all zeros', '0'.repeat(32)],
    ['a zero', '0'],
    ['33 digits', `${LONG}0`],
    ['a letter beyond f', LONG.replace('b', 'g')],
    ['a date', '2024-01-15'],
    ['a dash at the end', `${LONG.slice(0, 16)}-`],
    ['a URL', `https://example.com/trace/${LONG}`],
    ['a path', `../${LONG.slice(3)}`],
    ['an escape', `%20${LONG.slice(3)}`],
    ['a query', '{status=error}'],
    ['a variable', '${traceId}'],
    ['different quotes', `"${LONG}'`],
    ['digits of another script', '١٢٣٤'],
    ['two ids', `${LONG.slice(0, 8)} ${LONG.slice(8)}`],
    ['a line break inside', `${LONG.slice(0, 16)}\n${LONG.slice(16)}`],
  ])('refuses %s', (_form, text) => {
    expect(normalizeTraceId(text)).toBeUndefined();
  });

  it('changes nothing the second time', () => {
    expect(normalizeTraceId(normalizeTraceId('0xABC') ?? '')).toBe(normalizeTraceId('0xABC'));
  });
});

test.each([
  ['0123456789abcdef', '0x00000000000000000123456789ABCDEF', true],
  [LONG, LONG.toUpperCase(), true],
  [LONG, SHORT, false],
  ['no id', 'no id', false],
  ['', '', false],
])('isSameTraceId(%j, %j) is %s', (a, b, expected) => {
  expect(isSameTraceId(a, b)).toBe(expected);
});

test.each([
  [LONG, LONG],
  [SHORT, '0123456789abcdef'],
  ['0000000000000001'.padEnd(32, '0'), '00000000000000010000000000000000'],
])('displayTraceId(%j) is %j', (traceId, expected) => {
  expect(displayTraceId(traceId)).toBe(expected);
});

test.each([
  ['00f067aa0ba902b7', '00f067aa0ba902b7'],
  ['F067AA0BA902B7', '00f067aa0ba902b7'],
  [' 0xf0 ', '00000000000000f0'],
  ['1'.repeat(20), '1'.repeat(20)],
  ['0000000000000000', undefined],
  ['0', undefined],
  ['', undefined],
  ['00f067aa0ba902bg', undefined],
  ['AMD/7hI0Vng=', undefined],
])('normalizeSpanId(%j) is %j', (text, expected) => {
  expect(normalizeSpanId(text)).toBe(expected);
});
