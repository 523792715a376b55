import type { BackendDefinition, RequestContext, Signature } from './backend';
import { BackendError } from './errors';
import type { HttpClient, HttpResponse } from './http';
import { isHtml, kindOfStatus, serverMessage } from './readAnswer';

/** Backend id in errors while nobody is known. */
const NOBODY = 'auto';

/** How long a store that answers waits for those before it in the list, in milliseconds. */
const COURTESY_MS = 1_000;

/** After which finding out is given up, in milliseconds: as long as Grafana's proxy waits by default. */
const PATIENCE_MS = 30_000;

/** What the probes for one store came to. */
interface Finding {
  readonly definition: BackendDefinition;
  readonly isMatch: boolean;
  readonly tried: ReadonlyArray<{ readonly path: string; readonly answer: string }>;
  /** An answer or failure that says nothing about who answers: not logged in, not reachable, overloaded. */
  readonly trouble?: BackendError;
}

/**
 * Which of the stores answers behind a URL. All are tried at once, each by its signatures in order; where several answer
 * (some products speak two APIs at one address) the first of the list counts. Rejects with the failure when no answer said
 * anything about who answers, else with `not-recognized`.
 */
export async function recognizeStore(
  definitions: readonly BackendDefinition[],
  http: HttpClient,
  { signal }: RequestContext
): Promise<BackendDefinition> {
  const candidates = definitions.filter(({ signatures }) => signatures !== undefined);
  const probing = new AbortController();
  const leave = () => probing.abort(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) {
    leave();
  }
  try {
    return await firstMatch(candidates.map((definition) => examine(definition, http, probing.signal)));
  } finally {
    signal.removeEventListener('abort', leave);
    // Whoever is still being asked is asked in vain by now.
    probing.abort();
  }
}

async function examine(definition: BackendDefinition, http: HttpClient, signal: AbortSignal): Promise<Finding> {
  const tried: Array<{ path: string; answer: string }> = [];
  let trouble: BackendError | undefined;
  for (const signature of definition.signatures ?? []) {
    const { path, query } = signature;
    try {
      const response = await http.get({ path, query, signal });
      if (isMatch(signature, response)) {
        return { definition, isMatch: true, tried };
      }
      tried.push({ path, answer: describeAnswer(response) });
      trouble ??= troubleOf(response, path);
      if (trouble && isTedious(trouble)) {
        break;
      }
    } catch (error) {
      if (!(error instanceof BackendError) || error.kind === 'cancelled') {
        throw error;
      }
      // Where one request gets no answer the next would only wait as long again.
      tried.push({ path, answer: 'no answer' });
      return { definition, isMatch: false, tried, trouble: trouble ?? error };
    }
  }
  return { definition, isMatch: false, tried, trouble };
}

function isMatch(signature: Signature, response: HttpResponse): boolean {
  return signature.matches(response, parse(response.body));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function firstMatch(examinations: ReadonlyArray<Promise<Finding>>): Promise<BackendDefinition> {
  return new Promise((resolve, reject) => {
    const findings = examinations.map((): Finding | undefined => undefined);
    let courtesy: ReturnType<typeof setTimeout> | undefined;
    const patience = setTimeout(() => {
      const pending = findings.filter((finding) => finding === undefined).length;
      const detail = `${pending} of ${findings.length} kinds of store could not be told within ${PATIENCE_MS / 1000} s.`;
      end(() => reject(new BackendError('timeout', { backend: NOBODY, detail })));
    }, PATIENCE_MS);
    const end = (settle: () => void) => {
      clearTimeout(patience);
      clearTimeout(courtesy);
      settle();
    };
    const judge = () => {
      const index = findings.findIndex((finding) => finding?.isMatch);
      const match = findings[index];
      if (match && !findings.slice(0, index).includes(undefined)) {
        end(() => resolve(match.definition));
      } else if (match) {
        courtesy ??= setTimeout(
          () => end(() => resolve((findings.find((each) => each?.isMatch) ?? match).definition)),
          COURTESY_MS
        );
      } else if (!findings.includes(undefined)) {
        end(() => reject(failureOf(findings.flatMap((finding) => finding ?? []))));
      }
    };
    examinations.forEach((examination, index) =>
      examination.then(
        (finding) => {
          findings[index] = finding;
          judge();
        },
        (error: unknown) => end(() => reject(error))
      )
    );
    judge();
  });
}

/** When nobody was recognised: the trouble where there was nothing else, else what each answered. */
function failureOf(findings: readonly Finding[]): BackendError {
  const troubles = findings.flatMap(({ trouble }) => trouble ?? []);
  if (troubles.length > 0 && troubles.length === findings.length) {
    return troubles[0];
  }
  return new BackendError('not-recognized', { backend: NOBODY, detail: describeFindings(findings) });
}

function describeFindings(findings: readonly Finding[]): string {
  const answers = new Set(findings.flatMap(({ tried }) => tried.map(({ answer }) => answer)));
  const routes = findings.map(
    ({ definition, tried }) => `${definition.label} (${tried.map(({ path }) => path).join(', ')})`
  );
  if (answers.size === 1) {
    return `${routes.join(', ')}: every route answered with ${[...answers].join()}.`;
  }
  const told = findings.map(({ definition, tried }) => {
    const said = [...new Set(tried.map(({ answer }) => answer))].map((answer) => {
      const paths = tried.filter((each) => each.answer === answer).map(({ path }) => path);
      return `${answer} at ${paths.join(', ')}`;
    });
    return `${definition.label}: ${said.join(', ')}`;
  });
  return `${told.join('; ')}.`;
}

function describeAnswer({ status, body }: HttpResponse): string {
  if (status < 200 || status > 299) {
    return `HTTP ${status}`;
  }
  if (isHtml(body)) {
    return 'a web page';
  }
  if (body.trim() === '') {
    return 'nothing';
  }
  return parse(body) === undefined ? 'text' : 'other JSON';
}

/** Nobody there, or nobody in time: the next request would only take as long again. */
function isTedious({ kind, status }: BackendError): boolean {
  return kind === 'timeout' || status === 502;
}

const TROUBLES: ReadonlySet<string> = new Set(['unauthenticated', 'rate-limited', 'server', 'timeout']);

function troubleOf({ status, body }: HttpResponse, route: string): BackendError | undefined {
  const words = serverMessage(body);
  // How Grafana's proxy hands on a 401 (12.4, ds_proxy.go).
  const isProxied401 = status === 400 && words !== undefined && /authentication to data source failed/i.test(words);
  const kind = isProxied401 ? 'unauthenticated' : kindOfStatus(status);
  const isTrouble = status > 299 && TROUBLES.has(kind);
  return isTrouble ? new BackendError(kind, { backend: NOBODY, status, route, serverMessage: words }) : undefined;
}
