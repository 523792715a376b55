import type { VisitPlan } from '../planVisit';
import type { Task } from '../task';

/** So many orders leave in one van: the batch is one trace of its own, with a link to the trace of every order. */
export const BATCH_SIZE = 3;

export const SHIPMENTS_QUEUE = 'shipments';

/** Works off a batch of queued orders; the task is the batch's own root span. */
export async function processShipments(task: Task, orders: readonly VisitPlan[]): Promise<void> {
  task.set({ 'messaging.batch.message_count': orders.length });
  for (const { number, packMs, items } of orders) {
    const attributes = { 'shop.order.id': `o-${number}`, 'shop.order.items': items.length };
    await task.step('pack order', attributes, async (step) => {
      await step.work(packMs);
      step.log('INFO', 'order packed', { order: `o-${number}` });
    });
  }
  await task.step('book van', { 'peer.service': 'vans-r-us' }, (step) => step.work(5));
  task.log('INFO', 'shipment on its way', { orders: orders.length });
}
