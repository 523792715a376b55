import { expect, test } from '@playwright/test';
import { logLines, openLogs, openSpan, openTraceOfNewestLine, spanRows, traceIdInput, traceTitle } from './workbench';

test('a trace ID in the text of a log line opens its trace', async ({ page }) => {
  const traceId = await openTraceOfNewestLine(page);
  await expect(page).toHaveURL(/\/explore\?left=/);
  await expect(traceIdInput(page)).toHaveValue(traceId);
  await expect(traceTitle(page)).toBeVisible();
  await expect(page.getByText(traceId, { exact: true }).first()).toBeVisible();
  await expect(spanRows(page).first()).toBeVisible();
});

test('a trace ID that came as a label opens its trace', async ({ page }) => {
  await openLogs(page);
  const line = logLines(page)
    .filter({ hasText: /order packed/ })
    .first();
  await expect(line).toBeVisible();
  await expect(line).not.toContainText(/trace_?id/i);
  await line.getByRole('link', { name: 'Open trace' }).click();
  await expect(spanRows(page).filter({ hasText: 'pack order' }).first()).toBeVisible();
});

test('the opened trace survives a reload, and the way back leads to the logs', async ({ page }) => {
  const traceId = await openTraceOfNewestLine(page);
  await expect(spanRows(page).first()).toBeVisible();
  await page.reload();
  await expect(traceIdInput(page)).toHaveValue(traceId);
  await expect(spanRows(page).first()).toBeVisible();
  await page.goBack();
  await expect(logLines(page).first()).toBeVisible();
});

test('the correlation of a line opens the same trace', async ({ page }) => {
  await openLogs(page);
  const line = logLines(page)
    .filter({ hasText: /trace_id=[0-9a-f]{32}/ })
    .first();
  await expect(line).toBeVisible();
  const traceId = /trace_id=([0-9a-f]{32})/.exec(await line.innerText())![1];
  await line.getByRole('button', { name: /^Details of the line/ }).click();
  await line.getByRole('link', { name: 'Trace of this order' }).click();
  await expect(traceIdInput(page)).toHaveValue(traceId);
  await expect(spanRows(page).first()).toBeVisible();
});

test('from a span back to the log lines of its trace', async ({ page }) => {
  const traceId = await openTraceOfNewestLine(page);
  const rowText = await spanRows(page).first().getByRole('button').last().innerText();
  const detail = await openSpan(page, rowText.split('\n')[0]);
  await expect(detail).toContainText('Resource attributes');
  await detail.getByRole('link', { name: 'Logs for this span' }).click();
  await expect(page).toHaveURL(/\/logs\?/);
  await expect(page.getByRole('textbox', { name: 'LogQL query' })).toHaveValue(new RegExp(traceId));
  await expect(logLines(page).first()).toBeVisible();
  await logLines(page).first().getByRole('link', { name: 'Open trace' }).click();
  await expect(traceIdInput(page)).toHaveValue(traceId);
});

test('new lines come by themselves while the page is live', async ({ page }) => {
  await page.goto('/logs');
  const newest = await logLines(page).first().locator('time').innerText();
  await expect(async () => expect(await logLines(page).first().locator('time').innerText()).not.toBe(newest)).toPass();
});
