import type { ConvertedQuery, ForeignQuery } from './foreign/dialect';
import { convertTraceUiUrl } from './foreign/traceUiUrl';
import { isTraceQl, isUnfilledTemplate, readTraceIdExpression, readTraceText } from './readTraceText';
import { traceIdQuery } from './readQuery';
import { hasVariable } from './variableText';

/**
 * What a text typed, pasted or linked into `query` asks for, when that is certain: an id in any spelling, a variable
 * that will hold one, the address of a trace or of a search in a tracing UI. Undefined for every other text.
 */
export function convertTraceText(text: string, query: ForeignQuery): ConvertedQuery | undefined {
  const expression = readTraceIdExpression(text);
  if (expression !== undefined) {
    const inner = readTraceText(expression);
    return traceIdQuery(query, inner.kind === 'id' ? inner.traceId : expression.trim());
  }
  const fromUrl = convertTraceUiUrl(text, query);
  if (fromUrl) {
    return fromUrl;
  }
  if (hasVariable(text)) {
    return isTraceQl(text) ? undefined : traceIdQuery(query, text);
  }
  const found = readTraceText(text);
  if (found.kind === 'id') {
    return traceIdQuery(query, found.traceId);
  }
  // Kept as it is, for `validateQuery` to speak about; braces alone would make it TraceQL.
  return isUnfilledTemplate(text) ? traceIdQuery(query, text.trim()) : undefined;
}
