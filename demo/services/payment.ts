import type { Reply, Routes, Task } from '../task';

/** Charges a card. The bank is sometimes away. */
export const paymentRoutes: Routes = new Map([['POST /charges', charge]]);

async function charge(task: Task): Promise<Reply> {
  const { ms, outcome } = task.visit.charges[task.index];
  const order = `o-${task.visit.number}`;
  task.set({ 'shop.order.id': order, 'payment.attempt': task.index + 1, 'payment.provider': 'bank-of-tea' });
  await task.step('authorize card', { 'peer.service': 'bank-of-tea' }, async (step) => {
    await step.work(ms);
    if (outcome === 'unavailable') {
      step.fail('connection reset by bank-of-tea', 'BankUnavailableError');
    }
  });
  switch (outcome) {
    case 'approved':
      task.log('INFO', 'card charged', { order });
      return { status: 200, message: 'charged' };
    case 'declined':
      task.set({ 'payment.declined': true });
      task.log('WARN', 'card declined', { order });
      return { status: 402, message: 'card declined' };
    case 'unavailable':
      task.fail('the bank does not answer');
      task.log('ERROR', 'the bank does not answer', { order, attempt: task.index + 1 });
      return { status: 503, message: 'payment unavailable' };
  }
}
