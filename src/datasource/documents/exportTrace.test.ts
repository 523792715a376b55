import fc from 'fast-check';

import { checkProperty } from '../../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../../testkit/arbitrarySpans';
import { traceToText } from '../../../testkit/traceToText';
import { runAtOnce } from '../../model/cooperative';
import { backendDefinitions } from '../../backends/index';
import { BackendError } from '../../backends/errors';
import { assembleTrace } from '../../model/assembleTrace';
import type { Trace } from '../../model/trace';
import { fakeBackend, fakeDefinition, fakeServices, instanceSettings } from '../testing/fakeServices';
import { chainTrace, TRACE_ID } from '../testing/spans';
import { createBackend } from '../createBackend';
import { readSettings } from '../settings';
import { documentReaders } from './documentReaders';
import { documentWriters } from './documentWriters';
import { exportTrace } from './exportTrace';
import { readDocument } from './readDocument';

const readers = documentReaders(backendDefinitions);
const writers = documentWriters(backendDefinitions);
const draw = (trace: Trace) => traceToText(trace, { attributes: true, ids: true });
const readBack = (text: string) => runAtOnce(readDocument(text, readers));
const signal = new AbortController().signal;

function sources(trace?: Trace) {
  const fetchTrace = async () => {
    if (!trace) {
      throw new BackendError('trace-not-found', { backend: 'fake' });
    }
    return trace;
  };
  const services = fakeServices(fakeDefinition(() => fakeBackend({ fetchTrace })));
  return { connected: createBackend(readSettings(instanceSettings()), services), documents: services.documents };
}

const trace = chainTrace(['00000000000000a1', '00000000000000b2']);
const lookup = { refId: 'A', queryType: 'traceql', query: TRACE_ID } as const;

it.each(writers.map((writer) => [writer.label, writer] as const))(
  '%s reads back to the same trace',
  async (_, writer) => {
    const file = await exportTrace(lookup, writer, sources(trace), signal);
    expect(file.name).toBe(`trace-${TRACE_ID}.${writer.id}.json`);
    expect(readBack(file.text).traces.map(draw)).toEqual([draw(trace)]);
    // And out of the document once more, letter for letter.
    const again = { refId: 'A', queryType: 'document', text: file.text } as const;
    await expect(exportTrace(again, writer, sources(), signal)).resolves.toEqual(file);
  }
);

it('any trace, however wild, is read as what it was written', () => {
  checkProperty(
    fc.property(arbitraryFlatSpans, fc.constantFrom(...writers), (spans, writer) => {
      const wild = assembleTrace(spans)!;
      const { traces } = readBack(JSON.stringify(writer.encode(wild)));
      expect(traces.map(({ traceId }) => traceId)).toEqual([wild.traceId]);
      expect(new Set(traces[0].spans.map(({ spanId }) => spanId))).toEqual(
        new Set(wild.spans.map(({ spanId }) => spanId))
      );
    })
  );
});

it.each([
  [{ ...lookup, query: '' }, 'Enter a trace ID.'],
  [{ refId: 'A', queryType: 'document' } as const, 'Choose a file with traces, or paste its text.'],
])('says why there is nothing to write: %j', async (query, sentence) => {
  await expect(exportTrace(query, writers[0], sources(trace), signal)).rejects.toThrow(sentence);
});

it('asks which of several traces', async () => {
  const text = [trace, { ...trace, traceId: 'ab'.repeat(16) }]
    .map((one) => JSON.stringify(writers[0].encode(one)))
    .join('\n');
  const query = { refId: 'A', queryType: 'document', text } as const;
  await expect(exportTrace(query, writers[0], sources(), signal)).rejects.toThrow('Choose one of the traces');
  await expect(exportTrace({ ...query, query: 'AB'.repeat(16) }, writers[0], sources(), signal)).resolves.toMatchObject(
    {
      name: `trace-${'ab'.repeat(16)}.otlp.json`,
    }
  );
});
