import type { Attribute } from '../../model/attributes';
import { decodeKeyValue, type AttributeDecoder } from './anyValue';

/** Beyond so many values of a key (ids, addresses) the next one is most likely new, too, and looking for it is waste. */
const MAX_VALUES = 128;

/** What is known of a key. */
interface Known {
  readonly key: string;
  /** By the text of their `stringValue`; undefined once there were too many. */
  texts: Map<string, Attribute> | undefined;
  /** By the text of their `intValue`. */
  integers: Map<string, Attribute> | undefined;
}

/**
 * Decodes the key-values of many spans, and makes an attribute that several of them have only once: most attributes of a
 * trace say what others say, and in a trace of 100,000 spans their copies are most of what has to be made and kept.
 */
export class AttributePool implements AttributeDecoder {
  private readonly known = new Map<string, Known>();
  /** What stood at this place of the list before: spans of one library list the same keys in the same order. */
  private readonly places: Known[] = [];

  /** As `decodeKeyValue`. `place` is the item's in its list. */
  decode(item: unknown, place: number): Attribute {
    const { key, value } = (item ?? NOTHING) as KeyValue;
    if (typeof key !== 'string' || typeof value !== 'object' || value === null) {
      return decodeKeyValue(item);
    }
    const text = value.stringValue;
    if (typeof text === 'string') {
      const known = this.knownOf(key, place);
      return known.texts?.get(text) ?? this.learn(known, 'texts', text, item);
    }
    const integer = value.intValue;
    if (typeof integer === 'string' && text === undefined) {
      const known = this.knownOf(key, place);
      return known.integers?.get(integer) ?? this.learn(known, 'integers', integer, item);
    }
    return decodeKeyValue(item);
  }

  private knownOf(key: string, place: number): Known {
    const before = this.places[place];
    if (before !== undefined && before.key === key) {
      return before;
    }
    let known = this.known.get(key);
    if (known === undefined) {
      known = { key, texts: new Map(), integers: new Map() };
      this.known.set(key, known);
    }
    this.places[place] = known;
    return known;
  }

  private learn(known: Known, kind: 'texts' | 'integers', text: string, item: unknown): Attribute {
    const attribute = decodeKeyValue(item);
    const values = known[kind];
    if (values !== undefined) {
      values.set(text, attribute);
      if (values.size > MAX_VALUES) {
        known[kind] = undefined;
      }
    }
    return attribute;
  }
}

interface KeyValue {
  readonly key?: unknown;
  readonly value?: { readonly stringValue?: unknown; readonly intValue?: unknown } | null;
}

const NOTHING: KeyValue = {};
