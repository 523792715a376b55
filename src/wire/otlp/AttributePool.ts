import { isPlainAttribute, type Attribute } from '../../model/attributes';
import { decodeKeyValue, type AttributeDecoder } from './anyValue';

/** Beyond so many values of a key (ids, addresses) the next one is most likely new, too, and looking for it is waste. */
const MAX_VALUES = 128;

/** What is known of a key. */
interface Known {
  readonly key: string;
  /** As in `isPlainAttribute`. */
  readonly isPlain: boolean;
  /** By the text of their `stringValue`; undefined once there were too many. */
  texts: Map<string, Attribute> | undefined;
  /** By the text of their `intValue`. */
  integers: Map<string, Attribute> | undefined;
  yes: Attribute | undefined;
  no: Attribute | undefined;
}

/**
 * Decodes the key-values of many spans, and makes an attribute that several of them have only once: most attributes of a
 * trace say what others say, and in a trace of 100,000 spans their copies are most of what has to be made and kept.
 */
export class AttributePool implements AttributeDecoder {
  arePlain: boolean | undefined = true;
  private readonly known = new Map<string, Known>();
  /** What stood at this place of the list before: spans of one library list the same keys in the same order. */
  private readonly places: Known[] = [];

  begin(): void {
    this.arePlain = true;
  }

  /** As `decodeKeyValue`. */
  decode(item: unknown, place: number): Attribute {
    const { key, value } = (item ?? NOTHING) as KeyValue;
    if (typeof key !== 'string' || typeof value !== 'object' || value === null) {
      return this.decodeAlone(item);
    }
    const text = value.stringValue;
    if (typeof text === 'string') {
      return this.ofText(this.knownOf(key, place), text);
    }
    const integer = value.intValue;
    if (typeof integer === 'string' && text === undefined) {
      return this.ofInteger(this.knownOf(key, place), integer, item);
    }
    const bool = value.boolValue;
    if (typeof bool === 'boolean' && text === undefined && integer === undefined) {
      return this.ofBoolean(this.knownOf(key, place), bool);
    }
    return this.decodeAlone(item);
  }

  private decodeAlone(item: unknown): Attribute {
    return this.told(decodeKeyValue(item));
  }

  private told(attribute: Attribute): Attribute {
    this.arePlain &&= isPlainAttribute(attribute);
    return attribute;
  }

  private knownOf(key: string, place: number): Known {
    const before = this.places[place];
    if (before !== undefined && before.key === key) {
      return before;
    }
    let known = this.known.get(key);
    if (known === undefined) {
      const isPlain = isPlainAttribute({ key, value: true });
      known = { key, isPlain, texts: new Map(), integers: new Map(), yes: undefined, no: undefined };
      this.known.set(key, known);
    }
    this.places[place] = known;
    return known;
  }

  private ofText(known: Known, text: string): Attribute {
    const { key, texts } = known;
    if (texts === undefined) {
      return this.told({ key, value: text });
    }
    return texts.get(text) ?? this.learnText(known, texts, text);
  }

  private learnText(known: Known, texts: Map<string, Attribute>, text: string): Attribute {
    const attribute = { key: known.key, value: text };
    if (!isPlainAttribute(attribute)) {
      // Only plain ones are kept, so that nothing need be asked of those that are found.
      return this.told(attribute);
    }
    texts.set(text, attribute);
    if (texts.size > MAX_VALUES) {
      known.texts = undefined;
    }
    return attribute;
  }

  private ofInteger(known: Known, text: string, item: unknown): Attribute {
    return known.integers?.get(text) ?? this.learnInteger(known, text, this.decodeAlone(item));
  }

  private learnInteger(known: Known, text: string, attribute: Attribute): Attribute {
    const { integers } = known;
    if (integers !== undefined && isPlainAttribute(attribute)) {
      integers.set(text, attribute);
      if (integers.size > MAX_VALUES) {
        known.integers = undefined;
      }
    }
    return attribute;
  }

  private ofBoolean(known: Known, value: boolean): Attribute {
    if (!known.isPlain) {
      return this.told({ key: known.key, value });
    }
    return value ? (known.yes ??= { key: known.key, value }) : (known.no ??= { key: known.key, value });
  }
}

interface KeyValue {
  readonly key?: unknown;
  readonly value?: { readonly stringValue?: unknown; readonly intValue?: unknown; readonly boolValue?: unknown } | null;
}

const NOTHING: KeyValue = {};
