import { assembleTrace } from '../../../model/assembleTrace';
import { Attributes } from '../../../model/attributes';
import type { FlatSpan } from '../../../model/flatSpan';
import { normalizeSpanId, normalizeTraceId } from '../../../model/ids';
import { NANOS_PER_MILLI, unixNanoFromMillis } from '../../../model/time';
import type { Trace } from '../../../model/trace';
import {
  fail,
  numberField,
  optionalString,
  readEach,
  readObject,
  stringField,
  type JsonObject,
} from '../../../wire/read';

/** `{"spans":[{"trace":"…","id":"…","parent":"…","service":"cart","name":"load","startMs":0,"durationMs":5}]}` → traces. */
export function decodeShelf(body: unknown): readonly Trace[] {
  const spans = readEach(readObject(body), 'spans', (item) => decodeSpan(readObject(item)));
  return [...new Set(spans.map(({ traceId }) => traceId))].flatMap(
    (traceId) => assembleTrace(spans.filter((span) => span.traceId === traceId)) ?? []
  );
}

function decodeSpan(span: JsonObject): FlatSpan {
  const serviceName = stringField(span, 'service');
  const parent = optionalString(span, 'parent');
  return {
    traceId: normalizeTraceId(stringField(span, 'trace')) ?? fail('a trace id', span.trace, 'trace'),
    spanId: normalizeSpanId(stringField(span, 'id')) ?? fail('a span id', span.id, 'id'),
    parentSpanId: parent === undefined ? undefined : normalizeSpanId(parent),
    name: stringField(span, 'name'),
    kind: 'internal',
    status: { code: 'unset' },
    startUnixNano: unixNanoFromMillis(numberField(span, 'startMs')),
    durationNano: numberField(span, 'durationMs') * NANOS_PER_MILLI,
    resource: { serviceName, attributes: Attributes.of({ 'service.name': serviceName }) },
    attributes: Attributes.empty,
    events: [],
    links: [],
  };
}
