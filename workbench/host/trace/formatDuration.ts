const UNITS: ReadonlyArray<readonly [string, number]> = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
  ['µs', 0.001],
];

const round = (value: number) => Math.round(value * 100) / 100;

/** Milliseconds as Grafana's trace view writes durations: `1.5s`, `2m 3s`, `12µs`; below a microsecond in `ns`. */
export function formatDuration(ms: number): string {
  if (ms === 0) {
    return '0µs';
  }
  const index = UNITS.findIndex(([, size]) => Math.abs(ms) >= size);
  if (index === -1) {
    return `${Math.round(ms * 1_000_000)}ns`;
  }
  const [unit, size] = UNITS[index];
  if (size <= 1000) {
    return `${round(ms / size)}${unit}`;
  }
  const [smallerUnit, smaller] = UNITS[index + 1];
  const whole = Math.trunc(ms / size);
  const rest = Math.round((ms - whole * size) / smaller);
  return rest === 0 ? `${whole}${unit}` : `${whole}${unit} ${rest}${smallerUnit}`;
}
