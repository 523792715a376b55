import { DataFrameView, type DataFrame, type TraceSpanRow } from '@grafana/data';
import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { flatSpan, service, TEST_EPOCH_NANO } from '../../testkit/flatSpan';
import { checkFrame } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import { assembleTrace } from '../model/assembleTrace';
import { Attributes, type Attribute, type AttributeValue } from '../model/attributes';
import type { FlatSpan } from '../model/flatSpan';
import type { Trace } from '../model/trace';
import { buildNoTraceFrame, buildTraceFrame, type TraceFrameOptions } from './traceFrame';

function assemble(...spans: FlatSpan[]): Trace {
  const trace = assembleTrace(spans);
  if (!trace) {
    throw new Error('The test gave no spans.');
  }
  return trace;
}

function frameOf(spans: FlatSpan[], options: Partial<TraceFrameOptions> = {}): DataFrame {
  return buildTraceFrame(assemble(...spans), { refId: 'A', ...options });
}

/** The one row of a trace of one span. */
function rowOf(overrides: Partial<FlatSpan>): TraceSpanRow {
  return { ...new DataFrameView<TraceSpanRow>(frameOf([flatSpan(overrides)])).get(0) };
}

const id = (digits: string) => digits.padStart(16, '0');
const foreignTrace = 'def'.padStart(32, '0');
const ownTrace = 'abc'.padStart(32, '0');
const link = (traceId: string, spanId: string) => ({ traceId, spanId: id(spanId), attributes: Attributes.empty });

describe('buildTraceFrame', () => {
  it('gives a row per span, parents first, with fractional milliseconds', () => {
    const frame = frameOf([
      flatSpan({ spanId: id('a1'), name: 'GET /cart', kind: 'server', resource: service('frontend') }),
      flatSpan({
        spanId: id('b1'),
        parentSpanId: id('a1'),
        name: 'SELECT',
        kind: 'client',
        resource: service('db'),
        startUnixNano: TEST_EPOCH_NANO + 250_500n,
        durationNano: 1_500,
        status: { code: 'error', message: 'timeout' },
        scope: { name: 'pg', version: '8.1' },
        traceState: 'a=b',
      }),
    ]);
    const columns = [
      ['spanID', 'parentSpanID', 'operationName', 'serviceName', 'kind', 'startTime', 'duration'],
      ['statusCode', 'statusMessage', 'instrumentationLibraryName', 'instrumentationLibraryVersion', 'traceState'],
      ['traceID', 'serviceTags'],
    ];
    expect(columns.map((names) => `\n${frameToText(frame, { columns: names })}\n`).join('')).toBe(`
spanID           | parentSpanID     | operationName | serviceName | kind   | startTime          | duration
00000000000000a1 | -                | GET /cart     | frontend    | server | 1704164645000      | 1
00000000000000b1 | 00000000000000a1 | SELECT        | db          | client | 1704164645000.2505 | 0.0015

statusCode | statusMessage | instrumentationLibraryName | instrumentationLibraryVersion | traceState
0          | -             | -                          | -                             | -
2          | timeout       | pg                         | 8.1                           | a=b

traceID          | serviceTags
0000000000000abc | [{"key":"service.name","value":"frontend"}]
0000000000000abc | [{"key":"service.name","value":"db"}]
`);
  });

  it('says how it is to be shown, exported and which query it answers', () => {
    const frame = frameOf([flatSpan()], { refId: 'C', traceFormat: 'zipkin' });
    expect(frame.refId).toBe('C');
    expect(frame.meta).toMatchObject({ preferredVisualisationType: 'trace', custom: { traceFormat: 'zipkin' } });
  });

  it.each<[string, string | undefined, string]>([
    ['the default', undefined, '0000000000000abc'],
    ['without leading zeros', 'abc', 'abc'],
    ['with all zeros', ownTrace, ownTrace],
    ['in upper case, which Grafana and logs do not have', 'ABC', 'abc'],
    ['with a prefix that links to logs would carry on', '0xabc', '0000000000000abc'],
    ['of another trace', 'def', '0000000000000abc'],
  ])('takes the spelling of the trace id from the query: %s', (_, displayTraceId, shown) => {
    expect(frameOf([flatSpan()], { displayTraceId }).fields[0].values).toEqual([shown]);
  });

  describe('tags', () => {
    it.each<[string, AttributeValue, unknown]>([
      ['zero', 0, 0],
      ['false', false, false],
      ['an empty text', '', ''],
      ['an integer beyond 2^53', 9007199254740993n, '9007199254740993'],
      ['not a number', NaN, 'NaN'],
      ['nothing', null, ''],
      ['bytes', { kind: 'bytes', base64: 'AQI=' }, 'AQI='],
      ['a list', ['a', 1, 9007199254740993n, null], '["a",1,9007199254740993,null]'],
      [
        'a map with a repeated and a dangerous key',
        {
          kind: 'map',
          entries: [
            { key: '__proto__', value: 1 },
            { key: 'b', value: [true] },
            { key: 'b', value: 2 },
          ],
        },
        '{"__proto__":1,"b":[true],"b":2}',
      ],
    ])('hold %s', (_, value, shown) => {
      const attributes = Attributes.from([
        { key: 'plain', value: 'x' },
        { key: 'key', value },
      ]);
      expect(rowOf({ attributes }).tags).toEqual([
        { key: 'plain', value: 'x' },
        { key: 'key', value: shown },
      ]);
    });

    it('are the list of attributes itself when nothing has to change', () => {
      const attributes = Attributes.of({ a: 'x', b: 1, c: true });
      expect(rowOf({ attributes }).tags).toBe(attributes.entries);
    });

    it('keep the type of a whole double', () => {
      const entries: Attribute[] = [
        { key: 'ratio', value: 1, type: 'double' },
        { key: 'big', value: 1n },
      ];
      expect(rowOf({ attributes: Attributes.from(entries) }).tags?.[0]).toEqual(entries[0]);
    });

    it.each(['__proto__', 'constructor', 'hasOwnProperty'])('rename %s, which throws in the span detail', (key) => {
      const row = rowOf({ attributes: Attributes.from([{ key, value: 1 }]) });
      expect(row.tags).toEqual([{ key: `attribute.${key}`, value: 1 }]);
      expect(row.warnings?.join()).toContain(`"${key}" is shown as "attribute.${key}"`);
    });

    describe('a value of two megabytes', () => {
      const long = 'x'.repeat(2_000_000);
      const attributes = (value: AttributeValue) => Attributes.of({ long: value, short: 'a' });
      const shown = `${'x'.repeat(100_000)}… (cut here: 2,000,000 characters in all)`;
      const told = 'The value of "long" is too long to be shown whole. A download of the trace holds all of it.';

      it('of the span is cut, and told', () => {
        const row = rowOf({ attributes: attributes(long) });
        expect(row.tags).toEqual([
          { key: 'long', value: shown },
          { key: 'short', value: 'a' },
        ]);
        expect(row.warnings).toEqual([told]);
      });

      it('of an event is cut, and told', () => {
        const row = rowOf({
          events: [{ name: 'exception', timeUnixNano: TEST_EPOCH_NANO, attributes: attributes(long) }],
        });
        expect(row.logs?.[0].fields[0].value).toBe(shown);
        expect(row.warnings).toEqual([told]);
      });

      it('in a list is cut as what the list becomes', () => {
        const row = rowOf({ attributes: attributes([long]) });
        expect(String(row.tags?.[0].value)).toMatch(/^\["x{99998}… \(cut here: 2,000,004 characters in all\)$/);
        expect(row.warnings).toEqual([told]);
      });

      it.each<[string, Partial<FlatSpan>, (row: TraceSpanRow) => unknown]>([
        [
          'of the resource',
          { resource: { serviceName: 'a', attributes: attributes(long) } },
          (row) => row.serviceTags[1].value,
        ],
        ['in the place of a name', { name: long }, (row) => row.operationName],
        ['in the place of a message', { status: { code: 'error', message: long } }, (row) => row.statusMessage],
        [
          'in the place of a stack trace',
          {
            events: [
              {
                name: 'exception',
                timeUnixNano: TEST_EPOCH_NANO,
                attributes: Attributes.of({ 'exception.stacktrace': long }),
              },
            ],
          },
          (row) => row.stackTraces?.[0],
        ],
      ])('%s is cut', (_, span, read) => {
        expect(read(rowOf(span))).toBe(shown);
      });

      it('is kept whole in the trace, as is one at the limit in the frame', () => {
        const trace = assemble(flatSpan({ attributes: attributes(long) }));
        buildTraceFrame(trace, { refId: 'A' });
        expect(trace.spans[0].attributes.get('long')).toBe(long);
        const row = rowOf({ attributes: attributes('x'.repeat(100_000)) });
        expect([row.tags?.[0].value, row.warnings]).toEqual(['x'.repeat(100_000), []]);
      });
    });

    it('carry the attributes of the scope', () => {
      const scope = { name: 'pg', attributes: Attributes.of({ pool: 'main' }) };
      expect(rowOf({ scope, attributes: Attributes.of({ a: 1 }) }).tags).toEqual([
        { key: 'a', value: 1 },
        { key: 'otel.scope.pool', value: 'main' },
      ]);
    });

    it('mark an error that only the status tells', () => {
      expect(rowOf({ status: { code: 'error' } }).tags).toEqual([{ key: 'error', value: true }]);
      const told = Attributes.of({ error: 'yes' });
      expect(rowOf({ status: { code: 'error' }, attributes: told }).tags).toBe(told.entries);
    });

    it('of the service hold its name even when the resource does not', () => {
      const resource = { serviceName: 'shop', attributes: Attributes.of({ pod: 'p1' }) };
      expect(rowOf({ resource }).serviceTags).toEqual([
        { key: 'service.name', value: 'shop' },
        { key: 'pod', value: 'p1' },
      ]);
    });
  });

  it('gives events their name, epoch milliseconds and fields', () => {
    const row = rowOf({
      events: [
        { name: 'retry', timeUnixNano: TEST_EPOCH_NANO + 1_500_250n, attributes: Attributes.of({ attempt: 2 }) },
        { name: 'early', timeUnixNano: TEST_EPOCH_NANO - 1_000_000n, attributes: Attributes.empty },
      ],
    });
    expect(row.logs).toEqual([
      { name: 'retry', timestamp: 1704164645001.50025, fields: [{ key: 'attempt', value: 2 }] },
      { name: 'early', timestamp: 1704164644999, fields: [] },
    ]);
  });

  it('collects stack traces from exceptions', () => {
    const event = (attributes: Attributes) => ({ name: 'exception', timeUnixNano: TEST_EPOCH_NANO, attributes });
    const thrown = event(Attributes.of({ 'exception.stacktrace': 'Error: no\n  at f' }));
    expect(rowOf({ events: [event(Attributes.empty), thrown] }).stackTraces).toEqual(['Error: no\n  at f']);
    expect(rowOf({ events: [event(Attributes.empty)] }).stackTraces).toBeUndefined();
  });

  describe('links', () => {
    it('are listed with their attributes and trace state, the own trace as the frame spells it', () => {
      const links = [
        { ...link(ownTrace, 'b1'), attributes: Attributes.of({ reason: 'batch' }), traceState: 'a=b' },
        link(foreignTrace, 'c1'),
      ];
      const frame = frameOf([flatSpan(), flatSpan({ spanId: id('b1'), parentSpanId: id('a1'), links })], {
        displayTraceId: 'abc',
      });
      expect(new DataFrameView<TraceSpanRow>(frame).get(1).references).toEqual([
        {
          traceID: 'abc',
          spanID: id('b1'),
          tags: [
            { key: 'reason', value: 'batch' },
            { key: 'w3c.tracestate', value: 'a=b' },
          ],
        },
        { traceID: '0000000000000def', spanID: id('c1'), tags: [] },
      ]);
    });

    it.each<[string, string[], string[]]>([
      ['the one to another trace comes first', ['b1', 'f1'], ['f1', 'b1']],
      ['a parent that does not exist comes first', ['b1'], ['0', 'b1']],
    ])('of a root never make it a child of its own trace: %s', (_, targets, listed) => {
      const links = targets.map((target) => link(target === 'f1' ? foreignTrace : ownTrace, target));
      const frame = frameOf([flatSpan({ links }), flatSpan({ spanId: id('b1'), parentSpanId: id('a1') })]);
      const { references } = new DataFrameView<TraceSpanRow>(frame).get(0);
      expect(references?.map((reference) => reference.spanID)).toEqual(listed.map(id));
      expect(checkFrame(frame)).toEqual([]);
    });
  });

  describe('parents', () => {
    it('that are missing keep their id', () => {
      expect(rowOf({ parentSpanId: id('99') }).parentSpanID).toBe(id('99'));
    });

    it('that were cut off are gone, though they are in the trace', () => {
      const trace = assemble(flatSpan({ spanId: id('a1') }), flatSpan({ spanId: id('b1') }));
      const cut = { ...trace.spans[0], parentSpanId: id('b1') };
      const frame = buildTraceFrame({ ...trace, spans: [cut, trace.spans[1]] }, { refId: 'A' });
      expect(frame.fields.find((field) => field.name === 'parentSpanID')?.values).toEqual([undefined, undefined]);
    });
  });

  it('keeps a trace without any times in sight', () => {
    const frame = frameOf([flatSpan({ startUnixNano: 0n })]);
    expect(checkFrame(frame)).toEqual([]);
  });

  it('turns remarks on the whole trace into notices', () => {
    const trace = { ...assemble(flatSpan()), warnings: ['One span could not be read.'] };
    const widened = { severity: 'info', text: 'Found outside of the time range.' } as const;
    expect(buildTraceFrame(trace, { refId: 'A', notices: [widened] }).meta?.notices).toEqual([
      { severity: 'warning', text: 'One span could not be read.' },
      widened,
    ]);
    expect(frameOf([flatSpan()]).meta?.notices).toBeUndefined();
  });

  it('links spans to profiles only when asked to', () => {
    const tagsConfig = (options: Partial<TraceFrameOptions>) =>
      frameOf([flatSpan()], options).fields.find((field) => field.name === 'tags')?.config;
    expect(tagsConfig({})?.links).toBeUndefined();
    const profiles = { datasource: { uid: 'pyro', name: 'Pyroscope' }, profileTypeId: 'cpu' };
    expect(tagsConfig({ profiles })?.links).toMatchObject([
      {
        title: 'Related profiles',
        internal: {
          datasourceUid: 'pyro',
          query: {
            queryType: 'profile',
            labelSelector: '{${__tags}}',
            profileTypeId: 'cpu',
            spanSelector: ['${__span.tags["pyroscope.profile.id"]}'],
          },
        },
      },
    ]);
  });

  it('without spans is the frame that Grafana takes for "no trace"', () => {
    const empty = { ...assemble(flatSpan()), spans: [], roots: [], warnings: ['All spans were broken.'] };
    const frame = buildTraceFrame(empty, { refId: 'A' });
    expect(frame.fields.map(({ name, type, values }) => [name, type, values])).toEqual([['trace', 'trace', []]]);
    expect(frame.meta?.notices?.[0].text).toBe('All spans were broken.');
    expect(checkFrame(frame)).toEqual([]);
    expect(buildNoTraceFrame({ refId: 'A' }).fields).toEqual(frame.fields);
  });

  it('keeps the laws whatever the wire gave, and leaves the trace as it was', () => {
    checkProperty(
      fc.property(arbitraryFlatSpans, (spans) => {
        const trace = assemble(...spans);
        const entries = trace.spans.map((span) => [...span.attributes.entries]);
        const frame = buildTraceFrame(trace, { refId: 'A' });
        expect(checkFrame(frame)).toEqual([]);
        expect(() => JSON.stringify(frame)).not.toThrow();
        expect(trace.spans.map((span) => span.attributes.entries)).toEqual(entries);
      })
    );
  });
});
