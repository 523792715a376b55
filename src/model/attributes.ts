/**
 * Attribute values keep what the wire said: `0`, `false` and `''` are values, a 64-bit integer keeps its digits,
 * a map keeps its order. Keys come from strangers, so they never become properties of an object.
 */

/** An ordered map value (OTLP `kvlistValue`). A tagged list, not an object: a key may be `__proto__`. */
export interface AttributeMap {
  readonly kind: 'map';
  readonly entries: readonly Attribute[];
}

/** Binary data, still in base64 as every JSON wire carries it. */
export interface AttributeBytes {
  readonly kind: 'bytes';
  readonly base64: string;
}

/** Integers beyond ±(2^53 − 1) are `bigint`; smaller ones and doubles are `number`. `null` is OTLP's empty value. */
export type AttributeValue =
  string | number | boolean | bigint | null | readonly AttributeValue[] | AttributeMap | AttributeBytes;

export interface Attribute {
  readonly key: string;
  readonly value: AttributeValue;
  /**
   * `double` where the number alone cannot tell: a double that happens to be whole (`1.0`). Exports need it. Where a wire's
   * own object stands for the attribute it may be the wire's word for the type, and says nothing that `value` does not.
   */
  readonly type?: string;
}

const INHERITED_KEYS = Object.getOwnPropertyNames(Object.prototype);

/** By length, as a look at the length alone rules out nearly every key. */
const INHERITED_KEYS_BY_LENGTH = new Array<string[] | undefined>(32).fill(undefined);
for (const key of INHERITED_KEYS) {
  (INHERITED_KEYS_BY_LENGTH[key.length] ??= []).push(key);
}

/** Whether every plain object has a member of this name (`constructor`, `__proto__`), so that none can hold the key. */
export function isInheritedKey(key: string): boolean {
  const candidates = key.length < INHERITED_KEYS_BY_LENGTH.length ? INHERITED_KEYS_BY_LENGTH[key.length] : undefined;
  return candidates !== undefined && candidates.includes(key);
}

/** A longer text, in characters, is one that no view can show at once. */
export const LONGEST_SHOWN_TEXT = 100_000;

/** Beyond this many entries `get` builds an index; below it a scan is faster and allocates nothing. */
const SCAN_LIMIT = 16;

/** An ordered list of attributes that may repeat a key. The first value of a key is the one `get` answers. */
export class Attributes {
  static readonly empty: Attributes = new Attributes([]);

  // Declared only, and set below: there is one of these per span, and class fields proper are set the slow way.
  declare readonly entries: readonly Attribute[];
  /**
   * Whether code that knows less can take the list as it is: every value is a string of at most `LONGEST_SHOWN_TEXT`, a
   * boolean or a finite number, and no key is an inherited one. Found out while the entries are new and at hand; later it
   * would cost a walk through all of a trace's memory.
   */
  declare readonly isPlain: boolean;
  declare private index: Map<string, AttributeValue> | undefined;

  /**
   * Takes the list over: the caller must not change it afterwards. `isPlain` is for callers that have looked at every
   * attribute already.
   */
  constructor(entries: readonly Attribute[], isPlain = areAllPlain(entries)) {
    this.entries = entries;
    this.isPlain = isPlain;
    this.index = undefined;
  }

  static from(entries: readonly Attribute[], isPlain?: boolean): Attributes {
    return entries.length === 0 ? Attributes.empty : new Attributes(entries, isPlain);
  }

  /** From a record of plain values, for tests and for callers that know their keys. */
  static of(record: Readonly<Record<string, AttributeValue>>): Attributes {
    return Attributes.from(Object.entries(record).map(([key, value]) => ({ key, value })));
  }

  get size(): number {
    return this.entries.length;
  }

  get(key: string): AttributeValue | undefined {
    if (this.index) {
      return this.index.get(key);
    }
    if (this.entries.length > SCAN_LIMIT) {
      return this.buildIndex().get(key);
    }
    const { entries } = this;
    for (let i = 0; i < entries.length; i++) {
      if (entries[i].key === key) {
        return entries[i].value;
      }
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** The value when it is a string, else undefined: most semantic-convention keys are strings. */
  getString(key: string): string | undefined {
    const value = this.get(key);
    return typeof value === 'string' ? value : undefined;
  }

  private buildIndex(): Map<string, AttributeValue> {
    const index = new Map<string, AttributeValue>();
    for (const entry of this.entries) {
      if (!index.has(entry.key)) {
        index.set(entry.key, entry.value);
      }
    }
    // A frozen list works too, only slower.
    if (!Object.isFrozen(this)) {
      this.index = index;
    }
    return index;
  }
}

function areAllPlain(entries: readonly Attribute[]): boolean {
  for (let i = 0; i < entries.length; i++) {
    if (!isPlainAttribute(entries[i])) {
      return false;
    }
  }
  return true;
}

/** See `Attributes.isPlain`. */
export function isPlainAttribute({ key, value }: Attribute): boolean {
  const type = typeof value;
  const isPlainValue =
    type === 'string'
      ? (value as string).length <= LONGEST_SHOWN_TEXT
      : type === 'boolean' || (type === 'number' && Number.isFinite(value));
  return isPlainValue && !isInheritedKey(key);
}

export function isAttributeMap(value: AttributeValue): value is AttributeMap {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'map';
}

export function isAttributeBytes(value: AttributeValue): value is AttributeBytes {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'bytes';
}
