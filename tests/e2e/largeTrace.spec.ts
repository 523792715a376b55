import { expect, test, type Browser, type Page } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';
import { callSpanId, rootSpanId, sendLargeTrace, type LargeTrace } from './largeTrace';
import { errorAlert, exploreUrl, spanRows, tableRows, traceIdInput, TRACES } from './workbench';

// A worker that starts anew after a failure sends them again: under other ids, as a store keeps what it got.
const traceId = Date.now().toString(16).padStart(32, '1a49e');
const trace: LargeTrace = { traceId, calls: 1_200, failing: [41, 800] };
/** More failures than there is room for. */
const outage: LargeTrace = {
  traceId: Date.now().toString(16).padStart(32, '0a7a6e'),
  calls: 900,
  failing: Array.from({ length: 700 }, (_, index) => index),
};
/** What one span says of all the calls. */
const FOLD = /SELECT item × 1,200 · p50 \S+ · p95 \S+ · 2 errors/;

/** In spans; an empty text is the default. */
async function foldAbove(browser: Browser, baseURL: string | undefined, threshold: string): Promise<void> {
  const page = await browser.newPage({ baseURL });
  await page.goto(`/connections/datasources/edit/${TRACES}`);
  await page.getByTestId(testIds.configEditor.analysis).getByLabel('Fold traces above').fill(threshold);
  await page.getByRole('button', { name: 'Save & test' }).click();
  await expect(page.getByText(/ answers \(/)).toBeVisible();
  await page.close();
}

test.beforeAll(async ({ browser, playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  await sendLargeTrace(request, trace);
  await sendLargeTrace(request, outage);
  await request.dispose();
  await foldAbove(browser, baseURL, '500');
});

test.afterAll(({ browser, baseURL }) => foldAbove(browser, baseURL, ''));

const open = (page: Page, fields: object = {}) =>
  page.goto(exploreUrl([{ refId: 'A', queryType: 'traceql', query: traceId, ...fields }]));

const fold = (page: Page) => spanRows(page).filter({ hasText: FOLD });
const notices = (page: Page) => page.getByRole('list', { name: 'Notices' });
const details = (page: Page, operation: string) =>
  page.getByRole('region', { name: `Details of ${operation}`, exact: true });
/** The head of the trace counts what it shows. */
const shownSpans = (page: Page, count: string) => page.getByText(new RegExp(`^Spans\\s*${count}$`));

async function followFromFold(page: Page, link: string): Promise<void> {
  await open(page);
  await fold(page).getByRole('button', { name: FOLD }).click();
  await page.getByRole('link', { name: link }).click();
}

const selectedRow = (page: Page) => page.locator('[role=treeitem][aria-selected=true]');

test('a large trace is folded: what repeats is one span, what failed stays, a notice tells how much is shown', async ({
  page,
}) => {
  await open(page);
  await expect(fold(page)).toHaveCount(1);
  // The root, the two calls that failed, and the fold.
  await expect(spanRows(page)).toHaveCount(4);
  await expect(spanRows(page).first()).toContainText('rebuild index');
  await expect(notices(page)).toContainText('Large trace: 3 of 1,201 spans are shown as they are');
  await expect(notices(page)).toContainText('to see everything, switch on "All spans" in the query');
  await expect(errorAlert(page)).toHaveCount(0);
});

test('from a fold to its slowest call, which is then shown beside it', async ({ page }) => {
  await followFromFold(page, 'Open the slowest of them');
  await expect(page).toHaveURL(new RegExp(callSpanId(500)));
  await expect(spanRows(page)).toHaveCount(5);
  await expect(details(page, 'SELECT item')).toContainText(callSpanId(500));
});

test('failures that found no room are folded, and a link leads to one', async ({ page }) => {
  await open(page, { query: outage.traceId });
  const folded = spanRows(page).filter({ hasText: 'SELECT item × 900' });
  await expect(folded).toContainText('700 errors');
  await folded.getByRole('button', { name: /SELECT item × 900/ }).click();
  await page.getByRole('link', { name: 'Open one that failed' }).click();
  await expect(selectedRow(page)).toHaveCount(1);
  await expect(details(page, 'SELECT item')).toContainText('deadlock detected');
});

test('from a fold to all that it stands for: a query of its own, with an address that can be shared', async ({
  page,
}) => {
  await followFromFold(page, 'Open folded spans');
  await expect(page).toHaveURL(new RegExp(rootSpanId));
  await expect(shownSpans(page, '1,?201')).toBeVisible();
  await page.reload();
  await expect(shownSpans(page, '1,?201')).toBeVisible();
  await expect(notices(page)).not.toContainText('Large trace');
  await expect(traceIdInput(page)).toHaveValue(traceId);
});

test('a part of a trace leads back to the whole', async ({ page }) => {
  await open(page, { rootSpanId: callSpanId(41) });
  await expect(spanRows(page)).toHaveCount(1);
  await expect(notices(page)).toContainText('1 of the 1,201 spans');
  await page.getByTestId(testIds.queryEditor.rootSpan).click();
  await expect(fold(page)).toHaveCount(1);
  await expect(traceIdInput(page)).toHaveValue(traceId);
});

test('the span that a link leads to is never folded', async ({ page }) => {
  await open(page, { spanId: callSpanId(700) });
  await expect(fold(page)).toHaveCount(1);
  await expect(spanRows(page)).toHaveCount(5);
});

test('"All spans" shows everything', async ({ page }) => {
  await open(page);
  await page.getByTestId(testIds.queryEditor.showAll).check({ force: true });
  await expect(shownSpans(page, '1,?201')).toBeVisible();
});

test('the other views are computed from every span', async ({ page }) => {
  await open(page, { view: 'statistics' });
  await expect(tableRows(page).filter({ hasText: 'SELECT item' })).toContainText('1200');
});
