import { expect, test } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';
import { exploreUrl, tableRows } from './workbench';

const ids = testIds.queryEditor;

test('an attribute row that the server cannot apply is applied here, and tells on how many traces', async ({
  page,
}) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'search', service: 'frontend', limit: 5 }]));
  await expect(tableRows(page)).toHaveCount(6);
  await page.getByRole('button', { name: 'Attribute filter' }).click();
  const row = page.getByRole('group', { name: 'Attribute filter 1' });
  await row.getByLabel('Attribute', { exact: true }).fill('http.response.status_code');
  await page.keyboard.press('Enter');
  await expect(row.getByText('server', { exact: true })).toBeVisible();
  await row.getByLabel('Value').fill('200');
  await page.keyboard.press('Enter');
  await row.getByLabel('Operator').click();
  await page.getByRole('option', { name: /^!=/ }).click();
  await expect(row.getByText('browser', { exact: true })).toBeVisible();
  const notices = page.getByRole('list', { name: 'Notices' });
  await expect(notices).toContainText(
    /Applied here, to \d+ fetched traces: http\.response\.status_code != 200\. \d+ match/
  );
  await expect(page).toHaveURL(/filters/);
  await row.getByRole('button', { name: 'Remove this filter' }).click();
  await expect(notices).not.toContainText('Applied here');
});

test('several services are searched one by one, shown as they come', async ({ page }) => {
  // One answer is held back, so that the others are seen before it.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/api\/(?:v3\/)?trace.*(?:service=|service_name=)shipping/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(
    exploreUrl([{ refId: 'A', queryType: 'search', service: '{payment,inventory,shipping}', tags: 'error=true' }])
  );
  const notices = page.getByRole('list', { name: 'Notices' });
  await expect(notices).toContainText('2 of 3 services searched');
  const before = await tableRows(page).count();
  expect(before).toBeGreaterThan(1);
  release();
  await expect(page.getByText('services searched')).toHaveCount(0);
  await expect(async () => expect(await tableRows(page).count()).toBeGreaterThanOrEqual(before)).toPass();
});

test('a status narrows the search', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'search', service: 'payment' }]));
  const status = page.getByTestId(ids.status);
  await status.fill('error');
  await status.press('Enter');
  await expect(page).toHaveURL(/status/);
  await expect(tableRows(page).nth(1)).toBeVisible();
});
