import { expect, test, type Page } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';
import { errorAlert, exploreUrl, spanRows, tableRows, traceIdInput } from './workbench';

const side = (page: Page, name: 'baseline' | 'comparison') =>
  page.getByTestId(testIds.queryEditor.side(name)).getByTestId(testIds.queryEditor.traceId);

async function chooseView(page: Page, label: string): Promise<void> {
  await page.getByTestId(testIds.queryEditor.view).click();
  await page.getByRole('option', { name: new RegExp(`^${label}(?!,)`) }).click();
}

/** The IDs of two traces of the checkout. */
async function twoTraces(page: Page): Promise<readonly [string, string]> {
  const ids: string[] = [];
  for (const row of [0, 1]) {
    await page.goto(exploreUrl([{ refId: 'A', queryType: 'search', service: 'payment', limit: 20 }]));
    await page.getByRole('grid').getByRole('link').nth(row).click();
    await expect(spanRows(page).first()).toBeVisible();
    ids.push(await traceIdInput(page).inputValue());
  }
  return [ids[0], ids[1]];
}

test('the open trace against another: what changed, and how', async ({ page }) => {
  const [other, open] = await twoTraces(page);
  await page.getByRole('radio', { name: 'Compare' }).click();
  await expect(side(page, 'comparison')).toHaveValue(open);
  await side(page, 'baseline').fill(other);
  await side(page, 'baseline').press('Enter');
  await expect(page.getByRole('heading', { name: 'Difference flame graph' })).toBeVisible();
  await expect(page.locator('canvas').first()).toBeVisible();

  await chooseView(page, 'Operations');
  await expect(page.getByRole('columnheader', { name: 'Self time: change' })).toBeVisible();
  await expect(tableRows(page).filter({ hasText: 'authorize card' })).toContainText('payment');
  await expect(errorAlert(page)).toHaveCount(0);
});

test('an address of Jaeger UI that compares two traces, pasted as a trace ID', async ({ page }) => {
  const [left, right] = await twoTraces(page);
  await page.goto(exploreUrl([]));
  await traceIdInput(page).fill(`https://jaeger.example/trace/${left}...${right}?cohort=${left}`);
  await traceIdInput(page).press('Enter');
  await expect(side(page, 'baseline')).toHaveValue(left);
  await expect(side(page, 'comparison')).toHaveValue(right);
  await expect(page.getByRole('heading', { name: 'Difference flame graph' })).toBeVisible();
});

test('slow requests against all: over-represented attribute values with their counts', async ({ page }) => {
  const search = { queryType: 'search', service: 'checkout', limit: 20 };
  const query = {
    refId: 'A',
    queryType: 'compare',
    baseline: search,
    comparison: { ...search, minDuration: '300ms' },
    view: 'attributes',
  };
  await page.goto(exploreUrl([query]));
  await expect(page.getByRole('columnheader', { name: 'Traces with it: comparison, of 20' })).toBeVisible();
  await expect(tableRows(page).nth(1)).toContainText('%');
  await expect(page.getByRole('list', { name: 'Notices' })).toContainText('Baseline: The limit of 20 cut the search');
  await expect(errorAlert(page)).toHaveCount(0);
});
