import { traceFromText } from '../../testkit/traceFromText';
import type { ServiceGraph } from '../model/serviceGraph';
import { toMillis } from '../model/time';
import { deriveServiceGraph } from './deriveServiceGraph';

function lines({ calls, services = [] }: ServiceGraph): string[] {
  const millis = (p95: (typeof calls)[number]['p95']) => (p95 === undefined ? '' : ` ${toMillis(p95)}ms`);
  return [
    ...calls.map((call) => `${call.caller} → ${call.callee}: ${call.calls} (${call.errors}!)${millis(call.p95)}`),
    ...services.map((one) => `${one.name}: ${one.calls} (${one.errors}!)${millis(one.p95)}`),
  ];
}

const shop = traceFromText(`
  web     GET /cart   [0-----------------40]  server
  web       render    [0-----------------38]
  cart        load       [2-----------30]     server
  cart          SELECT     [4----9]           client {peer.service="db"}
  cart        load              [12--20]      server !
  web       fetch                       [36]  client {peer.service="web"}
`);

describe('deriveServiceGraph', () => {
  it('counts what crosses from one service to another, as the called one tells it', () => {
    expect(lines(deriveServiceGraph([shop]))).toEqual([
      'web → cart: 2 (1!) 28ms',
      'cart → db: 1 (0!) 5ms',
      'web: 1 (0!) 40ms',
      'cart: 2 (1!) 28ms',
      'db: 1 (0!) 5ms',
    ]);
  });

  it('adds up over traces, and counts services that nobody calls', () => {
    const alone = traceFromText(`cron  tick  [0--7]  !`);
    const graph = deriveServiceGraph([shop, shop, alone]);
    expect(lines(graph)).toEqual(
      expect.arrayContaining(['web → cart: 4 (2!) 28ms', 'web: 2 (0!) 40ms', 'cron: 1 (1!) 7ms'])
    );
    expect(graph.window).toBeUndefined();
  });

  it('takes a peer with spans of its own from these alone', () => {
    const trace = traceFromText(`
      web   call   [0---10]  client {peer.service="cart"}
      cart    load  [2--8]   server
    `);
    expect(lines(deriveServiceGraph([trace]))).toContain('web → cart: 1 (0!) 6ms');
    expect(deriveServiceGraph([trace]).calls).toHaveLength(1);
  });

  it('is empty without traces', () => {
    expect(deriveServiceGraph([])).toEqual({ calls: [], services: [] });
  });
});
