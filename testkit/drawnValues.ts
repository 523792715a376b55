/**
 * How drawings write attributes: `{http.status_code=200 ratio=1.0 ok=true note="two words" sizes=[1 2] raw=b64"AAE="
 * inner={a=1} nothing=null}`. Keys and texts are bare or as in JSON; a whole double keeps its `.0`.
 */
import {
  Attributes,
  isAttributeBytes,
  isAttributeMap,
  type Attribute,
  type AttributeValue,
} from '../src/model/attributes';

const BARE_WORD = /^[\w.@/:*$-]+$/;

/** Bare where no reader could misunderstand it, else in quotes. */
export function writeWord(text: string): string {
  return BARE_WORD.test(text) ? text : JSON.stringify(text);
}

export function writeAttributes(attributes: Attributes): string {
  return writeEntries(attributes.entries);
}

function writeEntries(entries: readonly Attribute[]): string {
  return `{${entries.map(({ key, value, type }) => `${writeWord(key)}=${writeValue(value, type)}`).join(' ')}}`;
}

function writeValue(value: AttributeValue, type?: Attribute['type']): string {
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    const digits = Object.is(value, -0) ? '-0' : String(value);
    return (type === 'double' || Object.is(value, -0)) && Number.isSafeInteger(value) ? `${digits}.0` : digits;
  }
  if (value === null || typeof value !== 'object') {
    return String(value);
  }
  if (isList(value)) {
    return `[${value.map((item) => writeValue(item)).join(' ')}]`;
  }
  return isAttributeMap(value) ? writeEntries(value.entries) : `b64${JSON.stringify(value.base64)}`;
}

function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value) && !isAttributeMap(value) && !isAttributeBytes(value);
}

/** Reads one thing after the other from a line; each `read…` skips the space before it and throws where nothing fits. */
export class DrawnText {
  private position = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    this.match(/\s*/y);
    return this.position >= this.text.length;
  }

  /** The groups of a sticky pattern that fits here, or undefined and nothing is read. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (match === null) {
      return undefined;
    }
    this.position = pattern.lastIndex;
    return match;
  }

  refuse(): never {
    throw new Error(`cannot read ${JSON.stringify(this.text.slice(this.position))}`);
  }

  readWord(): string {
    const quoted = this.readQuoted();
    return quoted ?? this.match(/\s*([\w.@/:*$-]+)/y)?.[1] ?? this.refuse();
  }

  readQuoted(): string | undefined {
    const match = this.match(/\s*("(?:[^"\\]|\\.)*")/y);
    return match && (JSON.parse(match[1]) as string);
  }

  /** Attributes in braces, or undefined when there are none here. */
  readAttributes(): Attributes | undefined {
    return this.match(/\s*\{/y) ? this.readOpenedAttributes() : undefined;
  }

  /** As `readAttributes`, after the opening brace. */
  readOpenedAttributes(): Attributes {
    return Attributes.from(this.readEntries());
  }

  private readEntries(): Attribute[] {
    const entries: Attribute[] = [];
    while (!this.match(/\s*\}/y)) {
      const key = this.readWord();
      if (!this.match(/=/y)) {
        this.refuse();
      }
      const isDouble = /-?\d+\.0(?![\d.e])/y;
      isDouble.lastIndex = this.position;
      const type = isDouble.test(this.text) ? ({ type: 'double' } as const) : {};
      entries.push({ key, value: this.readValue(), ...type });
    }
    return entries;
  }

  private readValue(): AttributeValue {
    const text = this.readQuoted();
    if (text !== undefined) {
      return text;
    }
    if (this.match(/\s*b64(?=")/y)) {
      return { kind: 'bytes', base64: this.readQuoted() ?? this.refuse() };
    }
    if (this.match(/\s*\[/y)) {
      const items: AttributeValue[] = [];
      while (!this.match(/\s*\]/y)) {
        items.push(this.readValue());
      }
      return items;
    }
    if (this.match(/\s*\{/y)) {
      return { kind: 'map', entries: this.readEntries() };
    }
    return readBareValue(this.match(/\s*([\w.+-]+)/y)?.[1] ?? this.refuse());
  }
}

function readBareValue(word: string): AttributeValue {
  if (word === 'true' || word === 'false') {
    return word === 'true';
  }
  if (word === 'null') {
    return null;
  }
  if (/^-?\d+$/.test(word) && !Number.isSafeInteger(Number(word))) {
    return BigInt(word);
  }
  const number = Number(word);
  if (Number.isNaN(number) && word !== 'NaN') {
    throw new Error(`${word} is no value; texts are written in quotes`);
  }
  return number;
}
