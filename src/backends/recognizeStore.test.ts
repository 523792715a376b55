import type { BackendDefinition, Signature } from './backend';
import { BackendError, type BackendErrorKind } from './errors';
import type { HttpClient, HttpRequest, HttpResponse } from './http';
import { recognizeStore } from './recognizeStore';

type Answer = readonly [status: number, body: string] | 'unreachable' | 'silence';

const NO_ROUTE: Answer = [404, '404 page not found\n'];
const PAGE: Answer = [200, '<!doctype html><title>Sign in</title>'];

const says = (path: string, body: string): Signature => ({ path, matches: (answer) => answer.body === body });
const store = (id: string, ...signatures: Signature[]): BackendDefinition =>
  ({ id, label: id.toUpperCase(), signatures }) as Partial<BackendDefinition> as BackendDefinition;

const one = store('one', says('/one', '1'), says('/uno', '1'));
const two = store('two', says('/two', '2'));

/** Answers by path; whatever is not in the world is answered by `otherwise`. */
class Server implements HttpClient {
  readonly asked: string[] = [];
  cancelled = 0;

  constructor(
    readonly world: Readonly<Record<string, Answer>>,
    readonly otherwise: Answer = NO_ROUTE
  ) {}

  get({ path, signal }: HttpRequest): Promise<HttpResponse> {
    this.asked.push(path);
    const answer = this.world[path] ?? this.otherwise;
    const cancel = () => new BackendError('cancelled', { backend: 'auto', route: path });
    if (signal?.aborted) {
      return Promise.reject(cancel());
    }
    if (answer === 'silence') {
      return new Promise((_, reject) =>
        signal?.addEventListener('abort', () => {
          this.cancelled++;
          reject(cancel());
        })
      );
    }
    return answer === 'unreachable'
      ? Promise.reject(new BackendError('unreachable', { backend: 'auto', route: path }))
      : Promise.resolve({ status: answer[0], body: answer[1] });
  }
}

const recognize = (server: HttpClient, definitions = [one, two], signal = new AbortController().signal) =>
  recognizeStore(definitions, server, { signal });

afterEach(() => jest.useRealTimers());

describe('who answers', () => {
  it.each<[string, Server, string]>([
    ['by its first signature', new Server({ '/one': [200, '1'] }), 'one'],
    ['by a later one', new Server({ '/uno': [200, '1'] }), 'one'],
    ['the second of the list', new Server({ '/two': [200, '2'] }), 'two'],
    ['the first of two that both answer', new Server({ '/uno': [200, '1'], '/two': [200, '2'] }), 'one'],
    ['whatever the status', new Server({ '/two': [503, '2'] }), 'two'],
    ['although others are refused', new Server({ '/two': [200, '2'] }, [401, '']), 'two'],
    ['although others are web pages', new Server({ '/two': [200, '2'] }, PAGE), 'two'],
    ['although others are not reached', new Server({ '/two': [200, '2'] }, 'unreachable'), 'two'],
  ])('%s', async (_, server, id) => {
    expect((await recognize(server)).id).toBe(id);
  });

  it('a store without signatures is never guessed', async () => {
    const silent = { ...two, signatures: undefined };
    await expect(recognize(new Server({ '/one': [200, '1'] }), [silent, one])).resolves.toBe(one);
  });

  it('one that hangs keeps nobody waiting for long, and is not asked any further', async () => {
    jest.useFakeTimers();
    const server = new Server({ '/one': 'silence', '/two': [200, '2'] });
    const found = recognize(server);
    await jest.advanceTimersByTimeAsync(1_000);
    await expect(found).resolves.toBe(two);
    expect(server.cancelled).toBe(1);
    expect(server.asked).toEqual(['/one', '/two']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('waits a moment for those before it in the list', async () => {
    jest.useFakeTimers();
    const slowly = new Server({ '/uno': [200, '1'], '/two': [200, '2'] });
    const http: HttpClient = {
      get: async (request) => {
        await new Promise((resolve) => setTimeout(resolve, request.path === '/two' ? 0 : 400));
        return slowly.get(request);
      },
    };
    const found = recognize(http);
    await jest.advanceTimersByTimeAsync(900);
    await expect(found).resolves.toBe(one);
  });
});

describe('nobody', () => {
  const failure = (server: Server): Promise<BackendError> =>
    recognize(server).then(
      () => fail(),
      (error) => error
    );
  const fail = (): never => {
    throw new Error('somebody was recognised');
  };

  it('is told in one breath where all routes answer alike', async () => {
    const { kind, detail } = await failure(new Server({}));
    expect(kind).toBe('not-recognized');
    expect(detail).toBe('Looking for ONE, TWO brought HTTP 404.');
  });

  it.each<[string, Answer, string]>([
    ['a status', [404, ''], 'HTTP 404'],
    ['an empty body', [200, ' '], 'nothing'],
    ['other JSON', [200, '{"hello":1}'], 'other JSON'],
    ['half of a JSON text', [200, '{"hello":'], 'damaged JSON'],
    ['other text', [200, 'hello'], 'text'],
    ['no answer', 'unreachable', 'no answer'],
    ['a failure', [500, ''], 'HTTP 500'],
  ])('%s is told for the store that gave it', async (_, answer, words) => {
    const { kind, detail } = await failure(new Server({ '/two': answer }, PAGE));
    expect(kind).toBe('not-recognized');
    expect(detail).toBe(`Looking for ONE brought a web page; for TWO brought ${words}.`);
  });

  it('tells every answer of a store that gave several', async () => {
    const { detail } = await failure(new Server({ '/one': PAGE, '/uno': [200, '[]'] }));
    expect(detail).toBe('Looking for ONE brought a web page and other JSON; for TWO brought HTTP 404.');
  });

  it.each<[string, Answer, BackendErrorKind]>([
    ['not logged in', [401, 'no'], 'unauthenticated'],
    [
      "not logged in, as Grafana's proxy tells it",
      [400, '{"message":"Authentication to data source failed"}'],
      'unauthenticated',
    ],
    ['not allowed', [403, 'no'], 'forbidden'],
    ['not allowed, in a page', [403, '<html>no</html>'], 'forbidden'],
    ['something missing', [400, 'missing X-Scope-OrgID header'], 'bad-request'],
    ['nobody there, as the proxy tells it', [502, ''], 'server'],
    ['too busy', [429, ''], 'rate-limited'],
    ['too slow', [504, ''], 'timeout'],
    ['nobody there', 'unreachable', 'unreachable'],
    ['a login page', PAGE, 'html'],
    ['a page with 400', [400, '<html>no</html>'], 'html'],
    ['nothing at all', [200, ''], 'malformed'],
    ['half of an answer', [200, '{"data":["ca'], 'malformed'],
    ['other JSON', [200, '{"data":[]}'], 'not-recognized'],
    ['a greeting', [200, 'It works!'], 'not-recognized'],
  ])('%s says nothing about who is there', async (_, answer, kind) => {
    expect((await failure(new Server({}, answer))).kind).toBe(kind);
  });

  it("hands on the status, the route and the server's words", async () => {
    expect(await failure(new Server({}, [403, '{"message":"tenant a is locked"}']))).toMatchObject({
      kind: 'forbidden',
      status: 403,
      route: '/one',
      serverMessage: 'tenant a is locked',
    });
  });

  it.each<[string, Answer, Answer, BackendErrorKind]>([
    ['that asks for a login, where there is nothing else', [401, ''], NO_ROUTE, 'unauthenticated'],
    ['that is forbidden, where there are pages else', [403, ''], PAGE, 'forbidden'],
    ['that is overloaded, where there is nothing else', [429, ''], NO_ROUTE, 'rate-limited'],
    ['that is refused, where others answer', [401, ''], [200, '{}'], 'not-recognized'],
    ['that is refused for its form, as any server may', [400, 'start is missing'], NO_ROUTE, 'not-recognized'],
    ['that is a page, where there is nothing else', PAGE, NO_ROUTE, 'not-recognized'],
  ])('one route %s', async (_, answer, otherwise, kind) => {
    expect((await failure(new Server({ '/uno': answer }, otherwise))).kind).toBe(kind);
  });

  it.each<[string, Answer]>([
    ['in time', [504, '']],
    ['behind the proxy', [502, '']],
    ['at all', 'unreachable'],
  ])('is there %s: then one request for each store is enough', async (_, answer) => {
    const server = new Server({}, answer);
    await failure(server);
    expect(server.asked).toEqual(['/one', '/two']);
  });

  it('answers: then that is told, in time', async () => {
    jest.useFakeTimers();
    const server = new Server({}, 'silence');
    const failed = failure(server);
    await jest.advanceTimersByTimeAsync(30_000);
    expect((await failed).kind).toBe('timeout');
    expect(server.cancelled).toBe(2);
  });

  it('waits any longer: then all requests are cancelled', async () => {
    const server = new Server({}, 'silence');
    const user = new AbortController();
    const found = recognize(server, [one, two], user.signal);
    user.abort();
    await expect(found).rejects.toMatchObject({ kind: 'cancelled' });
    expect(server.cancelled).toBe(2);
  });
});
