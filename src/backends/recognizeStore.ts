import type { BackendDefinition, RequestContext, Signature } from './backend';
import { BackendError, type BackendErrorKind } from './errors';
import type { HttpClient, HttpResponse } from './http';
import { failureIn, isHtml } from './readAnswer';

/** Backend id in errors while nobody is known. */
const NOBODY = 'auto';

/** How long a store that answers waits for those before it in the list, in milliseconds. */
const COURTESY_MS = 1_000;

/** After which finding out is given up, in milliseconds: as long as Grafana's proxy waits by default. */
const PATIENCE_MS = 30_000;

/** An answer by which the store was not recognised. */
interface Stray {
  /** In words: `HTTP 404`. */
  readonly answer: string;
  /** Undefined for JSON of another shape. */
  readonly failure?: BackendError;
}

/** What the probes for one store came to. */
interface Finding {
  readonly definition: BackendDefinition;
  readonly isMatch: boolean;
  readonly strays: readonly Stray[];
  /** An answer or failure that says nothing about who answers: not logged in, not reachable, overloaded. */
  readonly trouble?: BackendError;
}

/**
 * Which of the stores answers behind a URL. All are tried at once, each by its signatures in order; where several answer
 * (some products speak two APIs at one address) the first of the list counts. Rejects with the failure that stands in the way
 * where the answers agree about one (no login, a web page), else with `not-recognized`.
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
  const strays: Stray[] = [];
  let trouble: BackendError | undefined;
  for (const signature of definition.signatures ?? []) {
    const { path, query } = signature;
    try {
      const response = await http.get({ path, query, signal });
      if (isMatch(signature, response)) {
        return { definition, isMatch: true, strays };
      }
      const failure = failureIn(response, path, { backend: NOBODY });
      strays.push({ answer: describeAnswer(response), failure });
      trouble ??= failure && TROUBLES.has(failure.kind) ? failure : undefined;
      if (trouble && isTedious(trouble)) {
        break;
      }
    } catch (error) {
      if (!(error instanceof BackendError) || error.kind === 'cancelled') {
        throw error;
      }
      // Where one request gets no answer the next would only wait as long again.
      strays.push({ answer: 'no answer', failure: error });
      return { definition, isMatch: false, strays, trouble: trouble ?? error };
    }
  }
  return { definition, isMatch: false, strays, trouble };
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

/** When nobody was recognised: the trouble where there was nothing else, else what the answers say together. */
function failureOf(findings: readonly Finding[]): BackendError {
  const troubles = findings.flatMap(({ trouble }) => trouble ?? []);
  if (troubles.length > 0 && troubles.length === findings.length) {
    return troubles[0];
  }
  const strays = findings.flatMap((finding) => finding.strays);
  const present = strays.filter(({ failure }) => !failure || !ABSENCES.has(failure.kind));
  return (
    agreement(strays, OBSTACLES) ??
    agreement(present, REFUSALS) ??
    new BackendError('not-recognized', { backend: NOBODY, detail: describeFindings(findings) })
  );
}

/** The first failure where all are of one kind, and that kind tells. */
function agreement(strays: readonly Stray[], telling: ReadonlySet<BackendErrorKind>): BackendError | undefined {
  const failure = strays[0]?.failure;
  return failure &&
    telling.has(failure.kind) &&
    strays.every((stray) => stray.failure?.kind === failure.kind && stray.answer !== WORDS)
    ? failure
    : undefined;
}

function describeFindings(findings: readonly Finding[]): string {
  const labels = new Map<string, string[]>();
  for (const { definition, strays } of findings) {
    const answers = [...new Set(strays.map(({ answer }) => answer))].join(' and ');
    labels.set(answers, [...(labels.get(answers) ?? []), definition.label]);
  }
  const told = [...labels].map(([answers, asked]) => `for ${asked.join(', ')} brought ${answers}`);
  return `Looking ${told.join('; ')}.`;
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
  if (parse(body) !== undefined) {
    return 'other JSON';
  }
  return /^\s*[[{]/.test(body) ? 'damaged JSON' : WORDS;
}

/** Nobody there, or nobody in time: the next request would only take as long again. */
function isTedious({ kind, status }: BackendError): boolean {
  return kind === 'timeout' || status === 502;
}

/** What says nothing about who refuses, is overloaded or is not reached: a store may be behind it. */
const TROUBLES = kinds('unauthenticated', 'forbidden', 'bad-request', 'rate-limited', 'server', 'timeout');

/** Where every request brings it, it is about the way to the server and not about its routes. */
const OBSTACLES = kinds('html', 'malformed');

/** How a server says that a route is not there; some show a page of their own instead. */
const ABSENCES = kinds('route-missing', 'html');

/** What a server says only of routes that it has. */
const REFUSALS = kinds('unauthenticated', 'forbidden', 'rate-limited');

/** 200 with a few words: how some servers greet those who took the wrong path. */
const WORDS = 'text';

function kinds(...names: readonly BackendErrorKind[]): ReadonlySet<BackendErrorKind> {
  return new Set(names);
}
