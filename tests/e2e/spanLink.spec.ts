import { expect, test } from '@playwright/test';
import { exploreUrl, openSpan, spanRows, traceIdInput, traceTitle } from './workbench';

test('a link from a span opens the other trace at the span it names', async ({ page }) => {
  // Shipments are traces of their own, linked to the orders in the van.
  await page.goto(
    exploreUrl([{ refId: 'A', queryType: 'search', service: 'shipping', operation: 'process shipments', limit: 1 }])
  );
  await page.getByRole('grid').getByRole('link').first().click();
  await expect(spanRows(page).filter({ hasText: 'process shipments' })).toBeVisible();
  const shipment = await traceIdInput(page).inputValue();
  const detail = await openSpan(page, 'process shipments');
  await expect(detail).toContainText('References (3)');
  const reference = detail.getByRole('link', { name: /^Span [0-9a-f]{16} in trace/ }).first();
  const [, spanId, traceId] = /^Span ([0-9a-f]+) in trace ([0-9a-f]+)$/.exec(await reference.innerText())!;
  expect(traceId).not.toBe(shipment);
  await reference.click();
  await expect(traceIdInput(page)).toHaveValue(traceId);
  await expect(traceTitle(page)).toContainText('frontend: ');
  await expect(page.locator('[role=treeitem][aria-selected=true]')).toBeVisible();
  await expect(page.getByRole('region', { name: /^Details of/ })).toContainText(spanId);
});
