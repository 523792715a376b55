import type { DataFrame } from '@grafana/data';

import { checkFrame } from '../../testkit/frameLaws';
import { Attributes } from '../model/attributes';
import type { MatchedSpan, TraceSummary } from '../model/summary';
import { nanoseconds } from '../model/time';
import { buildMatchedSpanFrame } from './matchedSpanFrames';
import { buildSearchFrame } from './searchFrame';

const START = 1_772_366_400_123_456_789n;
const options = { refId: 'A', datasource: { uid: 'u', name: 'n' } };

function span(id: number, attributes: Record<string, string | number>, name?: string): MatchedSpan {
  return {
    spanId: String(id).padStart(16, '0'),
    ...(name && { name }),
    startUnixNano: START,
    duration: nanoseconds(id),
    attributes: Attributes.of(attributes),
  };
}

function summary(id: number, spans?: readonly MatchedSpan[]): TraceSummary {
  return {
    traceId: String(id).padStart(32, '0'),
    startUnixNano: START - BigInt(id),
    duration: nanoseconds(5),
    services: [],
    ...(spans && { matches: { spans, count: spans.length } }),
  };
}

const summaries = [
  summary(1, [span(1, { status: 'error' }, 'GET /'), span(2, { code: 500 })]),
  summary(2),
  summary(3, [span(3, { code: 200, status: 'ok' })]),
];

function nested(frame: DataFrame): Array<DataFrame | undefined> {
  const field = frame.fields.find(({ type }) => type === 'nestedFrames');
  return field?.values.map((cell: DataFrame[]) => cell[0]) ?? [];
}

it('puts the spans of each trace into its row, all with the same columns', () => {
  const frame = buildSearchFrame(summaries, { ...options, isLimited: false, limit: 20 });
  expect(checkFrame(frame)).toEqual([]);
  const inner = nested(frame);
  expect(inner.map((one) => one?.length)).toEqual([2, 0, 1]);
  for (const one of inner) {
    expect(one?.fields.map(({ name }) => name)).toEqual([
      'traceID',
      'Span ID',
      'Start time',
      'Operation',
      'Duration',
      'status',
      'code',
    ]);
  }
  expect(inner[2]?.fields.map(({ values }) => values[0])).toEqual(
    expect.arrayContaining(['0000000000000003', 'ok', 200])
  );
});

it('has no such column, and no counts, where the store tells neither', () => {
  const frame = buildSearchFrame([summary(1)], { ...options, isLimited: false, limit: 20 });
  expect(frame.fields.map(({ name }) => name)).toEqual([
    'traceID',
    'startTime',
    'rootService',
    'rootOperation',
    'duration',
  ]);
});

it('lists the spans alone, each with a link to its place in its trace', () => {
  const frame = buildMatchedSpanFrame(summaries, { ...options, windows: new Map() });
  expect(checkFrame(frame)).toEqual([]);
  expect(frame.length).toBe(3);
  expect(frame.fields[1].config.links?.[0].title).toBe('Open span');
});
