import type { Reply, Routes, Task } from '../task';

/** Sends receipts. Some addresses bounce, which nobody upstream treats as a failure. */
export const emailRoutes: Routes = new Map([['POST /receipts', sendReceipt]]);

async function sendReceipt(task: Task): Promise<Reply> {
  const { customer, emailMs, emailBounces } = task.visit;
  task.set({ 'email.to': `${customer}@example.com` });
  await task.step('smtp deliver', { 'server.address': 'mail.example.com', 'server.port': 25 }, async (step) => {
    await step.work(emailMs);
    if (emailBounces) {
      step.fail('550 mailbox unavailable', 'SmtpError');
    }
  });
  if (emailBounces) {
    task.fail('receipt bounced');
    task.log('ERROR', 'receipt bounced', { to: `${customer}@example.com` });
    return { status: 422, message: 'bounced' };
  }
  task.log('INFO', 'receipt sent', { to: `${customer}@example.com` });
  return { status: 202, message: 'sent' };
}
