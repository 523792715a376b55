import type { Attribute } from '../model/attributes';
import { QUANTILE, type MetricSeries } from '../model/metricSeries';
import { frameValue } from './tags';

/** What a series is called that nothing tells from others. */
const NAMELESS = 'Value';

/**
 * A name for the legend for each series: `checkout p95`, `checkout POST /pay error share`. Where two would be called the
 * same, their labels are spelled out: `caller=checkout`.
 */
export function nameSeries(series: readonly MetricSeries[]): string[] {
  const short = series.map((one) => joinName(one, labelText));
  const clear = short.map((name, index) => (isRepeated(name, short) ? joinName(series[index], spelledLabel) : name));
  const seen = new Map<string, number>();
  return clear.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** As Grafana wants labels: texts by key. */
export function labelRecord(labels: readonly Attribute[]): Record<string, string> {
  // `fromEntries` defines what an assignment would let slip: a key called `__proto__`.
  return Object.fromEntries(labels.map((label) => [label.key, String(frameValue(label.value))]));
}

function joinName({ name, labels }: MetricSeries, text: (label: Attribute) => string): string {
  const words = [...labels.map(text), ...(name ? [name] : [])];
  return words.length === 0 ? NAMELESS : words.join(' ');
}

function labelText(label: Attribute): string {
  if (label.key === QUANTILE) {
    return quantileText(Number(label.value));
  }
  const text = String(frameValue(label.value));
  // `true` or `500` alone tells nobody what it is about.
  const speaksForItself = typeof label.value === 'string' && text !== '' && Number.isNaN(Number(text));
  return speaksForItself ? text : spelledLabel(label);
}

function spelledLabel({ key, value }: Attribute): string {
  const text = String(frameValue(value));
  return `${key}=${text === '' ? '""' : text}`;
}

/** 0.95 → `p95`, 0.999 → `p99.9`. */
export function quantileText(quantile: number): string {
  return `p${Number((quantile * 100).toPrecision(6))}`;
}

function isRepeated(name: string, names: readonly string[]): boolean {
  return names.indexOf(name) !== names.lastIndexOf(name);
}
