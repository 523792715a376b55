import { errorData, readResponseBody, requestBody, requestHeaders, requestUrl } from './httpRequest';

describe('requestUrl', () => {
  test.each([
    ['no parameters', {}, 'api/x'],
    ['undefined is dropped', { a: undefined, b: 1 }, 'api/x?b=1'],
    ['an empty list is dropped', { a: [], b: 1 }, 'api/x?b=1'],
    ['an empty text is sent', { a: '' }, 'api/x?a='],
    ['null is sent as text', { a: null }, 'api/x?a=null'],
    ['lists repeat their key', { a: ['1', '2'] }, 'api/x?a=1&a=2'],
    ['names and values are encoded', { 'a b': 'ü&=' }, 'api/x?a%20b=%C3%BC%26%3D'],
  ])('%s', (_name, params, expected) => {
    expect(requestUrl({ url: '/api/x', params })).toBe(expected);
  });
});

describe('requestHeaders', () => {
  test('a body is JSON unless told otherwise', () => {
    expect(requestHeaders({ method: 'POST' }).get('content-type')).toBe('application/json');
    expect(requestHeaders({ method: 'POST', headers: { 'Content-Type': 'text/plain' } }).get('content-type')).toBe(
      'text/plain'
    );
    expect(requestHeaders({ method: 'GET' }).has('content-type')).toBe(false);
  });

  test('a set Authorization is moved aside, as Grafana keeps its own', () => {
    const headers = requestHeaders({ headers: { Authorization: 'Bearer x' } });
    expect([headers.has('authorization'), headers.get('x-ds-authorization')]).toEqual([false, 'Bearer x']);
  });
});

describe('requestBody', () => {
  test('objects follow the content type', () => {
    expect(requestBody({ a: 1 }, new Headers({ 'content-type': 'application/json' }))).toBe('{"a":1}');
    expect(String(requestBody({ a: '1' }, new Headers()))).toBe('a=1');
  });
});

describe('readResponseBody', () => {
  const response = (body: string, type: string) => new Response(body, { headers: { 'content-type': type } });

  test('text stays text, however much it looks like JSON', async () => {
    expect(await readResponseBody(response('{"a":1}', 'application/json'), 'text')).toBe('{"a":1}');
  });
  test('declared JSON that is cut off rejects', async () => {
    await expect(readResponseBody(response('{"a":', 'application/json'), undefined)).rejects.toThrow();
  });
  test('undeclared JSON is tried and left as text on failure', async () => {
    expect(await readResponseBody(response('{"a":1}', 'text/plain'), undefined)).toEqual({ a: 1 });
    expect(await readResponseBody(response('<html>', 'text/html'), undefined)).toBe('<html>');
  });
});

describe('errorData', () => {
  test.each([
    ['a text', 'gone', { message: 'gone', error: 'Not Found', response: 'gone' }],
    ['nothing', undefined, { message: 'Unexpected error' }],
    ['an error text', { error: 'bad' }, { error: 'bad', message: 'bad' }],
    ['a message', { message: 'bad', error: 'x' }, { message: 'bad', error: 'x' }],
  ])('%s', (_name, body, expected) => {
    expect(errorData(body, 'Not Found')).toEqual(expected);
  });
});
