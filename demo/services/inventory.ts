import type { Reply, Routes, Task } from '../task';

/** Knows what is in stock. */
export const inventoryRoutes: Routes = new Map([
  ['GET /stock/{sku}', lookUp],
  ['POST /stock/{sku}/reservations', reserve],
]);

async function lookUp(task: Task): Promise<Reply> {
  const item = task.visit.items[task.index];
  task.set({ 'shop.sku': item.sku });
  await readStock(task);
  return item.inStock ? { status: 200, message: 'in stock' } : { status: 404, message: 'not in stock' };
}

async function reserve(task: Task): Promise<Reply> {
  const item = task.visit.items[task.index];
  task.set({ 'shop.sku': item.sku, 'shop.quantity': item.quantity });
  await readStock(task);
  if (!item.inStock) {
    task.log('WARN', 'nothing left to reserve', { sku: item.sku, quantity: item.quantity });
    return { status: 409, message: 'out of stock' };
  }
  await task.step('UPDATE stock', { 'db.system.name': 'postgresql', 'db.operation.name': 'UPDATE' }, (step) =>
    step.work(2)
  );
  task.log('DEBUG', 'reserved', { sku: item.sku, quantity: item.quantity });
  return { status: 201, message: 'reserved' };
}

async function readStock(task: Task): Promise<void> {
  const { lookupMs, sku } = task.visit.items[task.index];
  const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': 'SELECT', 'db.collection.name': 'stock' };
  await task.step('SELECT stock', attributes, async (step) => {
    if (lookupMs > 100) {
      step.event('cache miss', { 'shop.sku': sku });
    }
    await step.work(lookupMs);
  });
}
