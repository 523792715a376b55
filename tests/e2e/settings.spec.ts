import { expect, test, type Page } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';
import { exploreUrl, spanRows, TRACES } from './workbench';

const open = (page: Page, uid = TRACES) => page.goto(`/connections/datasources/edit/${uid}`);
const save = (page: Page) => page.getByRole('button', { name: 'Save & test' }).click();
const url = (page: Page) => page.getByRole('textbox', { name: /URL/ }).first();

test('"Save & test" says which server answers and what it can do', async ({ page }) => {
  await open(page);
  await expect(page.getByTestId(testIds.configEditor.root)).toBeVisible();
  await save(page);
  await expect(page.getByText(/Jaeger.* answers \(.*services\) with .*trace by ID/)).toBeVisible();
});

test('"Save & test" of a wrong address says so; the right one heals it', async ({ page }) => {
  await open(page, 'down');
  const before = await url(page).inputValue();
  await save(page);
  await expect(page.getByText(/could not reach the trace store/)).toBeVisible();
  await open(page);
  const good = await url(page).inputValue();
  await open(page, 'down');
  await url(page).fill(good);
  await save(page);
  await expect(page.getByText(/Jaeger.* answers \(/)).toBeVisible();
  await url(page).fill(before);
  await save(page);
  await expect(page.getByText(/could not reach the trace store/)).toBeVisible();
});

test('a page in place of an API is recognised', async ({ page }) => {
  await open(page, 'broken-login-page');
  await save(page);
  await expect(
    page.getByText(/A web page came back instead of data .* a login form.* base path.* authentication/)
  ).toBeVisible();
});

test('what is saved is what the trace view reads', async ({ page }) => {
  await open(page);
  const section = page.getByTestId(testIds.configEditor.traceView);
  await expect(section).toBeVisible();
  await expect(page.getByTestId(testIds.configEditor.traceToLogs)).toContainText('Trace to logs');
  await save(page);
  await expect(page.getByText(/Jaeger.* answers \(/)).toBeVisible();
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'search', service: 'frontend', limit: 1 }]));
  await page.getByRole('grid').getByRole('link').first().click();
  // The provisioned span bar shows the route.
  await expect(spanRows(page).first()).toContainText('(/');
});
