import { expect, test } from '@grafana/plugin-e2e';
import { testIds } from '../../src/editors/testIds';
import { brightness, exploreUrl, LOGS, newestTraceId, openFirstTrace, spanRow, TRACES, traceIdInputs } from './grafana';

test('a trace ID in a log line opens its trace in a second pane', async ({ page }) => {
  const traceId = await newestTraceId(page);
  await page.goto(exploreUrl(LOGS, { expr: `{service_name=~".+"} |= "${traceId}"`, queryType: 'range' }));
  // The line, not the query above it, which holds the ID as well.
  await page
    .getByText(new RegExp(`trace_?id\\W+${traceId}`, 'i'))
    .first()
    .click();
  await page
    .getByRole('link', { name: 'Open trace' })
    .or(page.getByRole('button', { name: 'Open trace' }))
    .first()
    .click();
  await expect(traceIdInputs(page).first()).toHaveValue(traceId);
  await expect(page.getByText(/^frontend/).first()).toBeVisible();
});

test('search to trace', async ({ page }) => {
  await openFirstTrace(page, { service: 'payment', limit: 5 });
  await expect(spanRow(page, 'payment', 'POST /charges')).toBeVisible();
});

test('a link from a span opens the other trace', async ({ page }) => {
  // Shipments are traces of their own, linked to the orders in the van.
  const shipment = await openFirstTrace(page, { service: 'shipping', operation: 'process shipments', limit: 1 });
  await spanRow(page, 'shipping', 'process shipments').click();
  await page.getByRole('switch', { name: /^References/ }).click();
  const reference = page.getByRole('link', { name: /View linked span/i }).first();
  const linked = /[0-9a-f]{32}/.exec(await reference.innerText())![0];
  expect(linked).not.toContain(shipment);
  await reference.click();
  await expect(traceIdInputs(page).last()).toHaveValue(new RegExp(linked));
  await expect(spanRow(page, 'frontend')).toBeVisible();
});

test('the service graph is drawn', async ({ page }) => {
  await page.goto(exploreUrl(TRACES, { queryType: 'serviceGraph', source: 'traces' }));
  await expect(page.getByLabel(/^Node: payment/)).toBeVisible();
  await expect(page.getByLabel(/^Node: frontend/)).toBeVisible();
});

test('statistics of a search are a table', async ({ page }) => {
  const view = { queryType: 'search', service: 'payment', limit: 5, view: 'statistics' };
  await page.goto(exploreUrl(TRACES, view));
  await expect(page.getByRole('columnheader', { name: 'Self time', exact: true })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'POST /charges', exact: true }).first()).toBeVisible();
});

for (const [theme, isLight] of [
  ['dark', false],
  ['light', true],
] as const) {
  test(`${theme}: a search and its trace`, async ({ page }) => {
    const search = { queryType: 'search', service: 'payment', limit: 2 };
    await page.goto(`${exploreUrl(TRACES, search)}&theme=${theme}`);
    await page
      .getByRole('link', { name: /^[0-9a-f]{16,32}$/ })
      .first()
      .click();
    await expect(spanRow(page, 'payment', 'POST /charges')).toBeVisible();
    expect((await brightness(page)) > 128).toBe(isLight);
  });
}

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
