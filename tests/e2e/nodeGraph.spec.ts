import { expect, test } from '@playwright/test';
import { exploreUrl, openTraceOfNewestLine, spanRows } from './workbench';

test('beside a trace the node graph waits folded, and opens', async ({ page }) => {
  await openTraceOfNewestLine(page);
  await expect(spanRows(page).first()).toBeVisible();
  const panel = page.getByRole('button', { name: 'Node graph' });
  await expect(panel).toBeVisible();
  await expect(page.getByRole('group', { name: 'Node graph' })).toHaveCount(0);
  await panel.click();
  const graph = page.getByRole('group', { name: 'Node graph' });
  await expect(graph.getByRole('button').first()).toBeVisible();
});

test('the service graph names who calls whom; a node leads to its traces', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'serviceGraph' }]));
  const graph = page.getByRole('group', { name: 'Node graph' });
  const node = graph.getByRole('button', { name: /payment/ });
  await expect(node).toBeVisible();
  await expect(graph.getByRole('button', { name: /frontend/ })).toBeVisible();
  await node.click();
  await page
    .getByRole('complementary', { name: /payment/ })
    .getByRole('link')
    .first()
    .click();
  await expect(page.getByRole('grid')).toContainText('Trace ID');
});
