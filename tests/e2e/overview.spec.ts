import { expect, test } from '@playwright/test';
import { errorAlert, exploreUrl, spanRows, tableRows } from './workbench';

test('from a service graph node to its search to a trace', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'serviceGraph', source: 'traces' }]));
  const graph = page.getByRole('group', { name: 'Node graph' });
  await graph.getByRole('button', { name: /payment/ }).click();
  const facts = page.getByRole('complementary', { name: /payment/ });
  await facts.getByRole('link', { name: 'Search its errors' }).click();
  await expect(tableRows(page).nth(1)).toBeVisible();
  await page.getByRole('grid').getByRole('link').first().click();
  await expect(spanRows(page).first()).toBeVisible();
  await expect(errorAlert(page)).toHaveCount(0);
});

test('from a dot of a scatter chart to its trace', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'search', service: 'checkout', limit: 50, view: 'scatter' }]));
  // The last one drawn lies on top of those it covers.
  await page
    .getByRole('link', { name: /^Open trace/ })
    .last()
    .click();
  await expect(spanRows(page).first()).toBeVisible();
  await expect(errorAlert(page)).toHaveCount(0);
});

test('metrics of a store that keeps none are computed from traces, and say so', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'metrics', metric: 'latencies', services: ['checkout'] }]));
  await expect(page.getByText('checkout p95')).toBeVisible();
  await expect(page.getByText(/Computed from a sample of/)).toBeVisible();
  await expect(errorAlert(page)).toHaveCount(0);
});
