import { expect, test } from '@playwright/test';
import { errorAlert, exploreUrl, logLines, openSpan, spanRows, tableRows, traceIdInput } from './workbench';

test('from a service graph node to its search, a trace, its logs, and back, without typing', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'serviceGraph', source: 'traces' }]));
  const graph = page.getByRole('group', { name: 'Node graph' });
  await graph.getByRole('button', { name: /payment/ }).click();
  const facts = page.getByRole('complementary', { name: /payment/ });
  await facts.getByRole('link', { name: 'Search its errors' }).click();
  await expect(tableRows(page).nth(1)).toBeVisible();
  await page.getByRole('grid').getByRole('link').first().click();
  await expect(spanRows(page).first()).toBeVisible();
  const traceId = await traceIdInput(page).inputValue();

  const rowText = await spanRows(page).first().getByRole('button').last().innerText();
  const detail = await openSpan(page, rowText.split('\n')[0]);
  await detail.getByRole('link', { name: 'Logs for this span' }).click();
  await expect(page).toHaveURL(/\/logs\?/);
  await expect(logLines(page).first()).toBeVisible();
  await logLines(page).first().getByRole('link', { name: 'Open trace' }).click();
  await expect(traceIdInput(page)).toHaveValue(traceId);
  await expect(spanRows(page).first()).toBeVisible();

  // Logs, trace, search, graph.
  for (let step = 0; step < 4; step++) {
    await page.goBack();
  }
  await expect(graph.getByRole('button', { name: /payment/ })).toBeVisible();
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
