import type { Span } from '../../model/trace';
import { sliceSteps, type Steps } from '../../model/cooperative';
import type { OperationNumbers } from '../operationNumbers';

/** What tells calls of one operation apart. */
type Detail = 'target' | 'statement';

/** Where it stands; of several keys the first that is there counts, and today's names come before older ones. */
const DETAIL_KEYS: Readonly<Record<Detail, readonly string[]>> = {
  target: ['peer.service', 'server.address', 'net.peer.name', 'messaging.destination.name', 'db.namespace'],
  statement: ['db.query.summary', 'db.query.text', 'db.statement'],
};
/** As `DETAIL_KEYS`. */
const ADDRESS_RANKS = new Map(['url.full', 'http.url', 'url.path', 'http.target'].map((key, rank) => [key, rank]));
const DETAIL_BY_KEY = new Map(
  (Object.keys(DETAIL_KEYS) as Detail[]).flatMap((detail) =>
    DETAIL_KEYS[detail].map((key, rank) => [key, { detail, rank }] as const)
  )
);

/** Statements may be megabytes; what they do stands at their beginning. */
const MAX_DETAIL = 500;
const LITERALS = /'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b/g;
const LISTS = /\(\s*\?(?:\s*,\s*\?)*\s*\)/g;

/** Of calls that are siblings. */
export interface Questions {
  /**
   * By index of the call, from 0 up: equal for calls that ask the same; −1 for those that ask what no failed one of them
   * did.
   */
  readonly byCall: Int32Array;
  /** How many different ones there are. */
  readonly count: number;
}

/**
 * Numbers that are equal for calls that are alike. Numbers, not texts put together: for 100,000 calls in a loop, building
 * and hashing those is what takes the time. No object is kept per call: asking again costs less than what 100,000 of them
 * leave to the garbage collector.
 */
export class CallNumbers {
  private readonly texts = new Map<string, number>();
  private readonly addresses = new Map<string, number>();
  /** By number of the statement. */
  private readonly forms: number[] = [];
  private readonly targets = new PairNumbers();
  private readonly kinds = new PairNumbers();
  private readonly statements = new PairNumbers();
  private readonly questions = new PairNumbers();
  private readonly details = new Details();
  private readonly questionsByParent = new Map<Span, Questions>();
  /** By number of the question: the number it got when a failed call asked it last. */
  private readonly failedNumbers: Array<number | undefined> = [];
  /** How many such numbers there are. */
  private askedByFailed = 0;

  /** `operations` are those of the trace that the calls are of. */
  constructor(private readonly operations: OperationNumbers) {}

  /** Equal for the same service, name and kind. */
  ofOperation(span: Span): number {
    return this.operations.of(span);
  }

  /** Equal for calls of one operation and one kind: on the same target, whatever values they are asked with. */
  ofKind(span: Span): number {
    this.details.read(span);
    return this.kinds.of(this.ofTarget(span), this.ofForm(this.details.statement));
  }

  /** What the children of a span ask, as far as the spans tell. Kept, as two findings ask for them. */
  *questionsBelowSteps(parent: Span): Steps<Questions> {
    let questions = this.questionsByParent.get(parent);
    if (questions === undefined) {
      questions = yield* this.askBelowSteps(parent.children);
      this.questionsByParent.set(parent, questions);
    }
    return questions;
  }

  private *askBelowSteps(calls: readonly Span[]): Steps<Questions> {
    const byCall = new Int32Array(calls.length).fill(-1);
    const operations = new Set<number>();
    const first = this.askedByFailed;
    yield* sliceSteps(calls, (slice, from) => {
      for (let i = 0; i < slice.length; i++) {
        if (slice[i].status.code === 'error') {
          operations.add(this.operations.of(slice[i]));
          byCall[from + i] = this.numberOfFailed(this.ofQuestion(slice[i]), first) - first;
        }
      }
    });
    const count = this.askedByFailed - first;
    yield* sliceSteps(calls, (slice, from) => {
      for (let i = 0; i < slice.length; i++) {
        if (slice[i].status.code !== 'error' && operations.has(this.operations.of(slice[i]))) {
          const question = this.ofKnownQuestion(slice[i]);
          const number = question === -1 ? undefined : this.failedNumbers[question];
          byCall[from + i] = number !== undefined && number >= first ? number - first : -1;
        }
      }
    });
    return { byCall, count };
  }

  /** A number from `first` up, the one it got since then if it was asked before. */
  private numberOfFailed(question: number, first: number): number {
    const known = this.failedNumbers[question];
    if (known !== undefined && known >= first) {
      return known;
    }
    this.failedNumbers[question] = this.askedByFailed;
    return this.askedByFailed++;
  }

  private ofQuestion(span: Span): number {
    return this.questionAt(span, numberAt(this.addresses, addressOf(span)));
  }

  /** −1 where no call to this address has been asked for its question: most addresses differ. */
  private ofKnownQuestion(span: Span): number {
    const address = this.addresses.get(addressOf(span));
    return address === undefined ? -1 : this.questionAt(span, address);
  }

  private questionAt(span: Span, address: number): number {
    this.details.read(span);
    const statement = numberAt(this.texts, this.details.statement);
    return this.questions.of(address, this.statements.of(this.ofTarget(span), statement));
  }

  /** Of the span whose details were read last. */
  private ofTarget(span: Span): number {
    return this.targets.of(this.operations.of(span), numberAt(this.texts, this.details.target));
  }

  private ofForm(statement: string): number {
    const text = numberAt(this.texts, statement);
    return (this.forms[text] ??= numberAt(this.texts, statement.replace(LITERALS, '?').replace(LISTS, '(?)')));
  }
}

/**
 * A number for two numbers. Most numbers are seen with one other only, which an array remembers; the map is for those that
 * are seen with several.
 */
class PairNumbers {
  /** Above the number of spans that any answer holds; both halves fit a double exactly. */
  private static readonly RANGE = 2 ** 26;
  /** By the first number: the second that it was seen with first, and the number of the two. */
  private readonly seconds: number[] = [];
  private readonly pairs: number[] = [];
  private readonly others = new Map<number, number>();
  private count = 0;

  of(first: number, second: number): number {
    while (this.seconds.length <= first) {
      this.seconds.push(-1);
      this.pairs.push(-1);
    }
    if (this.seconds[first] === second) {
      return this.pairs[first];
    }
    if (this.seconds[first] === -1) {
      this.seconds[first] = second;
      this.pairs[first] = this.count++;
      return this.pairs[first];
    }
    const key = first * PairNumbers.RANGE + second;
    let number = this.others.get(key);
    if (number === undefined) {
      number = this.count++;
      this.others.set(key, number);
    }
    return number;
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

/** What the attributes of one call tell; the empty text for what they do not. Read into one object again and again. */
class Details implements Readonly<Record<Detail, string>> {
  target = '';
  statement = '';
  private readonly ranks: Record<Detail, number> = { target: Infinity, statement: Infinity };

  /** One pass over the attributes: in a loop of 100,000 calls, a look-up per key is what takes the time. */
  read({ attributes: { entries } }: Span): void {
    this.target = this.statement = '';
    this.ranks.target = this.ranks.statement = Infinity;
    for (let i = 0; i < entries.length; i++) {
      const { key, value } = entries[i];
      const found = typeof value === 'string' ? DETAIL_BY_KEY.get(key) : undefined;
      if (found !== undefined && found.rank < this.ranks[found.detail]) {
        this[found.detail] = (value as string).slice(0, MAX_DETAIL);
        this.ranks[found.detail] = found.rank;
      }
    }
  }
}

/**
 * Where a call went; the empty text where its attributes do not tell. By itself, since most calls need not be asked for
 * more, and it often stands near the beginning: reading on takes most of the time.
 */
function addressOf({ attributes: { entries } }: Span): string {
  let address = '';
  let best = ADDRESS_RANKS.size;
  for (let i = 0; i < entries.length && best > 0; i++) {
    const { key, value } = entries[i];
    const rank = typeof value === 'string' ? ADDRESS_RANKS.get(key) : undefined;
    if (rank !== undefined && rank < best) {
      address = value as string;
      best = rank;
    }
  }
  return address.slice(0, MAX_DETAIL);
}
