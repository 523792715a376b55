import { expect, test } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';
import { exploreUrl, openTraceOfNewestLine, queryRow, spanRows } from './workbench';

test('the cheat sheet opens and its examples run', async ({ page }) => {
  await page.goto(exploreUrl([]));
  await queryRow(page, 'A').getByRole('button', { name: 'Show the cheat sheet' }).click();
  const sheet = page.getByTestId(testIds.cheatSheet.root);
  await expect(sheet).toContainText('Open a trace');
  await sheet.getByRole('region', { name: 'Failed requests' }).getByRole('button').click();
  await expect(page.getByTestId(testIds.queryEditor.tags)).toHaveValue('error=true');
  await expect(page.getByRole('grid').or(page.getByText('The answer has no rows'))).toBeVisible();
});

test('the history tells queries in words and brings them back', async ({ page }) => {
  const traceId = await openTraceOfNewestLine(page);
  await expect(spanRows(page).first()).toBeVisible();
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'search', service: 'frontend', limit: 2 }]));
  await expect(page.getByRole('grid')).toContainText('frontend');
  await page.getByRole('button', { name: /^Query history/ }).click();
  await expect(page.getByText('Search · frontend · limit 2')).toBeVisible();
  await page.getByRole('link', { name: new RegExp(`Trace ${traceId}`) }).click();
  await expect(spanRows(page).first()).toBeVisible();
});

test('the page says what it does not imitate', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'what it does not imitate' }).click();
  await expect(page.getByRole('dialog')).toContainText('Split panes');
});
