import { SpanKind, type Link } from '@opentelemetry/api';
import { processShipments } from './services/shipping';
import { ROUTES } from './services/routes';
import type { VisitPlan } from './planVisit';
import { SpanTask, type Passage, type World } from './SpanTask';
import type { Handler, Reply, ServiceName } from './task';

/** The handler of a path and the template that it matched. */
export function findRoute(
  service: ServiceName,
  method: string,
  path: string
): { route: string; handler: Handler } | undefined {
  for (const [key, handler] of ROUTES[service]) {
    const [routeMethod, route] = key.split(' ');
    const pattern = new RegExp(`^${route.replace(/\{\w+\}/g, '[^/]+')}$`);
    if (routeMethod === method && pattern.test(path)) {
      return { route, handler };
    }
  }
  return undefined;
}

/** The server's side of a request: its span, its handler, its answer. */
export async function serveRequest(
  world: World,
  service: ServiceName,
  method: string,
  path: string,
  passage: Passage
): Promise<Reply> {
  const found = findRoute(service, method, path);
  const start = {
    service,
    name: found ? `${method} ${found.route}` : method,
    kind: SpanKind.SERVER,
    attributes: {
      'http.request.method': method,
      'url.path': path,
      'url.scheme': 'http',
      ...(found && { 'http.route': found.route }),
    },
  };
  return SpanTask.run(world, passage, start, async (task) => {
    const reply = found ? await found.handler(task) : { status: 404, message: 'no such page' };
    task.set({ 'http.response.status_code': reply.status });
    if (reply.status >= 500) {
      task.set({ 'error.type': String(reply.status) });
      task.fail(reply.message);
    }
    return reply;
  });
}

/** An order waiting in the queue, with a link to the span that put it there. */
export interface QueuedOrder {
  readonly visit: VisitPlan;
  readonly link: Link;
}

/** A batch is a trace of its own; its number is that of the order that completed it. */
export function consumeBatch(world: World, orders: readonly QueuedOrder[], passage: Passage): Promise<void> {
  const start = {
    service: 'shipping' as const,
    name: 'process shipments',
    kind: SpanKind.CONSUMER,
    attributes: {
      'messaging.system': 'shop-queue',
      'messaging.operation.type': 'process',
      'messaging.destination.name': 'shipments',
    },
    links: orders.map(({ link }) => link),
  };
  return SpanTask.run(world, passage, start, (task) =>
    processShipments(
      task,
      orders.map(({ visit }) => visit)
    )
  );
}
