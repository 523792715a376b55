import type { FlatSpan } from '../src/model/flatSpan';
import type { Trace } from '../src/model/trace';
import { traceToText } from './traceToText';

/** All that a wire carries of a trace. Warnings are our remarks and not part of it. */
export function wireText(trace: Trace): string {
  const drawing = traceToText(trace, { attributes: true, ids: true, withoutWarnings: true });
  return withOneZero([trace.traceId, trace.epochUnixNano, drawing].join('\n'));
}

/** A drawing as after a way through JSON, which knows no negative zero. */
export function withOneZero(drawing: string): string {
  return drawing.replace(/-0\.0(?=[ }\]])/g, '0');
}

/** Without what protobuf cannot tell from nothing. */
export function withoutEmptyTexts(span: FlatSpan): FlatSpan {
  const { status, scope, traceState } = span;
  return {
    ...span,
    status: { code: status.code, message: status.message || undefined },
    scope: scope && (scope.name !== '' || scope.attributes?.size) ? scope : undefined,
    traceState: traceState || undefined,
  };
}
