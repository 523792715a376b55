import { applyFieldOverrides, createTheme, type ScopedVars } from '@grafana/data';

import { checkFrames } from '../../testkit/frameLaws';
import type { TraceSummary } from '../model/summary';
import { nanoseconds } from '../model/time';
import { buildScatterFrames } from './scatterFrames';

const START = 1_772_366_400_000_000_000n;
const options = { refId: 'A', notices: [{ severity: 'info' as const, text: 'A sample.' }] };

describe('buildScatterFrames', () => {
  const summary = (index: number, errorCount: number): TraceSummary => ({
    traceId: `${index}`.repeat(32),
    startUnixNano: START - BigInt(index) * 1_000_000_000n,
    duration: nanoseconds(index * 1_000_000),
    rootServiceName: 'web',
    spanCount: 1,
    errorCount,
    services: [],
  });
  const frames = () => buildScatterFrames([summary(1, 0), summary(2, 1), summary(3, 0)], { ...options, datasource });
  const datasource = { uid: 'traces', name: 'Traces' };

  it('is a series of sound traces and one of those with errors, in the order of time', () => {
    expect(frames().map(({ name, fields }) => [name, fields[1].values, fields[1].config.unit])).toEqual([
      ['Traces', [0.003, 0.001], 's'],
      ['Traces with errors', [0.002], 's'],
    ]);
    expect(checkFrames(frames())).toEqual([]);
  });

  it('says what the sample is once, and stands without any trace', () => {
    expect(frames().map(({ meta }) => meta?.notices)).toEqual([options.notices, undefined]);
    const empty = buildScatterFrames([], { ...options, datasource });
    expect([empty.length, empty[0].length, empty[0].meta?.notices]).toEqual([1, 0, options.notices]);
    expect(checkFrames(empty)).toEqual([]);
  });

  it('calls no trace failed of which nobody says so', () => {
    const { errorCount, ...unknown } = summary(1, 1);
    expect(buildScatterFrames([unknown], { ...options, datasource }).map(({ name }) => name)).toEqual(['Traces']);
  });

  it('leads from a dot to its trace', () => {
    const [, shown] = applyFieldOverrides({
      data: frames(),
      theme: createTheme(),
      fieldConfig: { defaults: {}, overrides: [] },
      replaceVariables: (text, scopedVars?: ScopedVars) => {
        const context = scopedVars?.__dataContext?.value;
        const id = context?.frame.fields[2].values[context.rowIndex ?? -1];
        return text.replace('${__data.fields.traceID}', id);
      },
    });
    const [link] = shown.fields[1].getLinks?.({ valueRowIndex: 0 }) ?? [];
    const left = JSON.parse(new URL(link.href, 'http://grafana.test').searchParams.get('left') ?? '');
    const dotMs = Number(START / 1_000_000n) - 2_000;
    expect(left.queries).toEqual([
      expect.objectContaining({ queryType: 'traceql', query: '2'.repeat(32), fromMs: dotMs - 1_800_000 }),
    ]);
  });
});
