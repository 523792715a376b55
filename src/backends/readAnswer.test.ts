import type { Steps } from '../model/cooperative';
import { runForPage } from '../model/runForPage';
import { readObject } from '../wire/read';
import { BackendError } from './errors';
import { ask, serverMessage } from './readAnswer';

async function failure(status: number, body: string): Promise<BackendError> {
  const http = { get: async () => ({ status, body }) };
  const isMiss = (_: unknown, message: string | undefined) => message === 'trace not found';
  const answer = ask(http, { path: '/api/x' }, { backend: 'test', decode: readObject, isMiss, refusals: /too deep/ });
  const error: unknown = await answer.then(
    () => undefined,
    (reason: unknown) => reason
  );
  if (!(error instanceof BackendError)) {
    throw new Error(`No BackendError, but ${String(error)}`);
  }
  return error;
}

const PAGE = '<!DOCTYPE html><html><body>Sign in, Mr. <b>Smith</b></body></html>';

it.each<[status: number, body: string, kind: string, words: string | undefined]>([
  [400, '{"errors":[{"code":400,"msg":"unable to parse param"}]}', 'bad-request', 'unable to parse param'],
  [400, '{"error":{"httpCode":400,"message":"malformed parameter"}}', 'bad-request', 'malformed parameter'],
  [400, 'Authentication to data source failed', 'unauthenticated', 'Authentication to data source failed'],
  [400, PAGE, 'html', undefined],
  [401, 'missing tenant header', 'unauthenticated', 'missing tenant header'],
  [401, PAGE, 'unauthenticated', undefined],
  [403, PAGE, 'forbidden', undefined],
  [404, '404 page not found\n', 'route-missing', '404 page not found'],
  [404, 'trace not found', 'trace-not-found', 'trace not found'],
  [404, PAGE, 'route-missing', undefined],
  [405, '', 'route-missing', undefined],
  [408, '', 'timeout', undefined],
  [429, 'slow down', 'rate-limited', 'slow down'],
  [500, '{"status":500,"message":"no such index"}', 'server', 'no such index'],
  [500, '{"errors":[{"msg":"too deep"}]}', 'bad-request', 'too deep'],
  [500, PAGE, 'server', undefined],
  [501, '{"errors":[{"msg":"disabled"}]}', 'unsupported', 'disabled'],
  [502, '', 'server', undefined],
  [504, '', 'timeout', undefined],
  [200, PAGE, 'html', undefined],
  [200, `\uFEFF  ${PAGE}`, 'html', undefined],
  [200, '', 'malformed', undefined],
  [200, '{"data":[{"tra', 'malformed', undefined],
  [200, 'hello', 'malformed', undefined],
  [200, '[]', 'unexpected-shape', undefined],
])('%i %s → %s', async (status, body, kind, words) => {
  const error = await failure(status, body);
  expect([error.kind, error.status, error.route, error.serverMessage]).toEqual([kind, status, '/api/x', words]);
  expect(error.message.length).toBeLessThan(200);
  expect(error.message).not.toContain('<');
});

it.each([
  ['{"data":[{"tra', 'The JSON ends after 14 characters or is damaged.'],
  ['hello', 'The body is no JSON.'],
  [' ', 'The body is empty.'],
])('%j: %s', async (body, detail) => {
  expect((await failure(200, body)).detail).toBe(detail);
});

it('keeps why', async () => {
  expect((await failure(200, '{')).cause).toBeInstanceOf(SyntaxError);
});

it.each<[body: string, words: string | undefined]>([
  ['{"error":"plain"}', 'plain'],
  ['{"errors":[null]}', undefined],
  ['{"message":"<b>x</b>"}', undefined],
  ['{ broken', '{ broken'],
  ['two\n  lines', 'two lines'],
  ['x'.repeat(1000), 'x'.repeat(299) + '…'],
  ['null', 'null'],
])('the words in %j', (body, words) => {
  expect(serverMessage(body)).toBe(words);
});

it('a large answer gives way to the page before it is parsed and while it is decoded, and can be cancelled there', async () => {
  const body = JSON.stringify({ text: 'x'.repeat(1_000_000) });
  const controller = new AbortController();
  const turns: string[] = [];
  const http = {
    get: async () => {
      setTimeout(() => turns.push('page'), 0);
      return { status: 200, body };
    },
  };
  const decode = (parsed: unknown) => runForPage(decodeSteps(parsed), controller.signal);
  function* decodeSteps(parsed: unknown): Steps<unknown> {
    turns.push('decode');
    controller.abort();
    yield;
    turns.push('decode on');
    return readObject(parsed);
  }
  const answer = ask(http, { path: '/api/x', signal: controller.signal }, { backend: 'test', decode });
  await expect(answer).rejects.toMatchObject({ kind: 'cancelled', route: '/api/x' });
  expect(turns).toEqual(['page', 'decode']);
});
