/** Grafana drops a fraction silently (`1.5h` becomes one hour), so only whole numbers are let through. */
const SHIFT = /^-?\d+(ms|[smhdwMy])$/;

/**
 * Says what is wrong with a time shift, or nothing. A bare `0` must not be stored: Grafana's interval reader throws on
 * it while it draws the trace (Grafana 12.4, `rangeUtil.intervalToMs`).
 */
export function timeShiftProblem(text: string | undefined): string | undefined {
  if (!text || SHIFT.test(text)) {
    return undefined;
  }
  return `"${text}" is not a time shift. Write a whole number and a unit, such as -5m, 30s or 1h; leave the field empty for the default.`;
}
