/** @jest-environment jsdom */
import { createTheme, DataFrameType, FieldType, toDataFrame, type DataFrame } from '@grafana/data';
import { bucketBounds } from './bucketBounds';
import { chartOfFrame } from './chartOfFrame';
import { readHeatmap } from './readHeatmap';
import { readHistogram } from './readHistogram';
import { readScatter } from './readScatter';
import { rectAt, type PlotRect } from './rect';
import { drawableSeries, linkedPoints } from './timeSeriesFrames';

const theme = createTheme();

const time = (values: number[]) => ({ name: 'Time', type: FieldType.time, values });
const number = (name: string, values: number[], config = {}) => ({ name, type: FieldType.number, values, config });
const text = (name: string, values: string[], config = {}) => ({ name, type: FieldType.string, values, config });

describe('bucketBounds', () => {
  it.each([
    ['lower', [0, 10, 20], {}, [20, 30]],
    ['upper', [0, 10, 20], {}, [10, 20]],
    ['middle', [0, 10, 20], {}, [15, 25]],
    ['lower', [0, 60, 20], { width: 5 }, [20, 25]],
    ['lower', [10, 20, 40], { isLog: true }, [20, 40]],
  ] as const)('of values that are the %s bound', (at, values, options, expected) => {
    const [low, high] = bucketBounds(values, at, options).get(20)!;
    expect(low).toBeCloseTo(expected[0]);
    expect(high).toBeCloseTo(expected[1]);
  });
});

describe('readHeatmap', () => {
  it('reads dense cells, whose bounds follow from their neighbours', () => {
    const frame = toDataFrame({
      meta: { type: DataFrameType.HeatmapCells },
      fields: [
        { ...time([0, 0, 1000, 1000]), name: 'xMin' },
        number('yMin', [0, 5, 0, 5]),
        number('Count', [1, 0, 0, 3]),
      ],
    });
    const { cells, isTime } = readHeatmap([frame]);
    expect(isTime).toBe(true);
    expect(cells).toEqual([
      { x0: 0, x1: 1000, y0: 0, y1: 5, count: 1 },
      { x0: 1000, x1: 2000, y0: 5, y1: 10, count: 3 },
    ]);
  });

  it('reads sparse cells with bounds of their own', () => {
    const log = { custom: { scaleDistribution: { type: 'log', log: 2 } } };
    const frame = toDataFrame({
      meta: { type: DataFrameType.HeatmapCells },
      fields: [
        { ...time([2000]), name: 'xMax' },
        number('yMin', [1], log),
        number('yMax', [2], log),
        number('Count', [4]),
      ],
    });
    frame.fields[0].config.interval = 1000;
    expect(readHeatmap([frame])).toMatchObject({ log: 2, cells: [{ x0: 1000, x1: 2000, y0: 1, y1: 2, count: 4 }] });
  });

  it('reads rows named by their upper bound, and rows with names', () => {
    const rows = (names: string[]) =>
      toDataFrame({
        meta: { type: DataFrameType.HeatmapRows },
        fields: [time([0, 60]), ...names.map((name, index) => number(name, [index, 1]))],
      });
    expect(readHeatmap([rows(['0.1', '0.5'])]).cells).toContainEqual({ x0: 0, x1: 60, y0: 0.1, y1: 0.5, count: 1 });
    expect(readHeatmap([rows(['fast', 'slow'])]).yNames).toEqual(['fast', 'slow']);
  });

  it.each([
    ['a column is missing', { meta: { type: DataFrameType.HeatmapCells }, fields: [number('Count', [1])] }],
    ['there is no time', { fields: [number('0.1', [1])] }],
  ])('says that %s', (_case, frame) => {
    expect(() => readHeatmap([toDataFrame(frame)])).toThrow(/needs a/);
  });
});

describe('readHistogram', () => {
  it('takes buckets as they are', () => {
    const frame = toDataFrame({ fields: [number('xMin', [0, 5]), number('xMax', [5, 10]), number('count', [2, 1])] });
    expect(readHistogram([frame])?.buckets).toEqual([
      { x0: 0, x1: 5, counts: [2] },
      { x0: 5, x1: 10, counts: [1] },
    ]);
  });

  it('counts numbers that are in no buckets yet', () => {
    const frame = toDataFrame({ fields: [number('Duration', [1, 1, 9])] });
    const buckets = readHistogram([frame], { bucketSize: 5 })!.buckets;
    expect(buckets.map(({ x0, counts }) => [x0, ...counts])).toEqual([
      [0, 2],
      [5, 1],
    ]);
  });

  it('has nothing to say about text', () => {
    expect(readHistogram([toDataFrame({ fields: [text('Name', ['a'])] })])).toBeUndefined();
  });
});

describe('readScatter', () => {
  const frame = toDataFrame({
    fields: [
      text('Trace', ['a', 'b'], { links: [{ title: 'Open trace', url: '/t' }] }),
      time([10, 20]),
      number('Duration', [5, Number.NaN]),
      number('Spans', [1, 2]),
    ],
  });
  frame.fields[0].getLinks = ({ valueRowIndex }) => [
    { title: 'Open trace', href: `/t/${valueRowIndex}`, target: '_self', origin: frame.fields[0] },
  ];

  it('draws numbers over time, a series for each, and leaves out what is no number', () => {
    const { series } = readScatter([frame], theme)!;
    expect(series.map(({ name, dots }) => [name, dots.map(({ x, y }) => [x, y])])).toEqual([
      ['Duration', [[10, 5]]],
      [
        'Spans',
        [
          [10, 1],
          [20, 2],
        ],
      ],
    ]);
  });

  it('gives each dot the link of its row', () => {
    const { series } = readScatter([frame], theme)!;
    expect(series[1].dots.map(({ link }) => link?.href)).toEqual(['/t/0', '/t/1']);
  });

  it('follows the mapping of the panel', () => {
    const mapping = {
      x: { matcher: { id: 'byName', options: 'Spans' } },
      y: { matcher: { id: 'byName', options: 'Duration' } },
    };
    expect(readScatter([frame], theme, mapping)!.series.map(({ dots }) => dots.map(({ x, y }) => [x, y]))).toEqual([
      [[1, 5]],
    ]);
  });
});

describe('time series', () => {
  const series: DataFrame = toDataFrame({
    fields: [
      time([1, 2]),
      number('p95', [3, 4], { custom: { drawStyle: 'points' }, links: [{ title: '', url: '/x' }] }),
    ],
  });
  series.fields[1].getLinks = ({ valueRowIndex }) => [
    { title: 'Open trace', href: `/x/${valueRowIndex}`, target: '_self', origin: series.fields[1] },
  ];

  it('leaves out frames without time, numbers or rows', () => {
    const others = [
      toDataFrame({ fields: [number('a', [1])] }),
      toDataFrame({ fields: [time([1])] }),
      toDataFrame({ fields: [time([]), number('a', [])] }),
    ];
    expect(drawableSeries([...others, series])).toEqual([series]);
  });

  it('links points of a column drawn as points, and exemplars', () => {
    const exemplar = { ...series, name: 'exemplar' };
    expect(linkedPoints([series], [exemplar]).map(({ time, value, href }) => [time, value, href])).toEqual([
      [1, 3, '/x/0'],
      [2, 4, '/x/1'],
      [1, 3, '/x/0'],
      [2, 4, '/x/1'],
    ]);
  });
});

describe('chartOfFrame', () => {
  it.each([
    ['a frame that asks for a panel', { meta: { preferredVisualisationPluginId: 'xychart' }, fields: [] }, 'xychart'],
    ['a graph', { meta: { preferredVisualisationType: 'graph' as const }, fields: [] }, 'timeseries'],
    ['cells', { meta: { type: DataFrameType.HeatmapCells }, fields: [] }, 'heatmap'],
    ['time and numbers', { fields: [time([1]), number('a', [1])] }, 'timeseries'],
    ['time, numbers and text', { fields: [time([1]), number('a', [1]), text('b', ['c'])] }, undefined],
    [
      'a table',
      { meta: { preferredVisualisationType: 'table' as const }, fields: [time([1]), number('a', [1])] },
      undefined,
    ],
  ])('of %s', (_case, frame, kind) => {
    expect(chartOfFrame(toDataFrame(frame))).toBe(kind);
  });
});

it('finds the rectangle drawn last at a point', () => {
  const rect = (fill: string, x1: number): PlotRect => ({ x0: 0, x1, y0: 0, y1: 1, fill, facts: [] });
  const rects = [rect('below', 10), rect('above', 5)];
  expect([1, 7, 10].map((x) => rectAt(rects, x, 0.5)?.fill)).toEqual(['above', 'below', undefined]);
});
