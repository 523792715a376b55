import { traceFromText } from '../../testkit/traceFromText';
import { traceToText } from '../../testkit/traceToText';

// What a wire gave, and what is shown: spans with their ids (leading zeros left out), warnings of the trace at the end.
describe('repairs', () => {
  test.each<[repair: string, given: string, shown: string]>([
    [
      'an orphan becomes a root, with its children',
      `
      web  GET /  [0---9]
      db   query  [2---4]  ^beef
      db     row  [3---4]
      `,
      `
      web  GET /  [0----------------------9]  #1
      db   query       [2----4]               #2 ^000000000000beef
             % The parent span 000000000000beef is not part of this trace; the span is shown as a root.
      db     row          [3--4]              #3
      `,
    ],
    [
      'a span that names itself as its parent becomes a root, with its children',
      `
      web  loop     [0---9]  #a1 ^a1
      web    child  [2---4]
      `,
      `
      web  loop     [0----------------------9]  #a1
             % The span names itself as its parent; it is shown as a root.
      web    child       [2----4]               #2
      `,
    ],
    [
      'a circle is cut at its earliest span; what hangs from it stays',
      `
      web  late      [4---9]  #c3 ^b2
      web  earliest  [1---9]  #a1 ^c3
      web  middle    [2---9]  #b2 ^a1
      db   query     [5---6]  #d4 ^c3
      web  other     [0---9]
      `,
      `
      web  other        [0----------------------9]  #5
      web  earliest        [1-------------------9]  #a1
             % The span is its own ancestor, in a circle of 3 spans; the circle is cut here: the parent 00000000000000c3 is left out and the span is shown as a root.
      web    middle          [2-----------------9]  #b2
      web      late                [4-----------9]  #c3
      db         query               [5--6]         #d4
      `,
    ],
    [
      'two circles are two roots',
      `
      web  a  [0---9]  #a1 ^b2
      web  b  [1---9]  #b2 ^a1
      db   c  [2---9]  #c3 ^d4
      db   d  [3---9]  #d4 ^c3
      `,
      `
      web  a    [0----------------------9]  #a1
             % The span is its own ancestor, in a circle of 2 spans; the circle is cut here: the parent 00000000000000b2 is left out and the span is shown as a root.
      web    b     [1-------------------9]  #b2
      db   c         [2-----------------9]  #c3
             % The span is its own ancestor, in a circle of 2 spans; the circle is cut here: the parent 00000000000000d4 is left out and the span is shown as a root.
      db     d          [3--------------9]  #d4
      `,
    ],
    [
      'a copy of a span is shown once',
      `
      web  GET /  [0---9]
      db   query  [2---4]  #b2 ^1 {rows=3}
      db   query  [2---4]  #b2 ^1 {rows=3}
      `,
      `
      web  GET /    [0----------------------9]  #1
      db     query       [2----4]               #b2
      % A span that came twice is shown once.
      `,
    ],
    [
      'what differs in an attribute alone is no copy',
      `
      web  GET /  [0---9]
      db   query  [2---4]  #b2 ^1 {rows=3}
      db   query  [2---4]  #b2 ^1 {rows=4}
      `,
      `
      web  GET /    [0----------------------9]  #1
      db     query       [2----4]               #b2
      db     query       [2----4]               #ffffffffffffffff
             % 2 spans of this trace share the id 00000000000000b2; this one is shown under ffffffffffffffff.
      `,
    ],
    [
      'client and server that share an id: the client is the parent, children go to the side of their service',
      `
      web   GET /     [0------------------20]
      web     call    [2--------------18]       client #a1
      cart    serve     [4---------16]          server #a1 ^1
      cart  load          [5----9]              ^a1
      web   retry     [17-18]                   ^a1
      `,
      `
      web   GET /       [0---------------------20]    #1
      web     call        [2-----------------18]      #a1 client
      cart      serve        [4-----------16]         #ffffffffffffffff server
              % 2 spans of this trace share the id 00000000000000a1; this one is shown under ffffffffffffffff.
      cart        load        [5---9]                 #4
      web       retry                       [17--18]  #5
      `,
    ],
    [
      'the same with the server first and no parent on it',
      `
      cart  serve   [4---------16]      server #a1
      web   call    [2--------------18]  client #a1
      cart  load    [5----9]  ^a1
      `,
      `
      web   call      [0---------------------16]  #a1 client
      cart    serve      [2---------------14]     #ffffffffffffffff server
              % 2 spans of this trace share the id 00000000000000a1; this one is shown under ffffffffffffffff.
      cart      load       [3----7]               #3
      `,
    ],
    [
      'spans that share an id by accident keep their own parents',
      `
      web   GET /  [0---20]
      web     one  [2---5]  #a1
      cart  two    [6---9]  #a1
      cart    sub  [7---8]  ^a1
      `,
      `
      web   GET /  [0---------------------20]  #1
      web     one    [2--5]                    #a1
      cart  two           [6--9]               #ffffffffffffffff
              % 2 spans of this trace share the id 00000000000000a1; this one is shown under ffffffffffffffff.
      cart    sub          [7--8]              #4
      `,
    ],
    [
      'client and server that share an id by accident keep their own parents',
      `
      web   GET /   [0---20]
      web     call  [2---5]  client #a1
      mail  other   [6---9]
      cart    two   [7---9]  server #a1
      `,
      `
      web   GET /   [0---------------------20]  #1
      web     call    [2--5]                    #a1 client
      mail  other          [6--9]               #3
      cart    two           [7--9]              #ffffffffffffffff server
              % 2 spans of this trace share the id 00000000000000a1; this one is shown under ffffffffffffffff.
      `,
    ],
    [
      'a span without a start is placed at its parent’s, and so are its children without one',
      `
      web  GET /    [0----9]
      web    load   [3----9]
      db       a    [?--2]
      db         b  [?]
      db         c  [4--5]
      `,
      `
      web  GET /    [0----------------------9]  #1
      web    load           [3--------------9]  #2
      db       a            [3---5]             #3
             % The span has no start time; it is placed at the start of its parent.
      db         b          [3]                 #4
             % The span has no start time; it is placed at the start of its parent.
      db         c             [4--5]           #5
      `,
    ],
    [
      'a root without a start is placed at the start of the trace',
      `
      web  GET /    [?--2]
      web    load   [3----9]
      `,
      `
      web  GET /   [0------2]                  #1
             % The span has no start time; it is placed at the start of the trace.
      web    load  [0----------------------6]  #2
      `,
    ],
    [
      'a trace without any time',
      `
      web  GET /    [?--2]
      web    load   [?--1]
      `,
      `
      web  GET /   [0----------------------2]  #1
             % The span has no start time; it is placed at the start of the trace.
      web    load  [0----------1]              #2
             % The span has no start time; it is placed at the start of its parent.
      % No span of this trace has a start time; all of them are placed at the beginning of 1970.
      `,
    ],
    [
      'a span that ends before it starts has no duration',
      `
      web  GET /    [0----9]
      web    load   [5----3]
      `,
      `
      web  GET /   [0----------------------9]  #1
      web    load               [5]            #2
             % The span ends 2 ms before it starts; it is shown with a duration of 0.
      `,
    ],
    [
      'an event without a time is placed at the start of its span',
      `
      web  GET /    [0----9]
      web    load   [5----6]  @? lost @6 kept
      `,
      `
      web  GET /   [0----------------------9]  #1
      web    load               [5--6]         #2
             @5 lost
             @6 kept
             % The span has events without a time; they are placed at its start.
      `,
    ],
    [
      'several things wrong at once are all said',
      `
      web  GET /    [0----9]  % The store had a remark.
      web  load     [?]  ^dead @? lost
      `,
      `
      web  GET /  [0----------------------9]  #1
             % The store had a remark.
      web  load   [0]                         #2 ^000000000000dead
             @0 lost
             % The parent span 000000000000dead is not part of this trace; the span is shown as a root.
             % The span has no start time; it is placed at the start of the trace.
             % The span has events without a time; they are placed at its start.
      `,
    ],
  ])('%s', (_repair, given, shown) => {
    const trace = traceFromText(given);
    const text = traceToText(trace, { ids: true }).replace(/#0{8,}/g, '#');
    expect([text, ...trace.warnings.map((warning) => `% ${warning}`)].join('\n')).toBe(dedent(shown));
  });
});

function dedent(text: string): string {
  return text.replace(/^ {6}/gm, '').trim();
}
