import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { checkFrame } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import { traceFromText } from '../../testkit/traceFromText';
import { overRepresentedAttributes } from '../analysis/overRepresentedAttributes';
import { assembleTrace } from '../model/assembleTrace';
import type { Trace } from '../model/trace';
import { buildAttributeComparisonFrame } from './attributeComparisonFrame';

const frameOf = (left: Trace[], right: Trace[]) =>
  buildAttributeComparisonFrame(overRepresentedAttributes(left, right), {
    refId: 'A',
    names: { left: 'fast', right: 'slow' },
  });

const withMarks = (marks: string) => traceFromText(`shop  GET /cart  [0--5]  ${marks}`);

it('gives a row a value, with the counts of both sides', () => {
  const frame = frameOf(
    [withMarks('{zone="eu" tier="gold"}'), withMarks('{zone="eu"}')],
    [withMarks('{zone="us" tier="gold"}'), withMarks('{zone="us" tier="gold"}')]
  );
  expect(`\n${frameToText(frame)}\n`).toBe(`
attribute | attributeValue | difference | left | right
zone      | eu             | -1         | 2    | 0
zone      | us             | 1          | 0    | 2
tier      | gold           | 0.5        | 1    | 2
`);
  expect(frame.fields.slice(2).map(({ config }) => config.displayNameFromDS)).toEqual([
    'Difference (slow − fast)',
    'Traces with it: fast, of 2',
    'Traces with it: slow, of 2',
  ]);
});

it('says what was left out', () => {
  const numbered = Array.from({ length: 10 }, (_, index) => {
    const ids = Array.from({ length: 10 }, (__, key) => `id${key}=${index * 10 + key}`).join(' ');
    return withMarks(`{${ids}}`);
  });
  const keys = Array.from({ length: 1_001 }, (_, index) => `key${index}=1`).join(' ');
  expect(frameOf(numbered, []).meta?.notices?.map(({ text }) => text)).toEqual([
    'Different nearly everywhere, so that values of one trace only are left out: id0, id1, id2, id3, id4, id5, id6, id7 and 2 more.',
  ]);
  expect(frameOf([withMarks(`{${keys}}`)], []).meta?.notices?.map(({ text }) => text)).toEqual([
    'Showing the 100 values with the largest difference; 900 more differ.',
    'Only the first 1000 attribute keys were compared.',
  ]);
});

it('keeps the laws whatever the wire gave', () => {
  const aSet = fc
    .array(arbitraryFlatSpans, { maxLength: 2 })
    .map((sets) => sets.map((each) => assembleTrace(each) as Trace));
  checkProperty(fc.property(aSet, aSet, (left, right) => expect(checkFrame(frameOf(left, right))).toEqual([])));
});
