import type { Span } from '../../model/trace';
import { sliceSteps, type Steps } from '../../model/cooperative';
import { OperationNumbers } from '../operationNumbers';

/** What tells calls of one operation apart. */
type Detail = 'target' | 'statement' | 'address';

/** Where it stands; of several keys the first that is there counts, and today's names come before older ones. */
const DETAIL_KEYS: Readonly<Record<Detail, readonly string[]>> = {
  target: ['peer.service', 'server.address', 'net.peer.name', 'messaging.destination.name', 'db.namespace'],
  statement: ['db.query.summary', 'db.query.text', 'db.statement'],
  address: ['url.full', 'http.url', 'url.path', 'http.target'],
};
const DETAIL_BY_KEY = new Map(
  (Object.keys(DETAIL_KEYS) as Detail[]).flatMap((detail) =>
    DETAIL_KEYS[detail].map((key, rank) => [key, { detail, rank }] as const)
  )
);

/** Statements may be megabytes; what they do stands at their beginning. */
const MAX_DETAIL = 500;
const LITERALS = /'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b/g;
const LISTS = /\(\s*\?(?:\s*,\s*\?)*\s*\)/g;

/** Of one call. */
interface Numbers {
  readonly operation: number;
  /** Both undefined until one is asked for: they take a look at the attributes. */
  kind: number | undefined;
  question: number | undefined;
}

/**
 * Numbers that are equal for calls that are alike. Numbers, not texts put together: for 100,000 calls in a loop, building
 * and hashing those is what takes the time. They are kept, as several findings ask for those of the same calls.
 */
export class CallNumbers {
  private readonly numbersByCall = new Map<Span, Numbers>();
  private readonly operations = new OperationNumbers();
  private readonly texts = new Map<string, number>();
  private readonly forms = new Map<string, number>();
  private readonly pairs = {
    targets: new PairNumbers(),
    kinds: new PairNumbers(),
    statements: new PairNumbers(),
    questions: new PairNumbers(),
  };

  /** Equal for the same service, name and kind. */
  ofOperation(span: Span): number {
    return this.of(span).operation;
  }

  /** Equal for calls of one operation and one kind: on the same target, whatever values they are asked with. */
  ofKind(span: Span): number {
    return this.withDetails(span).kind as number;
  }

  /** Equal for calls of one operation that ask the same, as far as the spans tell. */
  ofQuestion(span: Span): number {
    return this.withDetails(span).question as number;
  }

  private of(span: Span): Numbers {
    let numbers = this.numbersByCall.get(span);
    if (numbers === undefined) {
      numbers = { operation: this.operations.of(span), kind: undefined, question: undefined };
      this.numbersByCall.set(span, numbers);
    }
    return numbers;
  }

  private withDetails(span: Span): Numbers {
    const numbers = this.of(span);
    if (numbers.kind === undefined) {
      const { target, statement, address } = detailsOf(span);
      const { targets, kinds, statements, questions } = this.pairs;
      const onTarget = targets.of(numbers.operation, this.ofText(target));
      numbers.kind = kinds.of(onTarget, this.ofForm(statement));
      numbers.question = questions.of(statements.of(onTarget, this.ofText(statement)), this.ofText(address));
    }
    return numbers;
  }

  private ofText(text: string): number {
    return numberAt(this.texts, text);
  }

  private ofForm(statement: string): number {
    let form = this.forms.get(statement);
    if (form === undefined) {
      form = this.ofText(statement.replace(LITERALS, '?').replace(LISTS, '(?)'));
      this.forms.set(statement, form);
    }
    return form;
  }
}

/** A number for two numbers. */
class PairNumbers {
  /** Above the number of spans that any answer holds; both halves fit a double exactly. */
  private static readonly RANGE = 2 ** 26;
  private readonly numbers = new Map<number, number>();

  of(first: number, second: number): number {
    return numberAt(this.numbers, first * PairNumbers.RANGE + second);
  }
}

function numberAt<Key>(numbers: Map<Key, number>, key: Key): number {
  let number = numbers.get(key);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(key, number);
  }
  return number;
}

/** Lists of at least `atLeast` items that have the same key, in the order of their first items. */
export function* groupsBySteps<T, Key>(items: readonly T[], keyOf: (item: T) => Key, atLeast: number): Steps<T[][]> {
  const groups = new Map<Key, T[]>();
  yield* sliceSteps(items, (slice) => {
    for (const item of slice) {
      const key = keyOf(item);
      const group = groups.get(key);
      if (group === undefined) {
        groups.set(key, [item]);
      } else {
        group.push(item);
      }
    }
  });
  return [...groups.values()].filter(({ length }) => length >= atLeast);
}

/**
 * The empty text for what is not told. One pass over the attributes: in a loop of 100,000 calls, a look-up per key is what
 * takes the time.
 */
function detailsOf({ attributes }: Span): Readonly<Record<Detail, string>> {
  const details = { target: '', statement: '', address: '' };
  const ranks = { target: Infinity, statement: Infinity, address: Infinity };
  for (const { key, value } of attributes.entries) {
    const found = typeof value === 'string' ? DETAIL_BY_KEY.get(key) : undefined;
    if (found !== undefined && found.rank < ranks[found.detail]) {
      details[found.detail] = (value as string).slice(0, MAX_DETAIL);
      ranks[found.detail] = found.rank;
    }
  }
  return details;
}
