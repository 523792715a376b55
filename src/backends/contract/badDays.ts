import type { BackendDefinition, TraceBackend } from '../backend';
import { BackendError, type BackendErrorKind } from '../errors';
import type { HttpClient, HttpRequest, HttpResponse } from '../http';
import { questionsFor, type Question } from './questions';
import type { World } from './world';

const PAGE = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form>…</form></body></html>';

interface BadAnswer extends HttpResponse {
  readonly name: string;
  readonly kind: BackendErrorKind;
  /** Words of the server that must reach the user. */
  readonly says?: string;
}

const BAD_ANSWERS: readonly BadAnswer[] = [
  {
    name: '400 with a reason',
    status: 400,
    body: '{"message":"the storage is asleep"}',
    kind: 'bad-request',
    says: 'the storage is asleep',
  },
  {
    name: "400 as Grafana's proxy turns a 401 into it",
    status: 400,
    body: '{"message":"Authentication to data source failed"}',
    kind: 'unauthenticated',
  },
  { name: '401', status: 401, body: 'missing tenant header', kind: 'unauthenticated', says: 'missing tenant header' },
  { name: '403 with a page', status: 403, body: PAGE, kind: 'forbidden' },
  { name: '404 without a route', status: 404, body: '404 page not found\n', kind: 'route-missing' },
  { name: '429', status: 429, body: 'too many requests', kind: 'rate-limited' },
  { name: '500 with a page', status: 500, body: PAGE, kind: 'server' },
  { name: '500 with an essay', status: 500, body: 'because '.repeat(5_000), kind: 'server', says: 'because' },
  { name: '502 from a proxy', status: 502, body: '', kind: 'server' },
  { name: '504 from a proxy', status: 504, body: PAGE, kind: 'timeout' },
  { name: '200 with a login page', status: 200, body: PAGE, kind: 'html' },
  { name: '200 with other JSON', status: 200, body: '{"hello":"world"}', kind: 'unexpected-shape' },
  { name: '200 with a list', status: 200, body: '[1,2]', kind: 'unexpected-shape' },
  { name: '200 with null', status: 200, body: 'null', kind: 'unexpected-shape' },
  { name: '200 with nothing', status: 200, body: '', kind: 'malformed' },
  { name: '200 with half of the answer', status: 200, body: '{"data":[{"traceID":"7f3a', kind: 'malformed' },
];

/** Asked again and again while the weather turns. */
const ASKED = ['trace-checkout', 'search-by-service', 'services', 'span-names', 'dependencies'];

/** Passes requests on until it is told what to answer instead. */
class Weather implements HttpClient {
  turn: ((request: HttpRequest) => Promise<HttpResponse>) | undefined = undefined;

  constructor(private readonly healthy: HttpClient) {}

  get(request: HttpRequest): Promise<HttpResponse> {
    return this.turn ? this.turn(request) : this.healthy.get(request);
  }
}

/** Bodies with status 200 by which a store says that there is nothing, by the name of the question. */
export type EmptyAnswers = Readonly<Record<string, readonly string[]>>;

/** What a backend makes of answers that no sound server gives, at first sight and after the server was known as sound. */
export function describeBadDays<T>(
  definition: BackendDefinition<T>,
  settings: T,
  world: World,
  empty: EmptyAnswers
): void {
  const asked = questionsFor(definition.capabilities).filter(({ name }) => ASKED.includes(name));
  const open = (question: Question): { backend: TraceBackend; weather: Weather } => {
    const weather = new Weather(world.open(question.name));
    return { weather, backend: definition.create(settings, weather) };
  };
  const failure = async (backend: TraceBackend, { ask }: Question, signal = new AbortController().signal) => {
    const error = await ask(backend, { signal }).then(
      (answer) => answer,
      (reason: unknown) => reason
    );
    expect(error).toBeInstanceOf(BackendError);
    return error as BackendError;
  };

  const answers = asked
    .filter(({ isPossible }) => isPossible?.(definition.capabilities) ?? true)
    .map((question) => [question.name, question] as const);
  describe.each(answers)('%s on a bad day', (_, question) => {
    describe.each(['at first', 'later'])('%s', (moment) => {
      it.each(BAD_ANSWERS.map((bad) => [bad.name, bad] as const))('%s', async (_name, bad) => {
        const { backend, weather } = open(question);
        if (moment === 'later') {
          await question.ask(backend, { signal: new AbortController().signal });
        }
        weather.turn = async () => ({ status: bad.status, body: bad.body });
        const error = await failure(backend, question);
        expect(error.kind).toBe(bad.kind);
        expect(error.backend).toBe(definition.id);
        expect(error.message.length).toBeLessThan(200);
        expect(error.message).not.toMatch(/<\w/);
        expect(error.serverMessage ?? '').toContain(bad.says ?? '');
        if (bad.kind === 'malformed') {
          expect(error.cause).toBeInstanceOf(SyntaxError);
        }
      });
    });

    it.each(empty[question.name] ?? [])('there is nothing: %s', async (body) => {
      const { backend, weather } = open(question);
      await question.ask(backend, { signal: new AbortController().signal });
      weather.turn = async () => ({ status: 200, body });
      if (question.group === 'traces') {
        expect((await failure(backend, question)).kind).toBe('trace-not-found');
      } else {
        expect(countOf(await question.ask(backend, { signal: new AbortController().signal }))).toBe(0);
      }
    });

    it('nobody answers', async () => {
      const { backend, weather } = open(question);
      weather.turn = async ({ path }) => {
        throw new BackendError('unreachable', { backend: definition.id, route: path });
      };
      expect((await failure(backend, question)).kind).toBe('unreachable');
    });

    it('the user leaves before it begins', async () => {
      const { backend } = open(question);
      expect((await failure(backend, question, AbortSignal.abort())).kind).toBe('cancelled');
    });

    it('the user leaves in the middle', async () => {
      const { backend, weather } = open(question);
      await question.ask(backend, { signal: new AbortController().signal });
      const user = new AbortController();
      weather.turn = (request) =>
        new Promise((_, reject) => {
          const leave = () => reject(new BackendError('cancelled', { backend: definition.id, route: request.path }));
          request.signal?.addEventListener('abort', leave);
          user.abort();
        });
      expect((await failure(backend, question, user.signal)).kind).toBe('cancelled');
    });

    it('the weather clears up', async () => {
      const { backend, weather } = open(question);
      weather.turn = async () => ({ status: 502, body: '' });
      await failure(backend, question);
      weather.turn = undefined;
      await expect(question.ask(backend, { signal: new AbortController().signal })).resolves.toBeDefined();
    });
  });
}

/** Of names, of summaries, of calls between services. */
function countOf(answer: unknown): number {
  const { summaries, calls } = answer as { summaries?: readonly unknown[]; calls?: readonly unknown[] };
  return (summaries ?? calls ?? (answer as readonly unknown[])).length;
}
