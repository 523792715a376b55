import fc from 'fast-check';
import { checkProperty } from '../../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../../testkit/arbitrarySpans';
import { deepFreeze } from '../../../testkit/deepFreeze';
import { seededTrace } from '../../../testkit/seededTrace';
import { traceFromText } from '../../../testkit/traceFromText';
import { wireText, withoutEmptyTexts } from '../../../testkit/wireText';
import { assembleTrace } from '../../model/assembleTrace';
import type { Trace } from '../../model/trace';
import { decodeOtlp } from './decodeOtlp';
import { encodeOtlp } from './encodeOtlp';

function throughTheWire(trace: Trace): Trace {
  const decoded = decodeOtlp(JSON.parse(JSON.stringify(encodeOtlp(deepFreeze(trace)))), { ids: 'hex' });
  expect(decoded.warnings).toEqual([]);
  return assembleTrace(decoded.spans) as Trace;
}

it('writes OTLP as the specification has it', () => {
  const trace = traceFromText(
    `
      = web {service.name="web" replicas=3}
      web  GET /   [0----------1.5]    #a1 server !"no" (http 1.0 {stable=true}) state="k=v" {rate=1.0}
                                       @0.000001 retry {n=9007199254740993}
      db     SELECT  [0.5--0.75]       #b2 ok >c3 {why="cache"}
    `,
    { traceId: '7f3a91c2d4e5b6071829304a5b6c7d8e', epochUnixNano: 1_772_366_400_123_456_789n }
  );
  expect(encodeOtlp(trace)).toStrictEqual({
    resourceSpans: [
      {
        resource: {
          attributes: [
            { key: 'service.name', value: { stringValue: 'web' } },
            { key: 'replicas', value: { intValue: '3' } },
          ],
        },
        scopeSpans: [
          {
            scope: { name: 'http', version: '1.0', attributes: [{ key: 'stable', value: { boolValue: true } }] },
            spans: [
              {
                traceId: '7f3a91c2d4e5b6071829304a5b6c7d8e',
                spanId: '00000000000000a1',
                traceState: 'k=v',
                name: 'GET /',
                kind: 2,
                startTimeUnixNano: '1772366400123456789',
                endTimeUnixNano: '1772366400124956789',
                attributes: [{ key: 'rate', value: { doubleValue: 1 } }],
                events: [
                  {
                    timeUnixNano: '1772366400123456790',
                    name: 'retry',
                    attributes: [{ key: 'n', value: { intValue: '9007199254740993' } }],
                  },
                ],
                status: { code: 2, message: 'no' },
              },
            ],
          },
        ],
      },
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'db' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: '7f3a91c2d4e5b6071829304a5b6c7d8e',
                spanId: '00000000000000b2',
                parentSpanId: '00000000000000a1',
                name: 'SELECT',
                kind: 0,
                startTimeUnixNano: '1772366400123956789',
                endTimeUnixNano: '1772366400124206789',
                links: [
                  {
                    traceId: '7f3a91c2d4e5b6071829304a5b6c7d8e',
                    spanId: '00000000000000c3',
                    attributes: [{ key: 'why', value: { stringValue: 'cache' } }],
                  },
                ],
                status: { code: 1 },
              },
            ],
          },
        ],
      },
    ],
  });
});

it('keeps a trace, many spans and services long', () => {
  const trace = seededTrace({ spans: 300, shape: 'async', seed: 7 });
  expect(wireText(throughTheWire(trace))).toBe(wireText(trace));
});

it('keeps whatever a wild wire may have given, once it is repaired', () => {
  checkProperty(
    fc.property(arbitraryFlatSpans, (spans) => {
      const trace = assembleTrace(spans.map(withoutEmptyTexts)) as Trace;
      fc.pre(trace.epochUnixNano > 0n);
      expect(wireText(throughTheWire(trace))).toBe(wireText(trace));
    }),
    { numRuns: 300 }
  );
});
