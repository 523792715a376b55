import { expect, test } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';
import { choose, exploreUrl, queryRow, spanRows, tableRows, traceIdInput } from './workbench';

test('search for a service, open a trace from the list', async ({ page }) => {
  await page.goto(exploreUrl([]));
  await page.getByTestId(testIds.queryEditor.kind).getByRole('radio', { name: 'Search' }).check();
  await choose(page, testIds.queryEditor.service, 'payment');
  const table = page.getByRole('grid');
  await expect(table).toContainText('Trace ID');
  await expect(table).toContainText('frontend');
  const link = table.getByRole('link').first();
  const traceId = await link.innerText();
  await link.click();
  await expect(traceIdInput(page)).toHaveValue(new RegExp(traceId.replace('…', '')));
  await expect(spanRows(page).filter({ hasText: 'payment' }).first()).toBeVisible();
  await expect(page.getByRole('search', { name: 'Spans' })).toContainText('serviceName = payment');
  await expect(page.getByText(/\d+ spans? match/)).toBeVisible();
});

test('tags and durations narrow the list; nothing found is said', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'search', service: 'shipping' }]));
  await expect(tableRows(page).nth(4)).toBeVisible();
  const tags = page.getByTestId(testIds.queryEditor.tags);
  await tags.fill('shop.order.id=o-5');
  await tags.press('Enter');
  await expect(page).toHaveURL(/shop\.order\.id/);
  // The head, the order of the past, and the live shop's order of that number once it has come so far.
  await expect(async () => expect([2, 3]).toContain(await tableRows(page).count())).toPass();
  const shortest = page.getByTestId(testIds.queryEditor.minDuration);
  await shortest.fill('1h');
  await shortest.press('Enter');
  await expect(page.getByText('The answer has no rows')).toBeVisible();
});

test('a duration nobody can read is refused where it was typed', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'search', service: 'payment' }]));
  const shortest = page.getByTestId(testIds.queryEditor.minDuration);
  await shortest.fill('soon');
  await shortest.press('Enter');
  await expect(shortest).toHaveAttribute('aria-invalid', 'true');
  await expect(queryRow(page, 'A')).toContainText('soon');
});

test('a limit that cuts the list is told', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'search', service: 'frontend', limit: 3 }]));
  await expect(page.getByRole('list', { name: 'Notices' })).toContainText('the limit of 3 cut the list');
  await expect(tableRows(page)).toHaveCount(4);
});

test('variables of the bar are put into a search', async ({ page }) => {
  await page.goto(
    `${exploreUrl([{ refId: 'A', queryType: 'search', service: '$service', limit: 2 }])}&var-service=shipping`
  );
  await expect(page.getByRole('grid')).toContainText('shipping');
});
