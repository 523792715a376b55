import type { CompleteServiceGraph, ServiceGraph } from '../model/serviceGraph';
import { completeServiceGraph } from './completeServiceGraph';
import { cutServiceGraph, focusServiceGraph } from './narrowServiceGraph';

/** `a>b 3, b>c` → calls, one each unless a number says how many. */
function graph(drawing: string): CompleteServiceGraph {
  return completeServiceGraph({
    calls: drawing.split(', ').map((text) => {
      const [, caller, callee, calls = '1'] = /^(\w+)>(\w+)(?: (\d+))?$/.exec(text) ?? [];
      return { caller, callee, calls: Number(calls) };
    }),
  });
}

const edges = ({ calls }: ServiceGraph) => calls.map(({ caller, callee }) => `${caller}>${callee}`).join(' ');

const CHAIN = graph('web>shop, shop>cart, cart>db, cart>cache, mail>db, shop>pay, pay>bank, loop>loop');

describe('focusServiceGraph', () => {
  it.each([
    ['cart', 1, 'shop>cart cart>db cart>cache'],
    ['cart', 2, 'web>shop shop>cart cart>db cart>cache'],
    ['shop', 2, 'web>shop shop>cart cart>db cart>cache shop>pay pay>bank'],
    ['db', 20, 'web>shop shop>cart cart>db mail>db'],
    ['loop', 3, 'loop>loop'],
    ['gone', 1, ''],
    ['web, bank', 1, 'web>shop pay>bank'],
    ['web, bank', 2, 'web>shop shop>cart shop>pay pay>bank'],
  ])('around %s, %d away', (service, hops, expected) => {
    expect(edges(focusServiceGraph(CHAIN, service.split(', '), hops))).toBe(expected);
  });

  it('ends in a circle', () => {
    expect(edges(focusServiceGraph(graph('a>b, b>c, c>a'), ['a'], 20))).toBe('a>b b>c c>a');
  });

  it('keeps the numbers that the services that are left have in the whole graph', () => {
    const whole = graph('web>shop 7, shop>cart 3, mail>shop 2');
    expect(focusServiceGraph(whole, ['cart'], 1).services).toEqual([
      { name: 'shop', calls: 9 },
      { name: 'cart', calls: 3 },
    ]);
    const lonely = completeServiceGraph({ calls: [], services: ['cart', 'bank'].map((name) => ({ name, calls: 1 })) });
    expect(focusServiceGraph(lonely, ['bank'], 1).services).toEqual([{ name: 'bank', calls: 1 }]);
  });
});

describe('cutServiceGraph', () => {
  it('leaves alone what is small enough', () => {
    expect(cutServiceGraph(CHAIN, 10, 9)).toEqual({ graph: CHAIN, omittedServices: 0, omittedCalls: 0 });
  });

  it('keeps the services on the strongest edges, with all calls between them, and counts the rest', () => {
    const cut = cutServiceGraph(graph('a>b 1, b>c 90, c>d 100, d>b 2, e>f 50'), 3, 9);
    expect(edges(cut.graph)).toBe('b>c c>d d>b');
    expect(cut).toMatchObject({ omittedServices: 3, omittedCalls: 2 });
    // Also of those who call it and are left out.
    expect(cut.graph.services.find(({ name }) => name === 'b')?.calls).toBe(3);
  });

  it('keeps the strongest of very many calls, and the services on them', () => {
    const cut = cutServiceGraph(graph('a>b 1, b>c 90, c>d 100, d>b 2, e>f 50'), 10, 3);
    expect(edges(cut.graph)).toBe('b>c c>d e>f');
    expect(cut).toMatchObject({ omittedServices: 1, omittedCalls: 2 });
  });
});
