import { expect, test } from '@grafana/plugin-e2e';
import { testIds } from '../../src/editors/testIds';
import { exploreUrl, LOGS, newestTraceId, TRACES, traceIdInputs } from './grafana';

test('a trace ID in a log line opens its trace in a second pane', async ({ page }) => {
  const traceId = await newestTraceId(page);
  await page.goto(exploreUrl(LOGS, { expr: `{service_name=~".+"} |= "${traceId}"`, queryType: 'range' }));
  await page.getByText(traceId).first().click();
  await page
    .getByRole('link', { name: 'Open trace' })
    .or(page.getByRole('button', { name: 'Open trace' }))
    .first()
    .click();
  await expect(traceIdInputs(page).first()).toHaveValue(traceId);
  await expect(page.getByText(/^frontend/).first()).toBeVisible();
});

test('search to trace', async ({ page }) => {
  await page.goto(exploreUrl(TRACES, { queryType: 'search', service: 'payment', limit: 5 }));
  const link = page.getByRole('link', { name: /^[0-9a-f]{16,32}$/ }).first();
  const traceId = await link.innerText();
  await link.click();
  await expect(traceIdInputs(page).last()).toHaveValue(new RegExp(traceId));
  await expect(page.getByText('POST /charges').first()).toBeVisible();
});

test('an ID nobody knows ends in a sentence', async ({ page }) => {
  await page.goto(exploreUrl(TRACES, { query: '00000000000000000000000000c0ffee' }));
  await expect(page.getByText(/was not found in Jaeger/).first()).toBeVisible();
});

test('a lookup by keyboard', async ({ page }) => {
  const traceId = await newestTraceId(page);
  await page.goto(exploreUrl(TRACES, {}));
  await traceIdInputs(page).focus();
  await page.keyboard.type(traceId.toUpperCase());
  await page.keyboard.press('Enter');
  await expect(page.getByText(traceId).first()).toBeVisible();
  await expect(page.getByText(/^frontend/).first()).toBeVisible();
});

test('two queries are answered side by side', async ({ page }) => {
  const traceId = await newestTraceId(page);
  const panes = {
    left: {
      datasource: TRACES,
      range: { from: 'now-6h', to: 'now' },
      queries: [
        { refId: 'A', datasource: { uid: TRACES }, queryType: 'traceql', query: traceId },
        { refId: 'B', datasource: { uid: TRACES }, queryType: 'search', service: 'frontend', limit: 2 },
      ],
    },
  };
  await page.goto(`/explore?schemaVersion=1&orgId=1&panes=${encodeURIComponent(JSON.stringify(panes))}`);
  await expect(page.getByTestId(testIds.queryEditor.root)).toHaveCount(2);
  await expect(page.getByText('Root service').first()).toBeVisible();
  await expect(page.getByText(traceId).first()).toBeVisible();
});
