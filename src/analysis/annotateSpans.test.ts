import { traceFromText } from '../../testkit/traceFromText';
import { traceToText } from '../../testkit/traceToText';
import { annotateSpansSteps } from './annotateSpans';
import { runAtOnce } from '../model/cooperative';
import { CRITICAL_PATH_MS } from './ownAttributes';

const trace = traceFromText(`
shop  GET /cart  [0-----------20]
cart    load       [2------10]
db        SELECT     [4--8]
mail    send              [12-30]
`);

it('adds attributes and warnings behind what a span has, and leaves the tree as it is', () => {
  const annotated = runAtOnce(
    annotateSpansSteps(trace, ({ name, duration }) =>
      name === 'SELECT'
        ? { attributes: [{ key: CRITICAL_PATH_MS, value: duration / 1e6 }] }
        : name === 'send'
          ? { warnings: ['It came late.'] }
          : undefined
    )
  );
  expect(traceToText({ ...annotated, spans: annotated.spans.map((span) => ({ ...span, warnings: [] })) })).toContain(
    'SELECT'
  );
  expect(annotated.spans.map(({ spanId, depth, start }) => [spanId, depth, start])).toEqual(
    trace.spans.map(({ spanId, depth, start }) => [spanId, depth, start])
  );
  expect(annotated.spans.map(({ attributes }) => attributes.has(CRITICAL_PATH_MS))).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect(annotated.spans[3].warnings).toEqual([...trace.spans[3].warnings, 'It came late.']);
  expect(annotated.spans[2].parent).toBe(annotated.spans[1]);
  expect([annotated.duration, annotated.epochUnixNano]).toEqual([trace.duration, trace.epochUnixNano]);
});

it('gives the trace itself back when there is nothing to add', () => {
  expect(runAtOnce(annotateSpansSteps(trace, () => ({ attributes: [], warnings: [] })))).toBe(trace);
});
