import { DataFrameType } from '@grafana/data';
import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { checkFrame } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import { traceFromText } from '../../testkit/traceFromText';
import { assembleTrace } from '../model/assembleTrace';
import type { Trace } from '../model/trace';
import { buildEventFrame } from './eventFrame';

const OPTIONS = { refId: 'A', datasource: { uid: 'traces', name: 'Traces' } };

const trace = traceFromText(`
  shop  GET /cart   [0-----------20]  @12 retry {attempt=2 constructor=1}
    @3 cache.miss
  db      SELECT      [2--5]          @4 exception {exception.type="IOError" exception.message="no route"}
    @5 log {level="WARN" message="slow"}
`);

describe('buildEventFrame', () => {
  it('gives a line an event, in the order of time', () => {
    const frame = buildEventFrame([trace], OPTIONS);
    expect(`\n${frameToText(frame, { columns: ['timestamp', 'severity', 'body', 'id', 'spanID'] })}\n`).toBe(`
timestamp                | severity | body                         | id                                  | spanID
2024-01-02T03:04:05.003Z | info     | cache.miss                   | 0000000000000abc-0000000000000001-1 | 0000000000000001
2024-01-02T03:04:05.004Z | error    | exception: IOError: no route | 0000000000000abc-0000000000000002-0 | 0000000000000002
2024-01-02T03:04:05.005Z | warn     | log: slow                    | 0000000000000abc-0000000000000002-1 | 0000000000000002
2024-01-02T03:04:05.012Z | info     | retry                        | 0000000000000abc-0000000000000001-0 | 0000000000000001
`);
  });

  it('carries attributes, service and span as labels', () => {
    const labels = buildEventFrame([trace], OPTIONS).fields.find(({ name }) => name === 'labels')?.values[3];
    expect(labels).toEqual({
      attempt: '2',
      'attribute.constructor': '1',
      'service.name': 'shop',
      'span.name': 'GET /cart',
    });
  });

  it('is of the type that Grafana names', () => {
    expect(buildEventFrame([], OPTIONS).meta?.type).toBe(DataFrameType.LogLines);
  });

  it('keeps the laws whatever the wire gave', () => {
    checkProperty(
      fc.property(arbitraryFlatSpans, (spans) => {
        expect(checkFrame(buildEventFrame([assembleTrace(spans) as Trace], OPTIONS))).toEqual([]);
      })
    );
  });
});
