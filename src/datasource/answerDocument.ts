/** The traces of a file or a pasted text, in any view of a trace; several of them as a list. */
import type { DataFrame } from '@grafana/data';

import { buildSearchFrame } from '../frames/searchFrame';
import { isSameTraceId } from '../model/ids';
import type { Notice } from '../model/notice';
import { summarizeTrace } from '../model/summary';
import type { Trace } from '../model/trace';
import type { DocumentQuery, TraceIdQuery } from '../query/query';
import { readTraceView } from '../query/views';
import { answerTraceId, buildTraceView } from './answerTrace';
import { ClockCorrections } from './clockCorrections';
import {
  elsewhereSentence,
  filteredDocumentSentence,
  neitherSentence,
  readSentence,
} from './documents/documentSentences';
import type { DocumentReading } from './documents/readDocument';
import { QueryRefused } from './queryRefused';
import type { ReadTraces } from './readTraces';
import { refuseProblems, type Run } from './run';
import { runCooperatively } from './runCooperatively';
import { viewFrameSteps } from './viewFrames';

export async function answerDocument(query: DocumentQuery, run: Run): Promise<DataFrame[]> {
  refuseProblems(query, run.connected.definition.capabilities, run);
  const reading = await run.services.documents.read(query, run.context.signal);
  const linked = await withLinksInto(query, run);
  const chosen = chooseTrace(reading, query);
  if (chosen === 'elsewhere') {
    return answerFromStore(query, run);
  }
  if (chosen !== 'all') {
    const lookup: TraceIdQuery = { ...query, queryType: 'traceql', query: query.query ?? chosen.traceId };
    return buildTraceView(chosen, lookup, noticesOf(reading, query), linked);
  }
  const kept = keepFiltered(reading, query, run);
  const view = readTraceView(query) ?? 'trace';
  if (view === 'trace') {
    return [buildList(kept, query, linked)];
  }
  const { traces, notices } = await correctAll(kept, query, run);
  const { refId } = query;
  const options = { refId, datasource: linked.self, fields: query, keepsSpan: run.keepsSpan, notices };
  return [await runCooperatively(viewFrameSteps(view, traces, options), run)];
}

/** Links out of the answer lead back into the document, not to the store. */
async function withLinksInto(query: DocumentQuery, run: Run): Promise<Run> {
  const fields = await run.services.documents.inLink({
    ...(query.text === undefined ? {} : { text: query.text }),
    ...(query.heldAs === undefined ? {} : { heldAs: query.heldAs }),
    ...(query.name === undefined ? {} : { name: query.name }),
    ...(query.size === undefined ? {} : { size: query.size }),
  });
  return { ...run, self: { ...run.self, document: fields } };
}

function chooseTrace({ traces }: DocumentReading, { query = '' }: DocumentQuery): Trace | 'all' | 'elsewhere' {
  if (query !== '') {
    return traces.find(({ traceId }) => isSameTraceId(traceId, query)) ?? 'elsewhere';
  }
  return traces.length === 1 ? traces[0] : 'all';
}

/** A span may link to a trace that is not in the document; the store may have it. */
async function answerFromStore(query: DocumentQuery, run: Run): Promise<DataFrame[]> {
  const { text, heldAs, name, size, ...rest } = query;
  const traceId = query.query ?? '';
  const notice: Notice = { severity: 'info', text: elsewhereSentence(traceId, run.connected.definition.label) };
  try {
    const [first, ...others] = await answerTraceId({ ...rest, queryType: 'traceql', query: traceId }, run);
    return [{ ...first, meta: { ...first.meta, notices: [notice, ...(first.meta?.notices ?? [])] } }, ...others];
  } catch (error) {
    if (run.context.signal.aborted) {
      throw error;
    }
    throw new QueryRefused(neitherSentence(traceId, run.describe(error)));
  }
}

/** Of several traces those with a span that the filters of the dashboard leave, with all there is to say about them. */
function keepFiltered(reading: DocumentReading, query: DocumentQuery, { keepsSpan }: Run): ReadTraces {
  const { traces } = reading;
  const notices = noticesOf(reading, query);
  if (!keepsSpan) {
    return { traces, notices };
  }
  const kept = traces.filter(({ spans }) => spans.some(keepsSpan));
  return {
    traces: kept,
    notices: [...notices, { severity: 'info', text: filteredDocumentSentence(kept.length, traces.length) }],
  };
}

function buildList({ traces, notices }: ReadTraces, query: DocumentQuery, { self }: Run): DataFrame {
  const summaries = traces.map(summarizeTrace);
  return buildSearchFrame(summaries, {
    refId: query.refId,
    datasource: self,
    isLimited: false,
    limit: summaries.length,
    notices,
  });
}

async function correctAll(read: ReadTraces, query: DocumentQuery, run: Run): Promise<ReadTraces> {
  const clocks = new ClockCorrections(run, query.clockSkew === undefined ? undefined : query.clockSkew === 'correct');
  const traces: Trace[] = [];
  for (const trace of read.traces) {
    traces.push(await clocks.correct(trace));
  }
  return { traces, notices: [...read.notices, ...clocks.notices] };
}

function noticesOf({ traces, format, notices }: DocumentReading, { name }: DocumentQuery): Notice[] {
  const spans = traces.reduce((sum, trace) => sum + trace.spans.length, 0);
  return [{ severity: 'info', text: readSentence({ name, format, traces: traces.length, spans }) }, ...notices];
}
