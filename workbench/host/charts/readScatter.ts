import {
  FieldType,
  fieldMatchers,
  formattedValueToString,
  getFieldDisplayName,
  getFieldSeriesColor,
  type DataFrame,
  type Field,
  type GrafanaTheme2,
  type MatcherConfig,
} from '@grafana/data';

export interface ScatterDot {
  readonly x: number;
  readonly y: number;
  readonly color: string;
  /** What pointing at the dot tells: every visible column of its row. */
  readonly facts: ReadonlyArray<readonly [name: string, value: string]>;
  /** The first link of what is drawn, else of the row. */
  readonly link?: { readonly title: string; readonly href: string };
}

export interface ScatterSeries {
  readonly name: string;
  readonly color: string;
  readonly dots: readonly ScatterDot[];
}

export interface Scatter {
  readonly series: readonly ScatterSeries[];
  readonly xField: Field;
  readonly yField: Field;
}

/** One entry of an XY chart's `series` option, as Grafana saves it (12.x, panel/xychart). */
export interface ScatterMapping {
  readonly x?: { readonly matcher: MatcherConfig };
  readonly y?: { readonly matcher: MatcherConfig };
}

/**
 * A series for each frame and number column: x is what the mapping names, else the time column, else the first number.
 * Rows without a finite x and y are left out. Undefined when no frame has both.
 */
export function readScatter(
  frames: readonly DataFrame[],
  theme: GrafanaTheme2,
  mapping: ScatterMapping = {}
): Scatter | undefined {
  const found = frames.flatMap((frame) => {
    const matches = (config: MatcherConfig | undefined) => {
      const matcher = config && fieldMatchers.get(config.id).get(config.options);
      return matcher && frame.fields.filter((field) => matcher(field, frame, [...frames]));
    };
    const numbers = frame.fields.filter(({ type, config }) => type === FieldType.number && !isHidden(config));
    const xField =
      matches(mapping.x?.matcher)?.[0] ?? frame.fields.find(({ type }) => type === FieldType.time) ?? numbers[0];
    const yFields = matches(mapping.y?.matcher) ?? numbers.filter((field) => field !== xField);
    return xField ? yFields.map((yField) => ({ frame, xField, yField })) : [];
  });
  if (found.length === 0) {
    return undefined;
  }
  const series = found.map(({ frame, xField, yField }) => {
    const { color } = getFieldSeriesColor(yField, theme);
    return { name: getFieldDisplayName(yField, frame, [...frames]), color, dots: dotsOf(frame, xField, yField, color) };
  });
  return { series, xField: found[0].xField, yField: found[0].yField };
}

const isHidden = (config: Field['config']): boolean => config.custom?.hidden === true;

function dotsOf(frame: DataFrame, xField: Field, yField: Field, color: string): ScatterDot[] {
  const shown = frame.fields.filter(({ config }) => !isHidden(config));
  const linked = [yField, ...frame.fields].filter(({ config }) => (config.links?.length ?? 0) > 0);
  const dots: ScatterDot[] = [];
  for (let row = 0; row < frame.length; row++) {
    const [x, y] = [xField.values[row], yField.values[row]];
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      continue;
    }
    const [link] = linked.flatMap((field) => field.getLinks?.({ valueRowIndex: row }) ?? []);
    dots.push({
      x,
      y,
      color: yField.config.color?.mode === 'thresholds' ? (yField.display?.(y).color ?? color) : color,
      facts: shown.map((field) => [getFieldDisplayName(field, frame), textOf(field, row)] as const),
      link: link && { title: link.title, href: link.href },
    });
  }
  return dots;
}

function textOf(field: Field, row: number): string {
  const value = field.values[row];
  return field.display ? formattedValueToString(field.display(value)) : String(value ?? '');
}
