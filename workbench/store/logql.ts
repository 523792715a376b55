/**
 * The part of LogQL that a logs page and links from traces need: a selector, line filters, label filters joined by
 * `and` / `or`, `| json`, `| logfmt`, and the `label_format` with `contains` that Grafana writes for "logs for this
 * span". Everything else is refused with a sentence.
 */
import type { LogEntry } from './LogStore';

/** The query cannot be read; answered with status 400, as Loki does for a parse error. */
export class LogqlError extends Error {}

/** A line on its way through the pipeline; `labels` holds stream labels, metadata and what stages extracted. */
export interface PipelineLine {
  readonly line: string;
  readonly labels: Map<string, string>;
}

type Stage = (line: PipelineLine) => boolean;

export interface LogQuery {
  selects(entry: LogEntry): boolean;
  /** False when a stage drops the line; stages may add labels. */
  passes(line: PipelineLine): boolean;
}

const STRING = String.raw`"(?:[^"\\]|\\.)*"|` + '`[^`]*`';
const MATCHER = new RegExp(String.raw`^\s*([A-Za-z_]\w*)\s*(=~|!~|!=|=)\s*(${STRING})\s*(,|(?=\}))`);
const LINE_FILTER = new RegExp(String.raw`^\s*(\|=|!=|\|~|!~)\s*(${STRING})`);
const LABEL_FILTER = new RegExp(String.raw`^\s*([A-Za-z_]\w*)\s*(=~|!~|!=|==|=)\s*(${STRING})`);
const CONTAINS = new RegExp(
  String.raw`^\s*\|\s*label_format\s+([A-Za-z_]\w*)\s*=\s*` +
    String.raw`(?:\x60\{\{\s*contains\s+"([^"]*)"\s+__line__\s*\}\}\x60|"\{\{\s*contains\s+\\"([^"\\]*)\\"\s+__line__\s*\}\}")`
);

/** Throws LogqlError. */
export function parseLogql(query: string): LogQuery {
  const open = /^\s*\{/.exec(query);
  if (!open) {
    throw new LogqlError('parse error : a query starts with a selector such as {service_name="checkout"}');
  }
  const matchers: Array<(entry: LogEntry) => boolean> = [];
  let rest = query.slice(open[0].length);
  while (!/^\s*\}/.test(rest)) {
    const found = MATCHER.exec(rest);
    if (!found) {
      throw new LogqlError(`parse error : expected label="value" at: ${rest.slice(0, 40)}`);
    }
    const test = compareLabel(found[2], unquote(found[3]));
    const name = found[1];
    matchers.push((entry) => test(entry.labels.get(name) ?? ''));
    rest = rest.slice(found[0].length);
  }
  const stages = parseStages(rest.replace(/^\s*\}/, ''));
  return {
    selects: (entry) => matchers.every((matches) => matches(entry)),
    passes: (line) => stages.every((stage) => stage(line)),
  };
}

function parseStages(text: string): Stage[] {
  const stages: Stage[] = [];
  let rest = text;
  while (rest.trim() !== '') {
    const [stage, length] = parseStage(rest);
    stages.push(stage);
    rest = rest.slice(length);
  }
  return stages;
}

function parseStage(rest: string): [Stage, number] {
  const filter = LINE_FILTER.exec(rest);
  if (filter) {
    const test = compareLine(filter[1], unquote(filter[2]));
    return [({ line }) => test(line), filter[0].length];
  }
  const parser = /^\s*\|\s*(json|logfmt)\b(?=\s*(\||!|$))/.exec(rest);
  if (parser) {
    return [parser[1] === 'json' ? extractJson : extractLogfmt, parser[0].length];
  }
  const contains = CONTAINS.exec(rest);
  if (contains) {
    const wanted = contains[2] ?? contains[3];
    return [
      ({ line, labels }) => {
        labels.set(contains[1], String(line.includes(wanted)));
        return true;
      },
      contains[0].length,
    ];
  }
  const pipe = /^\s*\|/.exec(rest);
  if (pipe) {
    const [stage, length] = parseLabelFilters(rest.slice(pipe[0].length));
    return [stage, pipe[0].length + length];
  }
  throw unsupported(rest);
}

/** `a="1" and b="2" or c="3"`: `and` binds tighter. */
function parseLabelFilters(text: string): [Stage, number] {
  const alternatives: Stage[][] = [[]];
  let rest = text;
  for (;;) {
    const found = LABEL_FILTER.exec(rest);
    if (!found) {
      throw unsupported(rest);
    }
    const test = compareLabel(found[2], unquote(found[3]));
    alternatives[alternatives.length - 1].push(({ labels }) => test(labels.get(found[1]) ?? ''));
    rest = rest.slice(found[0].length);
    const joint = /^\s*(and\b|or\b|,)/i.exec(rest);
    if (!joint) {
      break;
    }
    if (joint[1].toLowerCase() === 'or') {
      alternatives.push([]);
    }
    rest = rest.slice(joint[0].length);
  }
  const stage: Stage = (line) => alternatives.some((all) => all.every((one) => one(line)));
  return [stage, text.length - rest.length];
}

/** Label values are compared whole. */
function compareLabel(operator: string, value: string): (text: string) => boolean {
  const isNegative = operator.startsWith('!');
  if (operator.endsWith('~')) {
    const pattern = compile(`^(?:${value})$`);
    return (text) => pattern.test(text) !== isNegative;
  }
  return (text) => (text === value) !== isNegative;
}

/** Lines are searched. */
function compareLine(operator: string, value: string): (text: string) => boolean {
  const isNegative = operator.startsWith('!');
  if (operator.endsWith('~')) {
    const pattern = compile(value);
    return (text) => pattern.test(text) !== isNegative;
  }
  return (text) => text.includes(value) !== isNegative;
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (error) {
    throw new LogqlError(`parse error : ${error instanceof Error ? error.message : error}`);
  }
}

function extractJson({ line, labels }: PipelineLine): boolean {
  try {
    const value: unknown = JSON.parse(line);
    for (const [key, item] of Object.entries(typeof value === 'object' && value !== null ? value : {})) {
      if (typeof item !== 'object') {
        labels.set(key.replace(/\W/g, '_'), String(item));
      }
    }
  } catch {
    labels.set('__error__', 'JSONParserErr');
  }
  return true;
}

function extractLogfmt({ line, labels }: PipelineLine): boolean {
  for (const [, key, value] of line.matchAll(/([A-Za-z_][\w.]*)=("(?:[^"\\]|\\.)*"|\S*)/g)) {
    labels.set(key.replace(/\W/g, '_'), value.startsWith('"') ? unquote(value) : value);
  }
  return true;
}

function unquote(text: string): string {
  if (text.startsWith('`')) {
    return text.slice(1, -1);
  }
  return text.slice(1, -1).replace(/\\(.)/g, (_whole, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? letter);
}

function unsupported(rest: string): LogqlError {
  return new LogqlError(
    `parse error : the embedded store does not understand "${rest.trim().slice(0, 60)}"; it knows line filters, label filters, json and logfmt`
  );
}
