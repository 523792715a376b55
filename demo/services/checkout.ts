import type { Reply, Routes, Task } from '../task';

/** Places an order: reserves stock, charges, hands over to shipping and tells the customer. */
export const checkoutRoutes: Routes = new Map([['POST /orders', placeOrder]]);

async function placeOrder(task: Task): Promise<Reply> {
  const { items, cartMs, number } = task.visit;
  const order = `o-${number}`;
  task.set({ 'shop.order.id': order, 'shop.order.skus': items.map(({ sku }) => sku) });
  await task.step('load cart', { 'db.system.name': 'postgresql', 'db.query.summary': 'SELECT carts' }, (step) =>
    step.work(cartMs)
  );
  const reserved = await task.all(
    items.map(
      ({ sku }, index) =>
        (branch: Task) =>
          branch.call({
            service: 'inventory',
            method: 'POST',
            route: '/stock/{sku}/reservations',
            path: `/stock/${sku}/reservations`,
            index,
          })
    )
  );
  if (reserved.some(({ status }) => status === 409)) {
    task.event('order rejected', { 'shop.reason': 'out of stock' });
    task.log('WARN', 'order rejected: out of stock', { order });
    return { status: 409, message: 'out of stock' };
  }
  const charged = await charge(task);
  if (charged.status !== 200) {
    task.fail(charged.message);
    task.log('ERROR', `order failed: ${charged.message}`, { order });
    return { status: charged.status === 402 ? 402 : 502, message: charged.message };
  }
  await task.publish('shipments');
  const mail = await task.call({ service: 'email', method: 'POST', route: '/receipts', path: '/receipts' });
  if (mail.status !== 202) {
    task.event('receipt not sent', { 'shop.reason': mail.message });
  }
  task.log('INFO', 'order placed', { order, items: items.length });
  return { status: 201, message: 'placed' };
}

/** A bank that is away is asked again after a growing pause; a refusal is final. */
async function charge(task: Task): Promise<Reply> {
  let reply: Reply = { status: 503, message: 'payment was never asked' };
  for (const index of task.visit.charges.keys()) {
    if (index > 0) {
      const pauseMs = 25 * 2 ** index;
      task.event('retry', { 'retry.attempt': index + 1, 'retry.pause_ms': pauseMs });
      task.log('WARN', 'payment unavailable, trying again', { order: `o-${task.visit.number}`, attempt: index + 1 });
      await task.work(pauseMs);
    }
    reply = await task.call({ service: 'payment', method: 'POST', route: '/charges', path: '/charges', index });
    if (reply.status !== 503) {
      break;
    }
  }
  return reply;
}
