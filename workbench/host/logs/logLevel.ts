import type { LogEntry } from './logEntry';

/** Grafana's levels, worst first. */
export type LogLevel = 'critical' | 'error' | 'warning' | 'info' | 'debug' | 'trace' | 'unknown';

const aliases = new Map<string, LogLevel>([
  ['fatal', 'critical'],
  ['emerg', 'critical'],
  ['alert', 'critical'],
  ['crit', 'critical'],
  ['critical', 'critical'],
  ['err', 'error'],
  ['error', 'error'],
  ['eror', 'error'],
  ['warn', 'warning'],
  ['warning', 'warning'],
  ['info', 'info'],
  ['information', 'info'],
  ['informational', 'info'],
  ['notice', 'info'],
  ['dbug', 'debug'],
  ['debug', 'debug'],
  ['trace', 'trace'],
]);

const LEVEL_LABELS = ['level', 'detected_level', 'severity_text', 'severity', 'lvl'];
const LEVEL_IN_LINE = /"?(?:level|severity|lvl)"?\s*[:=]\s*"?(\w+)/i;

/** The level a line declares in a label or in itself; never guessed from words in the message. */
export function logLevel(entry: Pick<LogEntry, 'labels' | 'line'>): LogLevel {
  const label = LEVEL_LABELS.map((name) => entry.labels.get(name)).find((value) => value !== undefined);
  return namedLevel(label ?? LEVEL_IN_LINE.exec(entry.line)?.[1] ?? '');
}

/** The level that a word stands for, in whatever case it is written. */
export function namedLevel(word: string): LogLevel {
  return aliases.get(word.toLowerCase()) ?? 'unknown';
}
