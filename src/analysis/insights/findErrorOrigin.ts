import { EXCEPTION_EVENT } from '../../model/semconv';
import type { Span, Trace } from '../../model/trace';
import { countOf } from '../numberText';
import { CallNumbers } from './callIdentity';
import { MAX_SPAN_IDS, type Insight } from './insight';
import { endOf } from './sequence';
import { nameSpan, shorten } from './spanText';

const EXCEPTION_MESSAGE = 'exception.message';
const MAX_MESSAGE = 160;

/**
 * Where the failure of a root began: from it downwards along failed spans to those below which nothing failed.
 *
 *     shop   GET /cart   !            shop: GET /cart failed …
 *     cart     load      !
 *     db         SELECT  ! "deadlock"   ← … where it began
 *     mail     notify                 not failed
 *
 * A call that failed and was made again with success explains nothing, unless there is no other. A root without failed
 * spans below is its own origin, which its status already says.
 */
export function findErrorOrigin(trace: Trace): readonly Insight[] {
  return trace.roots
    .filter(isFailed)
    .slice(0, 1)
    .flatMap((root) => {
      const origins = originsBelow(root);
      return origins.length === 0 ? [] : [insightOf(root, origins)];
    });
}

function originsBelow(root: Span): readonly Span[] {
  const found: Span[] = [];
  const open: Span[] = [root];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const causes = failedCauses(span);
    if (causes.length === 0 && span !== root) {
      found.push(span);
    }
    for (let i = causes.length - 1; i >= 0; i--) {
      open.push(causes[i]);
    }
  }
  return found;
}

/** The failed spans right below; a server that answered a failed call without calling it one is looked through. */
function failedCauses(span: Span): readonly Span[] {
  const failed = span.children.filter(isFailed);
  if (failed.length === 0) {
    return span.kind === 'client'
      ? span.children.filter(({ kind, status }) => kind === 'server' && status.code === 'unset').flatMap(failedChildren)
      : [];
  }
  const recovered = recoveredCalls(span, failed);
  const lasting = failed.filter((call) => !recovered.has(call));
  return lasting.length === 0 ? failed : lasting;
}

function failedChildren({ children }: Span): readonly Span[] {
  return children.filter(isFailed);
}

/** The failed calls that the same parent later made again with success. */
function recoveredCalls(parent: Span, failed: readonly Span[]): ReadonlySet<Span> {
  const numbers = new CallNumbers();
  const operations = new Set(failed.map((span) => numbers.ofOperation(span)));
  const lastSuccess = new Map<number, number>();
  for (const child of parent.children) {
    if (!isFailed(child) && operations.has(numbers.ofOperation(child))) {
      lastSuccess.set(numbers.ofQuestion(child), child.start);
    }
  }
  return lastSuccess.size === 0
    ? new Set()
    : new Set(failed.filter((span) => (lastSuccess.get(numbers.ofQuestion(span)) ?? -Infinity) >= endOf(span)));
}

function insightOf(root: Span, origins: readonly Span[]): Insight {
  const [first] = origins;
  const message = messageOf(first);
  const others = origins.length - 1;
  const more = others === 0 ? '' : ` ${countOf(others, 'other span')} failed on ${others === 1 ? 'its' : 'their'} own.`;
  return {
    kind: 'error-origin',
    text:
      `${nameSpan(root)} failed; the failure begins in ${nameSpan(first)}, ${countOf(first.depth - root.depth, 'level')} below` +
      `${message === undefined ? '' : ` (“${shorten(message, MAX_MESSAGE)}”)`}.${more}`,
    spanIds: origins.slice(0, MAX_SPAN_IDS).map(({ spanId }) => spanId),
    severity: 'warning',
  };
}

function messageOf({ status, events }: Span): string | undefined {
  const exception = events.find(({ name }) => name === EXCEPTION_EVENT);
  return status.message || exception?.attributes.getString(EXCEPTION_MESSAGE) || undefined;
}

function isFailed({ status }: Span): boolean {
  return status.code === 'error';
}
