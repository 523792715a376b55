import { expect, test } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';
import { errorAlert, exploreUrl, openTraceOfNewestLine, queryRow, spanRows, traceIdInput } from './workbench';

test('two queries are answered side by side; one can be hidden and removed', async ({ page }) => {
  const traceId = await openTraceOfNewestLine(page);
  await page.goto(
    exploreUrl([
      { refId: 'A', queryType: 'traceql', query: traceId },
      { refId: 'B', queryType: 'search', service: 'frontend', limit: 2 },
    ])
  );
  await expect(spanRows(page).first()).toBeVisible();
  await expect(page.getByRole('grid')).toContainText('frontend');

  await queryRow(page, 'A').getByRole('button', { name: 'Hide response' }).click();
  await expect(page.getByRole('tree', { name: 'Spans' })).toHaveCount(0);
  await expect(page.getByRole('grid')).toContainText('frontend');

  await queryRow(page, 'B').getByRole('button', { name: 'Remove query' }).click();
  await expect(page.getByRole('grid')).toHaveCount(0);
  await queryRow(page, 'A').getByRole('button', { name: 'Show response' }).click();
  await expect(spanRows(page).first()).toBeVisible();
});

test('one that fails leaves the other its answer', async ({ page }) => {
  await page.goto(
    exploreUrl([
      { refId: 'A', queryType: 'traceql', query: '00000000000000000000000000c0ffee' },
      { refId: 'B', queryType: 'search', service: 'frontend', limit: 2 },
    ])
  );
  await expect(errorAlert(page)).toContainText('Query error (A)');
  await expect(page.getByRole('grid')).toContainText('frontend');
});

test('an added query starts empty and does not disturb', async ({ page }) => {
  const traceId = await openTraceOfNewestLine(page);
  await expect(spanRows(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Add query' }).click();
  await expect(queryRow(page, 'B').getByTestId(testIds.queryEditor.root)).toBeVisible();
  await expect(traceIdInput(page, 'B')).toHaveValue('');
  await expect(traceIdInput(page, 'A')).toHaveValue(traceId);
});
