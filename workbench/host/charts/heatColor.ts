import { interpolateOranges } from 'd3';

/**
 * Grafana's default scheme for heatmaps, Oranges: bright for many on a dark page, dark for many on a light one.
 * `share` is between 0 and 1; even one of many must be seen, hence the root and the start above 0.
 */
export function heatColor(share: number, isDark: boolean): string {
  const strength = 0.15 + 0.85 * Math.sqrt(Math.min(1, Math.max(0, share)));
  return interpolateOranges(isDark ? 1 - strength * 0.9 : strength);
}
