import { expect, test, type Page } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';
import { errorAlert, exploreUrl, logLines, spanRows, tableRows, traceIdInput } from './workbench';

/** By mouse: the name of an option is its label and the line that explains it. */
async function chooseView(page: Page, label: string): Promise<void> {
  await page.getByTestId(testIds.queryEditor.view).click();
  await page.getByRole('option', { name: new RegExp(`^${label}`) }).click();
}

const panel = (page: Page, title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

test('from a log line to its trace, and on to what the trace tells', async ({ page }) => {
  const query = encodeURIComponent('{service_name=~".+"} |= "payment unavailable"');
  await page.goto(`/logs?from=now-6h&to=${Date.now()}&query=${query}`);
  await logLines(page).first().getByRole('link', { name: 'Open trace' }).click();
  await expect(spanRows(page).first()).toBeVisible();
  const traceId = await traceIdInput(page).inputValue();

  await chooseView(page, 'Statistics');
  await expect(page.getByRole('columnheader', { name: 'Share of self time' })).toBeVisible();
  await expect(tableRows(page).filter({ hasText: 'authorize card' })).toContainText('%');
  await expect(spanRows(page)).toHaveCount(0);

  await chooseView(page, 'Flame graph');
  const flameGraph = panel(page, 'Flame graph');
  await expect(flameGraph.getByText('payment: authorize card')).toBeVisible();
  await expect(flameGraph.locator('canvas').first()).toBeVisible();

  await chooseView(page, 'Events');
  const retry = panel(page, 'Events').getByRole('log').locator('> div').filter({ hasText: 'retry' }).first();
  await expect(retry).toBeVisible();
  await expect(traceIdInput(page)).toHaveValue(traceId);
  await expect(errorAlert(page)).toHaveCount(0);

  await retry.getByRole('link', { name: 'Open span' }).click();
  await expect(spanRows(page).first()).toBeVisible();
  await expect(traceIdInput(page)).toHaveValue(traceId);
});

test('the traces of a search as one flame graph', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'search', service: 'frontend', limit: 5, view: 'flameGraph' }]));
  await expect(
    panel(page, 'Flame graph')
      .getByText(/frontend: /)
      .first()
  ).toBeVisible();
  await expect(errorAlert(page)).toHaveCount(0);
});
