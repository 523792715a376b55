import { traceFromText } from './traceFromText';
import { traceToText } from './traceToText';

const trace = traceFromText(`
  web   GET /  [0-------20]     server {a=1} #a1
  cart    load   [2.5---10]     client !"no" (lib 1) @3 retry {n=2} >ffff
  mail  send             [25]   ?
`);

it('draws the tree, bars to scale, marks, and a line for each event, link and warning', () => {
  expect('\n' + traceToText(trace)).toBe(`
web   GET /   [0----------------20]         server
cart    load    [2.5---10]                  client !"no"
        @3 retry
        >000000000000ffff
mail  send                            [25]  ?
        % The parent span dead000000000003 is not part of this trace; the span is shown as a root.`);
});

it('adds attributes, scopes and ids when asked, and leaves out warnings', () => {
  expect('\n' + traceToText(trace, { attributes: true, ids: true, withoutWarnings: true })).toBe(`
web   GET /   [0----------------20]         #00000000000000a1 server {a=1}
cart    load    [2.5---10]                  #0000000000000002 client !"no" (lib 1)
        @3 retry {n=2}
        >000000000000ffff
mail  send                            [25]  #0000000000000003 ^dead000000000003`);
});

it('writes names in quotes that would be taken apart', () => {
  const drawing = 'web  "two  spaces"  [0]\nweb  "[0--1]"       [0]\nweb  ""             [0]';
  expect(traceToText(traceFromText(drawing))).toBe(drawing);
});
