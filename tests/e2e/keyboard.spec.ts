import { expect, test, type Page } from '@playwright/test';
import { exploreUrl, openTraceOfNewestLine, spanRows, traceIdInput } from './workbench';

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, element: ReturnType<typeof traceIdInput>): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await element.evaluate((node) => node === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error('Sixty presses of Tab did not reach the element.');
}

test('a trace is looked up and read without a mouse', async ({ page }) => {
  const traceId = await openTraceOfNewestLine(page);
  await page.goto(exploreUrl([]));
  await expect(traceIdInput(page)).toBeVisible();
  await tabTo(page, traceIdInput(page));
  await page.keyboard.type(`  ${traceId.toUpperCase()} `);
  await page.keyboard.press('Enter');
  await expect(spanRows(page).first()).toBeVisible();
  const first = spanRows(page).first().getByRole('button').last();
  await tabTo(page, first);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: /^Details of/ })).toContainText('Span attributes');
});

test('every field of the search form has a name', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'search' }]));
  for (const name of ['Service', 'Operation', 'Tags', 'Min duration', 'Max duration', 'Limit']) {
    await expect(page.getByLabel(name, { exact: true }).first()).toBeVisible();
  }
});
