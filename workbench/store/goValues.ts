/** How a Go server reads the texts of a query string, with the words of Go's own errors. */

const UNIT_NANOS = new Map<string, bigint>([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

/** `time.ParseDuration`, in nanoseconds. */
export function parseGoDuration(text: string): bigint {
  const unsigned = text.replace(/^[-+]/, '');
  if (unsigned === '0') {
    return 0n;
  }
  let total = 0n;
  let rest = unsigned;
  while (rest !== '') {
    const match = /^(\d*)(?:\.(\d*))?([^\d.]*)/.exec(rest);
    const [whole, integer = '', fraction = '', unit = ''] = match ?? [''];
    if (integer === '' && fraction === '') {
      throw new Error(`time: invalid duration ${JSON.stringify(text)}`);
    }
    if (unit === '') {
      throw new Error(`time: missing unit in duration ${JSON.stringify(text)}`);
    }
    const nanos = UNIT_NANOS.get(unit);
    if (nanos === undefined) {
      throw new Error(`time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`);
    }
    total += BigInt(integer || '0') * nanos;
    total += fraction === '' ? 0n : (BigInt(fraction) * nanos) / 10n ** BigInt(fraction.length);
    rest = rest.slice(whole.length);
  }
  if (unsigned === '') {
    throw new Error(`time: invalid duration ${JSON.stringify(text)}`);
  }
  return text.startsWith('-') ? -total : total;
}

/** `strconv.ParseInt(text, 10, 64)`. */
export function parseGoInt(text: string, caller = 'ParseInt'): bigint {
  if (!/^[-+]?\d+$/.test(text)) {
    throw new Error(`strconv.${caller}: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  return BigInt(text.replace(/^\+/, ''));
}

/** `strconv.ParseBool`. */
export function parseGoBool(text: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) {
    return true;
  }
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) {
    return false;
  }
  throw new Error(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** `time.Parse(time.RFC3339Nano, text)`, in nanoseconds since the Unix epoch. */
export function parseRfc3339(text: string): bigint {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  const millis = match ? Date.parse(match[1] + match[3]) : NaN;
  if (!match || Number.isNaN(millis)) {
    const quoted = JSON.stringify(text);
    throw new Error(
      `parsing time ${quoted} as "2006-01-02T15:04:05.999999999Z07:00": cannot parse ${quoted} as "2006"`
    );
  }
  return BigInt(millis) * 1_000_000n + BigInt((match[2] ?? '').slice(0, 9).padEnd(9, '0'));
}

/** A JSON object whose values are all texts, as `json.Unmarshal` into `map[string]string` wants it. */
export function parseStringMap(text: string): Map<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`invalid character '${text.charAt(0)}' looking for beginning of value`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('json: cannot unmarshal value into Go value of type map[string]string');
  }
  return new Map(
    Object.entries(value).map(([key, item]) => {
      if (typeof item !== 'string') {
        throw new Error(`json: cannot unmarshal ${typeof item} into Go value of type string`);
      }
      return [key, item];
    })
  );
}
