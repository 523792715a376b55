import type { DataFrame, Field } from '@grafana/data';
import { compareTraces } from '../src/analysis/compareTraces';
import { completeServiceGraph } from '../src/analysis/completeServiceGraph';
import { computeFlameTree } from '../src/analysis/flameTree';
import { buildEventFrame } from '../src/frames/eventFrame';
import { buildDifferenceFlameGraphFrame, buildFlameGraphFrame } from '../src/frames/flameGraphFrame';
import { buildHeatmapFrame, buildHistogramFrame } from '../src/frames/latencyFrames';
import { buildTraceNodeGraphFrames } from '../src/frames/nodeGraphFrames';
import { buildScatterFrames } from '../src/frames/scatterFrames';
import { buildServiceGraphFrames } from '../src/frames/serviceGraphFrames';
import { buildSpanFrame } from '../src/frames/spanFrame';
import { buildTimeSeriesFrames } from '../src/frames/timeSeriesFrames';
import { buildTraceFrame } from '../src/frames/traceFrame';
import { assembleTrace } from '../src/model/assembleTrace';
import { Attributes } from '../src/model/attributes';
import type { MetricSeries } from '../src/model/metricSeries';
import { summarizeTrace } from '../src/model/summary';
import { fromMillis } from '../src/model/time';
import type { Trace } from '../src/model/trace';
import { flatSpan, TEST_EPOCH_NANO } from './flatSpan';
import { checkFrame, checkFrames } from './frameLaws';

const PARENT = '00000000000000a1';
const CHILD = '00000000000000b1';

const trace = assembleTrace([
  flatSpan({ spanId: PARENT, attributes: Attributes.of({ a: 1 }) }),
  flatSpan({
    spanId: CHILD,
    parentSpanId: PARENT,
    events: [{ name: 'event', timeUnixNano: TEST_EPOCH_NANO, attributes: Attributes.empty }],
  }),
]) as Trace;

const soundTrace = () => buildTraceFrame(trace, { refId: 'A' });
const soundGraph = () => buildTraceNodeGraphFrames(trace, { refId: 'A' });

function field(frame: DataFrame, name: string): Field {
  const found = frame.fields.find((candidate) => candidate.name === name);
  if (!found) {
    throw new Error(`The frame has no column ${name}.`);
  }
  return found;
}

it('finds nothing wrong with sound frames', () => {
  expect(checkFrames([soundTrace(), ...soundGraph()])).toEqual([]);
});

describe('laws of every frame', () => {
  it.each<[string, (frame: DataFrame) => void, RegExp]>([
    ['no refId', (frame) => (frame.refId = ''), /no refId/],
    ['no visualisation', (frame) => (frame.meta = {}), /how it is to be shown/],
    ['a column too short', (frame) => field(frame, 'kind').values.pop(), /"kind" has 1 values, the frame has 2 rows/],
    [
      'a text among numbers',
      (frame) => (field(frame, 'duration').values[1] = '5'),
      /"duration" is declared number, row 1/,
    ],
    ['no number', (frame) => (field(frame, 'duration').values[0] = NaN), /"duration" is declared number, row 0/],
    ['a bigint', (frame) => (field(frame, 'startTime').values[0] = 5n), /the bigint 5/],
    ['two columns of one name', (frame) => (field(frame, 'kind').name = 'spanID'), /Two columns are called "spanID"/],
    [
      'a notice without text',
      (frame) => (frame.meta = { ...frame.meta, notices: [{ severity: 'info', text: '' }] }),
      /no text/,
    ],
    ['a link to nowhere', (frame) => (field(frame, 'kind').config.links = [{ title: 'x', url: '' }]), /leads nowhere/],
  ])('%s', (_, breakIt, law) => {
    const frame = soundTrace();
    breakIt(frame);
    expect(checkFrame(frame).join('\n')).toMatch(law);
  });
});

describe('laws of a trace frame', () => {
  it.each<[string, unknown, RegExp]>([
    ['spanID', '', /empty spanID blanks the whole trace/],
    ['spanID', CHILD, /occurs twice/],
    ['traceID', 'other', /not that of the first row/],
    ['parentSpanID', PARENT, /its own ancestor/],
    ['parentSpanID', CHILD, /its own ancestor/],
    ['operationName', undefined, /operationName is no text/],
    ['serviceName', '', /serviceName is empty/],
    ['startTime', 0, /span is dropped/],
    ['startTime', 1.7e15, /no time in epoch milliseconds/],
    ['duration', -1, /negative/],
    ['kind', 'SERVER', /kind "SERVER" is unknown/],
    ['statusCode', null, /statusCode null crashes/],
    ['statusCode', 3, /statusCode 3 crashes/],
    ['serviceTags', undefined, /serviceTags is no list/],
    ['serviceTags', [{ key: 'pod', value: 'p' }], /lacks service.name/],
    ['tags', [{ key: 'a', value: null }], /tags is no list of tags with plain values/],
    ['tags', [{ key: 'a', value: 1n }], /tags is no list of tags with plain values/],
    ['tags', [{ key: 'constructor', value: 1 }], /tags is no list of tags with plain values/],
    ['logs', [{ timestamp: 1.7e15, fields: [] }], /logs is no list/],
    ['logs', [{ timestamp: 1.7e12 }], /logs is no list/],
    ['references', [{ traceID: 'abc', spanID: 'f', refType: '' }], /references is no list/],
    ['references', [{ traceID: 'abc', spanID: CHILD }], /hung under that span/],
    ['warnings', 'oh', /warnings is no list of texts/],
    ['stackTraces', [1], /stackTraces is no list of texts/],
  ])('%s = %p in the first row', (column, value, law) => {
    const frame = soundTrace();
    field(frame, column).values[0] = value;
    expect(checkFrame(frame).join('\n')).toMatch(law);
  });

  it('names a missing column', () => {
    const frame = soundTrace();
    frame.fields = frame.fields.filter(({ name }) => name !== 'duration');
    expect(checkFrame(frame)).toEqual(['A trace frame needs the columns "duration".']);
  });

  it('accepts no rows only in the form of "no trace"', () => {
    const frame = soundTrace();
    frame.length = 0;
    frame.fields.forEach(({ values }) => values.splice(0));
    expect(checkFrame(frame).join()).toMatch(/must be the empty column "trace"/);
    frame.fields = [field(frame, 'spanID')];
    expect(checkFrame(frame).join()).toMatch(/one column must be the empty column/);
  });
});

describe('laws of a flame graph', () => {
  const soundFlame = () => buildFlameGraphFrame(computeFlameTree([trace]), { refId: 'A' });
  const soundDifference = () => buildDifferenceFlameGraphFrame(compareTraces([trace], [trace]), { refId: 'A' });

  it('finds nothing wrong with sound frames', () => {
    expect(checkFrames([soundFlame(), soundDifference()])).toEqual([]);
  });

  it.each<[string, (frame: DataFrame) => void, RegExp]>([
    ['no column for labels', (frame) => frame.fields.splice(3, 1), /needs the columns "label"/],
    ['a second root', (frame) => (field(frame, 'level').values[1] = 0), /Row 1 of level 0 breaks the order/],
    ['a level left out', (frame) => (field(frame, 'level').values[1] = 2), /Row 1 of level 2 breaks the order/],
    ['no number', (frame) => (field(frame, 'self').values[1] = undefined), /"self" of row 1 is no number/],
    ['a negative value', (frame) => (field(frame, 'value').values[1] = -1), /"value" of row 1 is no number from 0/],
    ['no unit', (frame) => (field(frame, 'value').config = {}), /"value" has no unit/],
    ['no label', (frame) => (field(frame, 'label').values[0] = ''), /label of row 0/],
    ['a label that objects inherit', (frame) => (field(frame, 'label').values[1] = 'constructor'), /label of row 1/],
    ['children wider than their parent', (frame) => (field(frame, 'value').values[0] = 5), /"value" of row 0 is less/],
    [
      'no rows',
      (frame) => {
        frame.length = 0;
        frame.fields.forEach(({ values }) => values.splice(0));
      },
      /There is no row/,
    ],
  ])('%s', (_, breakIt, law) => {
    const frame = soundFlame();
    breakIt(frame);
    expect(checkFrame(frame).join('\n')).toMatch(law);
  });

  it('holds the right side to the same', () => {
    const frame = soundDifference();
    field(frame, 'valueRight').values[0] = 5;
    expect(checkFrame(frame).join()).toMatch(/"valueRight" of row 0 is less/);
    frame.fields.pop();
    expect(checkFrame(frame).join()).toMatch(/needs both "valueRight" and "selfRight"/);
  });
});

describe('laws of log lines', () => {
  const soundEvents = () => buildEventFrame([trace], { refId: 'A', datasource: { uid: 'traces', name: 'Traces' } });

  it.each<[string, (frame: DataFrame) => void, RegExp]>([
    ['another type', (frame) => (frame.meta = { ...frame.meta, type: undefined }), /not of the type "log-lines"/],
    ['no body', (frame) => (field(frame, 'body').name = 'line'), /needs a column "body" of type string/],
    ['a line without time', (frame) => (field(frame, 'timestamp').values[0] = undefined), /"timestamp" has a row/],
    ['a label of another type', (frame) => (field(frame, 'labels').values[0] = { a: 1 }), /labels of row 0/],
    [
      'two lines of one id',
      (frame) => {
        frame.fields.forEach(({ values }) => values.push(values[0]));
        frame.length++;
      },
      /the same id/,
    ],
  ])('%s', (_, breakIt, law) => {
    const frame = soundEvents();
    expect(checkFrame(frame)).toEqual([]);
    breakIt(frame);
    expect(checkFrame(frame).join('\n')).toMatch(law);
  });
});

it('columns of a table have titles', () => {
  const frame = buildSpanFrame([trace], { refId: 'A', datasource: { uid: 'traces', name: 'Traces' } });
  expect(checkFrame(frame)).toEqual([]);
  field(frame, 'kind').config = {};
  expect(checkFrame(frame)).toEqual(['Column "kind" of a table has no title.']);
});

describe('laws of a node graph', () => {
  it.each<[string, 0 | 1, string, unknown, RegExp]>([
    ['a node without id', 0, 'id', '', /Row 0 has no id/],
    ['two nodes of one id', 0, 'id', CHILD, /occurs twice/],
    ['an edge from nowhere', 1, 'source', 'gone', /The source of the edge in row 0 is no node/],
    ['an edge to nowhere', 1, 'target', 'gone', /The target of the edge in row 0 is no node/],
  ])('%s', (_, frameIndex, column, value, law) => {
    const frames = soundGraph();
    field(frames[frameIndex], column).values[0] = value;
    expect(checkFrames(frames).join('\n')).toMatch(law);
  });

  it('edges under another name, arcs that are no whole', () => {
    const calls = [{ caller: 'a', callee: 'b', calls: 2, errors: 1 }];
    const frames = buildServiceGraphFrames(completeServiceGraph({ calls }), { refId: 'A' });
    frames[1].name = 'calls';
    field(frames[0], 'arc__errors').values[1] = 0.75;
    expect(checkFrames(frames)).toEqual([
      'Frame "nodes": The arcs of row 1 sum up to 1.25, not to 1.',
      'Frame "calls": The frame with the edges is not called "edges".',
    ]);
  });
});

it('wants the trace first, and one of it', () => {
  expect(checkFrames([...soundGraph(), soundTrace()])).toEqual(['The trace frame is not the first frame.']);
  expect(checkFrames([soundTrace(), soundTrace()])).toEqual(['There is more than one trace frame.']);
});

describe('of time series', () => {
  const series: MetricSeries = {
    labels: [{ key: 'service.name', value: 'checkout' }],
    unit: 'nanoseconds',
    points: [
      { timeUnixNano: TEST_EPOCH_NANO, value: 1 },
      { timeUnixNano: TEST_EPOCH_NANO + 1_000_000n, value: NaN },
    ],
    exemplars: [{ timeUnixNano: TEST_EPOCH_NANO, value: 1, traceId: 'a'.repeat(32), labels: [] }],
  };
  const sound = () => buildTimeSeriesFrames([series], { refId: 'A', datasource: { uid: 'a', name: 'A' } });

  it('finds nothing wrong with sound ones', () => {
    expect(checkFrames(sound())).toEqual([]);
  });

  it.each<[string, (frames: DataFrame[]) => void, string]>([
    [
      'time that stands still',
      ([frame]) => field(frame, 'Time').values.fill(5),
      'The time of row 1 does not come after the one before it.',
    ],
    [
      'a series without a name',
      ([frame]) => delete field(frame, 'Value').config.displayNameFromDS,
      'The series "Value" has no name for the legend.',
    ],
    [
      'a text for a number',
      ([frame]) => field(frame, 'Value').values.splice(0, 1, '7'),
      'Column "Value" is declared number, row 0 holds "7".',
    ],
    ['no time', ([frame]) => frame.fields.reverse(), 'A time series frame begins with its one time column.'],
    [
      'exemplars under another name',
      ([, dots]) => Object.assign(dots, { name: 'dots' }),
      'The frame with the exemplars is not called "exemplar".',
    ],
    [
      'exemplars that lead nowhere',
      ([, dots]) => dots.fields.forEach(({ config }) => delete config.links),
      'Exemplars lead to no trace.',
    ],
    ['two of one name', (frames) => frames.push(sound()[0]), 'Two series are called "checkout".'],
  ])('reports %s', (_, breakIt, law) => {
    const frames = sound();
    breakIt(frames);
    expect(checkFrames(frames).join('\n')).toContain(law);
  });
});

describe('of durations', () => {
  const observations = [1, 2, 40].map((millis, index) => ({
    traceId: 'a'.repeat(32),
    startUnixNano: TEST_EPOCH_NANO + BigInt(index) * 60_000_000_000n,
    duration: fromMillis(millis),
    isError: index === 1,
  }));
  const options = { refId: 'A', notices: [] };
  const sound = {
    histogram: () => buildHistogramFrame(observations, options),
    heatmap: () => buildHeatmapFrame([...observations, ...observations], fromMillis(60_000), options),
    scatter: () => buildScatterFrames([summarizeTrace(trace)], { ...options, datasource: { uid: 'a', name: 'A' } })[0],
  };

  it('finds nothing wrong with sound ones', () => {
    expect(checkFrames(Object.values(sound).map((build) => build()))).toEqual([]);
  });

  it.each<[keyof typeof sound, string, (frame: DataFrame) => void, string]>([
    ['histogram', 'no bounds', (frame) => frame.fields.shift(), 'begins with the columns "xMin" and "xMax"'],
    [
      'histogram',
      'a bucket of no width',
      (frame) => (field(frame, 'xMax').values[0] = 0),
      'The bucket of row 0 is empty',
    ],
    ['histogram', 'a hole', (frame) => (field(frame, 'xMin').values[1] *= 1.01), 'row 1 does not begin where'],
    ['histogram', 'two units', (frame) => (field(frame, 'xMax').config = { unit: 'ms' }), 'not of one unit'],
    ['histogram', 'no counts', (frame) => frame.fields.splice(2), 'counts nothing'],
    ['histogram', 'half a trace', (frame) => (field(frame, 'With errors').values[0] = 0.5), 'row 0 is no whole number'],
    ['histogram', 'a nameless count', (frame) => (field(frame, 'With errors').config = {}), 'no name for the legend'],
    ['heatmap', 'no type', (frame) => delete frame.meta?.type, 'is of the type "heatmap-cells"'],
    ['heatmap', 'no upper bound', (frame) => frame.fields.splice(2, 1), 'the columns xMax, yMin, yMax, count'],
    ['heatmap', 'a cell of no height', (frame) => (field(frame, 'yMin').values[1] = 9), 'The bucket of row 1 is empty'],
    ['heatmap', 'a cell from 0', (frame) => (field(frame, 'yMin').values[0] = 0), 'does not begin above 0'],
    ['heatmap', 'cells of no width', (frame) => (field(frame, 'xMax').config = {}), 'how wide a cell is'],
    ['heatmap', 'a negative count', (frame) => (field(frame, 'count').values[2] = -1), 'row 2 is no whole number'],
    [
      'heatmap',
      'cells out of order',
      (frame) => field(frame, 'xMax').values.reverse(),
      'does not come after the one before it',
    ],
    ['scatter', 'no time', (frame) => frame.fields.shift(), 'begins with a time and a number'],
    ['scatter', 'dots that lead nowhere', (frame) => delete field(frame, 'Duration').config.links, 'lead to no trace'],
    ['scatter', 'nameless dots', (frame) => (field(frame, 'Duration').config.displayNameFromDS = ''), 'no name'],
  ])('of a %s reports %s', (kind, _, breakIt, law) => {
    const frame = sound[kind]();
    breakIt(frame);
    expect(checkFrame(frame).join('\n')).toContain(law);
  });
});
