import { VariableFormatID } from '@grafana/schema';

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);
const regexEscaped = (text: string) => text.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');
const strictlyEncoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const quoted = (quote: string) => (value: unknown) =>
  list(value)
    .map((item) => quote + item.split(quote).join(`\\${quote}`) + quote)
    .join(',');

/** `${name:format}` of Grafana, for the formats a query or a link uses. A list has one element or several. */
const formatters: Partial<Record<string, (value: unknown, name: string) => string>> = {
  [VariableFormatID.Raw]: (value) => list(value).join(','),
  [VariableFormatID.CSV]: (value) => list(value).join(','),
  [VariableFormatID.JSON]: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
  [VariableFormatID.Pipe]: (value) => list(value).join('|'),
  [VariableFormatID.Distributed]: (value, name) => list(value).join(`,${name}=`),
  [VariableFormatID.DoubleQuote]: quoted('"'),
  [VariableFormatID.SingleQuote]: quoted("'"),
  [VariableFormatID.PercentEncode]: (value) => strictlyEncoded(globbed(value)),
  [VariableFormatID.UriEncode]: (value) => strictlyEncoded(list(value).join(',')),
  [VariableFormatID.QueryParam]: (value, name) =>
    list(value)
      .map((item) => `var-${encodeURIComponent(name)}=${strictlyEncoded(item)}`)
      .join('&'),
  [VariableFormatID.Regex]: (value) => {
    const escaped = list(value).map(regexEscaped);
    return escaped.length === 1 ? escaped[0] : `(${escaped.join('|')})`;
  },
  [VariableFormatID.Text]: (value) => list(value).join(' + '),
  [VariableFormatID.Date]: (value) => new Date(Number(value)).toISOString(),
};

const globbed = (value: unknown): string => {
  const items = list(value);
  return items.length < 2 ? (items[0] ?? '') : `{${items.join(',')}}`;
};

/** A variable's value as text. An unknown format, or none, is Grafana's default `glob`: `a` or `{a,b}`. */
export function formatVariable(value: unknown, name: string, format?: string): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && format === undefined) {
    return JSON.stringify(value);
  }
  return formatters[format ?? '']?.(value, name) ?? globbed(value);
}
