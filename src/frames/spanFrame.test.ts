import { applyFieldOverrides, createTheme, type DataFrame, type ScopedVars } from '@grafana/data';
import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { checkFrame } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import { traceFromText } from '../../testkit/traceFromText';
import { assembleTrace } from '../model/assembleTrace';
import type { Trace } from '../model/trace';
import { buildSpanFrame } from './spanFrame';

const OPTIONS = { refId: 'A', datasource: { uid: 'traces', name: 'Traces' } };

const trace = traceFromText(`
  = db {zone="eu"}
  shop  GET /cart   [0-----------20]  server {rows="all" retries=1 cached=true}
  db      SELECT      [2--5]          client !"timed out" {rows=3 cached=false}
`);

/** What a click on the span id of a row opens, through Grafana's own code; variables come out of the row. */
function clickedLink(frame: DataFrame, row: number) {
  const valueOf = (name: string) => frame.fields.find((field) => field.name === name)?.values[row];
  const [shown] = applyFieldOverrides({
    data: [frame],
    theme: createTheme(),
    fieldConfig: { defaults: {}, overrides: [] },
    replaceVariables: (text, scopedVars?: ScopedVars) => {
      const field = scopedVars?.__dataContext?.value.field;
      return text
        .replace('${__value.raw}', () => field?.values[row])
        .replace(/\$\{__data\.fields\.(\w+)\}/, (_, name: string) => valueOf(name));
    },
  });
  const [link] = shown.fields[0].getLinks?.({ valueRowIndex: row }) ?? [];
  return JSON.parse(new URL(link.href, 'http://grafana.test').searchParams.get('left') ?? '');
}

describe('buildSpanFrame', () => {
  it('gives a row a span and a column an attribute, of its own type', () => {
    const frame = buildSpanFrame([trace], { ...OPTIONS, attributes: ['rows', 'zone', 'retries', 'cached', 'rows'] });
    expect(`\n${frameToText(frame)}\n`).toBe(`
spanID           | startTime                | service | operation | duration | selfTime | kind   | status | statusMessage | rows | zone | retries | cached | traceID
0000000000000001 | 2024-01-02T03:04:05.000Z | shop    | GET /cart | 20000000 | 17000000 | server | unset  | -             | all  | -    | 1       | true   | 0000000000000abc
0000000000000002 | 2024-01-02T03:04:05.002Z | db      | SELECT    | 3000000  | 3000000  | client | error  | timed out     | 3    | eu   | -       | false  | 0000000000000abc
`);
    const typeOf = (name: string) => frame.fields.find((field) => field.name === name)?.type;
    expect(['rows', 'zone', 'retries', 'cached'].map(typeOf)).toEqual(['string', 'string', 'number', 'boolean']);
    expect(checkFrame(frame)).toEqual([]);
  });

  it('keeps asked attributes apart from its own columns, whatever they are called', () => {
    const frame = buildSpanFrame([trace], {
      ...OPTIONS,
      attributes: ['duration', 'attribute.duration', '', '__proto__', 'traceID'],
    });
    const names = frame.fields.map(({ name }) => name);
    expect(names.slice(9, -1)).toEqual([
      'attribute.duration',
      'attribute.attribute.duration',
      'attribute.',
      'attribute.__proto__',
      'attribute.traceID',
    ]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('leads to the span in its trace', () => {
    const other = traceFromText('shop  GET /cart  [0--5]  #b7', { traceId: 'f'.repeat(32) });
    const frame = buildSpanFrame([trace, other], OPTIONS);
    const link = clickedLink(frame, 2);
    expect(link).toMatchObject({ datasource: 'traces', panelsState: { trace: { spanId: '00000000000000b7' } } });
    expect(link.queries).toEqual([
      {
        queryType: 'traceql',
        query: 'f'.repeat(32),
        spanId: '00000000000000b7',
        datasource: { uid: 'traces' },
        fromMs: 1_704_164_645_000 - 1_800_000,
        toMs: 1_704_164_645_005 + 1_800_000,
      },
    ]);
    expect(clickedLink(frame, 1).queries[0].query).toBe('0000000000000abc');
  });

  it('keeps the laws whatever the wire gave', () => {
    checkProperty(
      fc.property(arbitraryFlatSpans, fc.array(fc.string(), { maxLength: 3 }), (spans, keys) => {
        const attributes = [...keys, 'error', 'http.route', 'constructor', ''];
        const frame = buildSpanFrame([assembleTrace(spans) as Trace], { ...OPTIONS, attributes });
        expect(checkFrame(frame)).toEqual([]);
      })
    );
    expect(checkFrame(buildSpanFrame([], OPTIONS))).toEqual([]);
  });
});
