/** A trace as a file: what a query shows, in a format that other tools, and this one, read back. */
import type { TraceDocumentWriter } from '../../wire/traceDocument';
import { isSameTraceId, displayTraceId } from '../../model/ids';
import type { Trace } from '../../model/trace';
import { compileTraceRequest } from '../../query/compileRequest';
import type { DocumentQuery, TraceIdQuery } from '../../query/query';
import { validateQuery } from '../../query/validate';
import type { ConnectedBackend } from '../createBackend';
import { QueryRefused } from '../queryRefused';
import type { DocumentDesk } from './DocumentDesk';
import { chooseTraceSentence } from './documentSentences';

export interface TraceFile {
  /** Made of the trace id and the format alone, so that it is one everywhere. */
  readonly name: string;
  readonly text: string;
}

export interface ExportSources {
  readonly connected: ConnectedBackend;
  readonly documents: DocumentDesk;
}

/**
 * The whole trace as it is stored, without corrections and folding. Takes a query whose variables are replaced. Rejects
 * as the query itself would.
 */
export async function exportTrace(
  query: TraceIdQuery | DocumentQuery,
  writer: TraceDocumentWriter,
  sources: ExportSources,
  signal: AbortSignal
): Promise<TraceFile> {
  const [problem] = validateQuery(query, sources.connected.definition.capabilities);
  if (problem) {
    throw new QueryRefused(problem.message);
  }
  const trace =
    query.queryType === 'document'
      ? await fromDocument(query, sources, signal)
      : await fromStore(query, sources, signal);
  return {
    name: `trace-${displayTraceId(trace.traceId)}.${writer.id}.json`,
    text: JSON.stringify(writer.encode(trace)),
  };
}

function fromStore(query: TraceIdQuery, { connected }: ExportSources, signal: AbortSignal): Promise<Trace> {
  // Without bounds: a file is kept, and must not lack what came late.
  const { window, ...request } = compileTraceRequest(query);
  return connected.backend.fetchTrace(request, { signal });
}

async function fromDocument(query: DocumentQuery, { documents }: ExportSources, signal: AbortSignal): Promise<Trace> {
  const { traces } = await documents.read(query, signal);
  const chosen = query.query ?? '';
  const trace =
    chosen === '' && traces.length === 1 ? traces[0] : traces.find(({ traceId }) => isSameTraceId(traceId, chosen));
  if (!trace) {
    throw new QueryRefused(chooseTraceSentence());
  }
  return trace;
}
