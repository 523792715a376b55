import { OtlpAttribute, OtlpValue } from './otlpSpan';

/** An export request that cannot be read; the message is sent back with status 400. */
export class MalformedOtlp extends Error {}

/** Untrusted JSON, read field by field; accepts the snake_case spelling that protobuf's JSON mapping allows. */
export class OtlpReader {
  private readonly fields: ReadonlyMap<string, unknown>;

  constructor(
    value: unknown,
    private readonly where: string
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new MalformedOtlp(`${where} must be an object`);
    }
    this.fields = new Map(Object.entries(value));
  }

  private field(name: string): unknown {
    const value = this.fields.get(name);
    return value ?? this.fields.get(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  }

  object(name: string): OtlpReader {
    return new OtlpReader(this.field(name) ?? {}, `${this.where}.${name}`);
  }

  objects(name: string): OtlpReader[] {
    const value = this.field(name) ?? [];
    if (!Array.isArray(value)) {
      throw new MalformedOtlp(`${this.where}.${name} must be a list`);
    }
    return value.map((item: unknown, index) => new OtlpReader(item, `${this.where}.${name}[${index}]`));
  }

  text(name: string): string {
    const value = this.field(name) ?? '';
    if (typeof value !== 'string') {
      throw new MalformedOtlp(`${this.where}.${name} must be a text`);
    }
    return value;
  }

  number(name: string): number {
    const value = Number(this.field(name) ?? 0);
    if (!Number.isFinite(value)) {
      throw new MalformedOtlp(`${this.where}.${name} must be a number`);
    }
    return value;
  }

  int64(name: string): bigint {
    const value = this.field(name) ?? '0';
    if (
      (typeof value === 'string' && /^-?\d+$/.test(value)) ||
      (typeof value === 'number' && Number.isInteger(value))
    ) {
      return BigInt(value);
    }
    throw new MalformedOtlp(`${this.where}.${name} must be a whole number or a text of digits`);
  }

  /** Lower-case hex of `bytes` bytes. Empty and all-zero ids both mean "none" and come back empty. */
  id(name: string, bytes: 8 | 16): string {
    const value = this.text(name).toLowerCase();
    if (value !== '' && !(value.length === bytes * 2 && /^[0-9a-f]+$/.test(value))) {
      throw new MalformedOtlp(`${this.where}.${name} must be ${bytes * 2} hex digits`);
    }
    return /^0*$/.test(value) ? '' : value;
  }

  attributes(name = 'attributes'): OtlpAttribute[] {
    return this.objects(name).map((entry) => ({ key: entry.text('key'), value: entry.object('value').value() }));
  }

  /** This object as an AnyValue. */
  value(): OtlpValue {
    if (this.field('stringValue') !== undefined) {
      return { stringValue: this.text('stringValue') };
    }
    const flag = this.field('boolValue');
    if (flag !== undefined) {
      return { boolValue: flag === true };
    }
    if (this.field('intValue') !== undefined) {
      return { intValue: this.int64('intValue').toString() };
    }
    const double = this.field('doubleValue');
    if (double !== undefined) {
      return {
        doubleValue:
          double === 'NaN' || double === 'Infinity' || double === '-Infinity' ? double : this.number('doubleValue'),
      };
    }
    if (this.field('arrayValue') !== undefined) {
      return {
        arrayValue: {
          values: this.object('arrayValue')
            .objects('values')
            .map((item) => item.value()),
        },
      };
    }
    if (this.field('kvlistValue') !== undefined) {
      return { kvlistValue: { values: this.object('kvlistValue').attributes('values') } };
    }
    return this.field('bytesValue') === undefined ? {} : { bytesValue: this.text('bytesValue') };
  }
}
