import type { Reply, Routes, Task } from '../task';

/** What a visitor sees: a page of the shop, or the end of a checkout. */
export const frontendRoutes: Routes = new Map([
  ['GET /products', browse],
  ['POST /cart/checkout', checkOut],
]);

async function browse(task: Task): Promise<Reply> {
  const { items, customer, renderMs } = task.visit;
  task.set({ 'enduser.id': customer, 'shop.products': items.length });
  // Fan-out: every product's stock at once.
  const replies = await task.all(
    items.map(
      ({ sku }, index) =>
        (branch: Task) =>
          branch.call({ service: 'inventory', method: 'GET', route: '/stock/{sku}', path: `/stock/${sku}`, index })
    )
  );
  await task.step('render products', { 'shop.template': 'products.html' }, (step) => step.work(renderMs));
  const missing = replies.filter(({ status }) => status !== 200).length;
  task.log(missing > 0 ? 'WARN' : 'INFO', 'products shown', { customer, products: items.length, missing });
  return { status: 200, message: 'ok' };
}

async function checkOut(task: Task): Promise<Reply> {
  const { customer, renderMs } = task.visit;
  task.set({ 'enduser.id': customer });
  const reply = await task.call({ service: 'checkout', method: 'POST', route: '/orders', path: '/orders' });
  await task.step('render receipt', { 'shop.template': 'receipt.html' }, (step) => step.work(renderMs));
  if (reply.status >= 500) {
    task.fail(`checkout answered ${reply.status}`);
    task.log('ERROR', 'checkout failed', { customer, status: reply.status });
  } else {
    task.log('INFO', 'checkout done', { customer, status: reply.status });
  }
  return reply;
}
