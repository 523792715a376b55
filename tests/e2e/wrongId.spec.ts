import { expect, test } from '@playwright/test';
import { errorAlert, exploreUrl, queryRow, traceIdInput } from './workbench';

const UNKNOWN = '00000000000000000000000000c0ffee';

test('an ID nobody knows ends in one sentence with the ID and what to check', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', query: UNKNOWN }]));
  await expect(errorAlert(page)).toContainText('was not found in Jaeger');
  await expect(errorAlert(page)).toContainText('c0ffee');
  await expect(errorAlert(page)).toContainText('retention');
});

test('a text that is no ID is refused, and no request is made', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes('/proxy/') && asked.push(request.url()));
  await page.goto(exploreUrl([]));
  await traceIdInput(page).fill('my trace');
  await traceIdInput(page).press('Enter');
  await expect(
    queryRow(page, 'A').or(errorAlert(page)).filter({ hasText: 'my trace' }).or(errorAlert(page)).first()
  ).toBeVisible();
  expect(asked.filter((url) => /\/traces\/my/.test(url))).toEqual([]);
});

test('an unresolved variable is named', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'traceql', query: '${nobody}' }]));
  await expect(page.locator('main')).toContainText('nobody');
  await expect(errorAlert(page).or(queryRow(page, 'A').locator('[aria-invalid=true]')).first()).toBeVisible();
});
