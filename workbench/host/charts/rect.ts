/** A filled rectangle in the units of both axes, and what pointing at it tells. */
export interface PlotRect {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly fill: string;
  readonly facts: ReadonlyArray<readonly [name: string, value: string]>;
}

/** One axis of a plot whose range is known beforehand. */
export interface PlotAxis {
  readonly min: number;
  readonly max: number;
  /** Values are epoch milliseconds. */
  readonly isTime?: boolean;
  /** Base of a logarithmic axis; `min` is above 0. */
  readonly log?: number;
  /** Missing on a time axis. */
  readonly format?: (value: number) => string;
  readonly label?: string;
}

/** The rectangle at a point, the last drawn first. */
export function rectAt(rects: readonly PlotRect[], x: number, y: number): PlotRect | undefined {
  for (let index = rects.length - 1; index >= 0; index--) {
    const { x0, x1, y0, y1 } = rects[index];
    if (x >= x0 && x < x1 && y >= y0 && y < y1) {
      return rects[index];
    }
  }
  return undefined;
}
