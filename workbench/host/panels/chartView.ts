import type { AnnotationEvent, DataFrame, TimeRange } from '@grafana/data';

/** What every chart is drawn from. */
export interface ChartViewProps {
  /** Prepared: with display processors and links. */
  readonly frames: readonly DataFrame[];
  /** Frames of the annotations topic: exemplars among them. Prepared, too. */
  readonly annotations?: readonly DataFrame[];
  /** Of the dashboard's annotations. */
  readonly events?: readonly AnnotationEvent[];
  readonly width: number;
  readonly height: number;
  readonly timeRange: TimeRange;
  /** The panel's options as a dashboard saves them. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds; called when a range is drawn with the mouse. */
  readonly onZoom?: (range: { readonly from: number; readonly to: number }) => void;
}
