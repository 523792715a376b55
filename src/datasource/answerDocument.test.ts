import type { DataFrame } from '@grafana/data';
import { Blob as NodeBlob, File as NodeFile } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { CompressionStream, DecompressionStream } from 'node:stream/web';

import { encodeLegacy } from '../backends/jaeger/encodeLegacy';
import { assembleTrace } from '../model/assembleTrace';
import type { Trace } from '../model/trace';
import { encodeOtlp } from '../wire/otlp/encodeOtlp';
import { flatSpan } from '../../testkit/flatSpan';
import { checkFrame } from '../../testkit/frameLaws';
import { DocumentDesk } from './documents/DocumentDesk';
import { documentReaders } from './documents/documentReaders';
import { DocumentShelf } from './documents/DocumentShelf';
import { column, kinds, noticesOf, runTarget, sentenceOf } from './testing/runTarget';
import { chainTrace, TRACE_ID } from './testing/spans';
import { backendDefinitions } from '../backends/index';

// What browsers have and jsdom does not.
Object.assign(globalThis, { CompressionStream, DecompressionStream, Blob: NodeBlob, File: NodeFile });

const OTHER_ID = '000000000000000000f067aa0ba902b7';
const trace = chainTrace(['00000000000000a1', '00000000000000b2']);
const other = assembleTrace([flatSpan({ traceId: OTHER_ID, spanId: '00000000000000c3', name: 'elsewhere ${x} $y' })])!;
const one = JSON.stringify(encodeOtlp(trace));
const both = JSON.stringify({
  ...encodeLegacy(trace),
  data: [trace, other].flatMap((each) => encodeLegacy(each).data),
});

const document = { refId: 'A', queryType: 'document' };
const newDesk = () =>
  new DocumentDesk({ readers: documentReaders(backendDefinitions), shelf: new DocumentShelf(), now: () => 0 });
const traceIds = ([frame]: DataFrame[]) => column(frame, 'traceID');

/** What the link on a field of the first frame asks. */
function linkedQuery([frame]: DataFrame[], field: string, values: Record<string, string>): unknown {
  const link = frame.fields.find(({ name }) => name === field)?.config.links?.[0];
  const query = link?.internal?.query as (context: object) => unknown;
  const replaceVariables = (text: string) => text.replace(/\$\{([\w.]+)\}/g, (_, name: string) => values[name] ?? '?');
  return query({ replaceVariables, scopedVars: {} });
}

it('shows the only trace of a document, and says what was read', async () => {
  const frames = await runTarget({ ...document, text: one, name: 'a.json' });
  expect(kinds(frames)).toEqual(['trace']);
  expect(column(frames[0], 'spanID')).toEqual(['00000000000000a1', '00000000000000b2']);
  expect(noticesOf(frames[0])).toEqual(['Read 1 trace with 2 spans from “a.json”, as OTLP JSON.']);
  expect(frames.flatMap(checkFrame)).toEqual([]);
});

it.each<[object, string, readonly string[], readonly unknown[]]>([
  [{}, 'elsewhere ${x} $y', [OTHER_ID.slice(16)], ['1 of the 2']],
  [{}, 'nothing', [], ['0 of the 2']],
  [{ view: 'spans' }, 'work 1', [TRACE_ID], ['1 of the 2']],
  [{ view: 'spans', query: TRACE_ID }, 'work 1', [TRACE_ID], []],
  [{ query: TRACE_ID }, 'work 1', [TRACE_ID, TRACE_ID], []],
])('leaves of several, asked as %j, what the filter for %s does', async (fields, value, ids, told) => {
  const filters = [{ key: 'operation', operator: '=', value }];
  const frames = await runTarget({ ...document, text: both, ...fields }, { request: { filters } });
  expect(traceIds(frames)).toEqual(ids);
  expect(noticesOf(frames[0]).slice(1)).toEqual(told.map((text) => expect.stringContaining(`leave ${String(text)}`)));
});

it('lists several; a row leads to its trace in the document', async () => {
  const frames = await runTarget({ ...document, text: both });
  expect(kinds(frames)).toEqual(['table']);
  expect(traceIds(frames)).toEqual([TRACE_ID, OTHER_ID.slice(16)].sort((a, b) => (a === TRACE_ID ? -1 : 1)));
  expect(frames.flatMap(checkFrame)).toEqual([]);

  const linked = linkedQuery(frames, 'traceID', { '__value.raw': OTHER_ID.slice(16) }) as { text: string };
  expect(linked).toEqual({ queryType: 'document', query: OTHER_ID.slice(16), text: expect.any(String) });
  // Grafana replaces variables in links, and hides those with one that it does not know.
  expect(linked.text).not.toMatch(/[$[{]/);
  expect(traceIds(await runTarget({ refId: 'A', ...linked }))).toEqual([OTHER_ID.slice(16)]);
});

it.each(['statistics', 'criticalPath', 'criticalPathFlameGraph', 'flameGraph', 'spans', 'events'])(
  'shows %s of one and of several traces',
  async (view) => {
    for (const fields of [{ text: one }, { text: both }, { text: both, query: TRACE_ID.toUpperCase() }]) {
      const frames = await runTarget({ ...document, ...fields, view });
      expect(frames).toHaveLength(1);
      expect(frames[0].length).toBeGreaterThan(view === 'events' ? -1 : 0);
      expect(noticesOf(frames[0]).join()).toContain('from the pasted text');
      expect(frames.flatMap(checkFrame)).toEqual([]);
    }
  }
);

it('links spans back into the document', async () => {
  const frames = await runTarget({ ...document, text: both, view: 'spans' });
  const query = linkedQuery(frames, 'spanID', { '__value.raw': 'a1', '__data.fields.traceID': TRACE_ID });
  expect(query).toMatchObject({ queryType: 'document', query: TRACE_ID, spanId: 'a1' });
});

it('looks a trace that is not in the document up in the store', async () => {
  const fetchTrace = async (): Promise<Trace> => trace;
  const frames = await runTarget(
    { ...document, text: JSON.stringify(encodeOtlp(other)), query: TRACE_ID },
    { methods: { fetchTrace } }
  );
  expect(column(frames[0], 'spanID')).toHaveLength(2);
  expect(noticesOf(frames[0])[0]).toBe(`The document holds no trace ${TRACE_ID}, so it was looked up in Fake.`);
  await expect(
    sentenceOf(runTarget({ ...document, text: JSON.stringify(encodeOtlp(other)), query: TRACE_ID }))
  ).resolves.toMatch(
    /^The document holds no trace 7f3a.*, and looking it up failed too: Trace 7f3a.* was not found in Fake/
  );
});

it.each([
  [{}, /^Choose a file with traces, or paste its text\./],
  [{ name: 'a.json' }, /^Choose the file a\.json again: it is not saved/],
  [{ name: 'a.json', heldAs: 'gone' }, /^The file “a\.json” was too long .* Choose it again\./],
  [{ heldAs: 'gone' }, /^The pasted text was too long .* Paste it again\./],
  [{ text: 'gzip:garbage' }, /^The text of the document in this query is damaged/],
  [{ text: '<html>' }, /^This is a web page/],
  [{ text: one, view: 'pie' }, /^“pie” is not a view of a trace/],
])('%j is refused in words', async (fields, says) => {
  await expect(sentenceOf(runTarget({ ...document, ...fields }))).resolves.toMatch(says);
});

describe('the desk', () => {
  it('puts a short document into the query, packed', async () => {
    const fields = await newDesk().take(one, undefined, true);
    expect(fields).toEqual({ text: expect.stringMatching(/^gzip:[\w-]+$/), size: one.length });
    // Another page reads it, too.
    await expect(newDesk().read(fields)).resolves.toMatchObject({ format: 'OTLP JSON' });
  });

  it('holds a long one for the page alone', async () => {
    const desk = newDesk();
    // Random digits cannot be packed.
    const noise = Array.from({ length: 9_000 }, () => Math.random().toString(36)).join('');
    const long = JSON.stringify({ ...encodeOtlp(trace), noise });
    const fields = await desk.take(new File([long], 'long.json'), 'long.json', true);
    expect(fields).toEqual({ heldAs: expect.stringMatching(/^[0-9a-f]{24}$/), name: 'long.json', size: long.length });
    expect([desk.has(fields), newDesk().has(fields)]).toEqual([true, false]);
    await expect(desk.list(fields)).resolves.toMatchObject([
      { traceId: TRACE_ID, title: 'checkout: work 0', spanCount: 2 },
    ]);
    await expect(newDesk().read(fields)).rejects.toThrow('Choose it again');
    // A dashboard has room for it.
    await expect(desk.take(long, undefined, false)).resolves.toMatchObject({ text: expect.stringMatching(/^gzip:/) });
  });

  it('takes nothing without a trace in it', async () => {
    await expect(newDesk().take('[]', undefined, true)).rejects.toThrow('This JSON holds no trace');
  });

  it('reads what is gzipped, and refuses what is cut, binary or too large', async () => {
    const packed = gzipSync(one);
    const take = (parts: BlobPart[]) => newDesk().take(new Blob(parts), 'a', true);
    await expect(take([packed])).resolves.toMatchObject({ size: one.length });
    await expect(take([packed.subarray(0, 60)])).rejects.toThrow('is a gzip file, but it cannot be unpacked');
    await expect(take([new Uint8Array([10, 0, 0])])).rejects.toThrow('binary');
    const large = { size: 200_000_000 } as Blob;
    await expect(newDesk().take(large, 'a', true)).rejects.toThrow(
      'The file has 200 MB, and no more than 100 MB are read'
    );
  });

  it('keeps OTLP protobuf as JSON, under its own name', async () => {
    const bytes = ProtobufTraceSerializer.serializeRequest(sdkSpans()) as Uint8Array<ArrayBuffer>;
    const desk = newDesk();
    const fields = await desk.take(new Blob([bytes]), 'spans.pb', true);
    expect(fields).toEqual({ text: expect.stringMatching(/^gzip:/), name: 'spans.pb', size: expect.any(Number) });
    // Another page finds only the text in the query.
    for (const each of [desk, newDesk()]) {
      await expect(each.read(fields)).resolves.toMatchObject({
        format: 'OTLP protobuf',
        traces: [{ spans: [{ name: 'GET /cart' }] }],
        notices: [],
      });
    }
    await expect(desk.take(new Blob([gzipSync(bytes)]), 'spans.pb.gz', true)).resolves.toMatchObject({
      text: fields.text,
    });
  });

  it('reads text that is not quite UTF-8', async () => {
    const [head, tail] = one.split('work 0');
    const bytes = Buffer.concat([Buffer.from(`${head}w`), Buffer.from([0xff]), Buffer.from(`rk${tail}`)]);
    const desk = newDesk();
    await expect(desk.read(await desk.take(new Blob([bytes]), 'a', true))).resolves.toMatchObject({
      traces: [{ spans: expect.arrayContaining([expect.objectContaining({ name: 'w\uFFFDrk' })]) }],
    });
  });

  it('stops reading when nobody waits', async () => {
    const controller = new AbortController();
    const reading = newDesk().read({ text: one }, controller.signal);
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

function sdkSpans() {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.getTracer('shop').startSpan('GET /cart').end();
  return exporter.getFinishedSpans();
}
