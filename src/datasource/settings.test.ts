import { INSIGHT_KINDS } from '../analysis/insights/insight';
import { readSettings, type TraceJsonData } from './settings';
import { instanceSettings } from './testing/fakeServices';

const read = (jsonData: unknown) => readSettings(instanceSettings(jsonData as TraceJsonData));

it.each([[null], ['text'], [[]], [{}], [{ nodeGraph: null, traceIdTimeParams: 'yes', timeout: {}, backend: 7 }]])(
  'nothing useful in jsonData means the defaults: %j',
  (jsonData) => {
    expect(read(jsonData)).toEqual({
      backendId: undefined,
      jsonData,
      url: '/api/datasources/proxy/uid/traces',
      isProxied: true,
      hasNodeGraph: false,
      lookupMargins: undefined,
      tracesToProfiles: undefined,
      insights: new Set(INSIGHT_KINDS),
      hasCriticalPathMarks: true,
      correctsClockSkew: false,
      largeTraceThreshold: 10_000,
      timeoutSeconds: 30,
    });
  }
);

it("reads the built-in Jaeger source's keys", () => {
  expect(read({ nodeGraph: { enabled: true }, traceIdTimeParams: { enabled: true } })).toMatchObject({
    hasNodeGraph: true,
    lookupMargins: { beforeMs: 0, afterMs: 0 },
  });
  expect(read({ nodeGraph: { enabled: false }, traceIdTimeParams: { enabled: 'true' } })).toMatchObject({
    hasNodeGraph: false,
    lookupMargins: undefined,
  });
});

const HALF_HOUR = 30 * 60_000;

it.each([
  [{ timeShiftEnabled: true }, [HALF_HOUR, HALF_HOUR]],
  [{ timeShiftEnabled: true, spanStartTimeShift: '', spanEndTimeShift: '' }, [HALF_HOUR, HALF_HOUR]],
  [{ timeShiftEnabled: true, spanStartTimeShift: '2h', spanEndTimeShift: '10s' }, [2 * 3_600_000, 10_000]],
  [{ timeShiftEnabled: true, spanStartTimeShift: '-1m' }, [-60_000, HALF_HOUR]],
  [{ timeShiftEnabled: true, spanStartTimeShift: 'soon', spanEndTimeShift: 5 }, [HALF_HOUR, HALF_HOUR]],
])("margins of Grafana's Tempo source: %j", (traceQuery, [beforeMs, afterMs]) => {
  // Its key counts, whatever the one of the Jaeger source says.
  expect(read({ traceQuery, traceIdTimeParams: { enabled: true } }).lookupMargins).toEqual({ beforeMs, afterMs });
  expect(read({ traceQuery }).lookupMargins).toEqual({ beforeMs, afterMs });
});

it.each([[{ timeShiftEnabled: false, spanStartTimeShift: '1h' }], [{ timeShiftEnabled: 'yes' }], ['yes'], [null]])(
  'no margins: traceQuery %j',
  (traceQuery) => {
    expect(read({ traceQuery }).lookupMargins).toBeUndefined();
    expect(read({ traceQuery, traceIdTimeParams: { enabled: true } }).lookupMargins).toEqual({
      beforeMs: 0,
      afterMs: 0,
    });
  }
);

it.each([
  [60, 60],
  ['60', 60],
  ['', 30],
  [0, 30],
  [-1, 30],
  [NaN, 30],
  ['soon', 30],
])('timeout %j is %j seconds', (timeout, timeoutSeconds) => {
  expect(read({ timeout }).timeoutSeconds).toBe(timeoutSeconds);
});

it.each([
  [undefined, 10_000],
  [500, 500],
  ['500', 500],
  [0, Infinity],
  ['0', Infinity],
  [-1, 10_000],
  ['', 10_000],
  ['many', 10_000],
])('the threshold %j of large traces is %j spans', (threshold, expected) => {
  expect(read({ largeTrace: { threshold } }).largeTraceThreshold).toBe(expected);
});

it('reads the switches of what is told about a trace', () => {
  const settings = read({
    criticalPath: { enabled: false },
    clockSkew: { correct: true },
    insights: { enabled: false },
  });
  expect(settings).toMatchObject({ hasCriticalPathMarks: false, correctsClockSkew: true });
  expect(settings.insights.size).toBe(0);
});

it.each([
  [{ enabled: true, disabled: ['retries', 'nonsense', null] }, false],
  [{ enabled: true, disabled: 'retries' }, true],
  [{ enabled: false, disabled: [] }, false],
  [{ disabled: [] }, true],
  [{ disabled: ['retries'] }, false],
])('findings %j: retries are told: %s', (insights, isTold) => {
  expect(read({ insights }).insights.has('retries')).toBe(isTold);
});

describe('tracesToProfiles', () => {
  it('is read field by field', () => {
    const tracesToProfiles = {
      datasourceUid: 'pyro',
      tags: [{ key: 'service.name', value: 'service_name' }, { key: 'pod' }, { key: '' }, 'x', null],
      profileTypeId: 'cpu',
      query: '{a="b"}',
      customQuery: true,
    };
    expect(read({ tracesToProfiles }).tracesToProfiles).toEqual({
      ...tracesToProfiles,
      tags: [
        { key: 'service.name', value: 'service_name' },
        { key: 'pod', value: undefined },
      ],
    });
  });

  it.each([[{ customQuery: true }], [{ datasourceUid: '' }], [{ datasourceUid: 5 }], ['pyro']])(
    'without a data source is none: %j',
    (tracesToProfiles) => {
      expect(read({ tracesToProfiles }).tracesToProfiles).toBeUndefined();
    }
  );
});

it('knows a direct connection and its missing URL', () => {
  expect(readSettings(instanceSettings({}, { access: 'direct', url: undefined }))).toMatchObject({
    isProxied: false,
    url: '',
  });
});
