import { expect, test, type Locator, type Page } from '@playwright/test';
import { errorAlert, logLines, spanRows } from './workbench';

const RANGE = 'from=now-6h&to=now';
const SERVICE = `/d/tracebridge-service?${RANGE}&var-service=checkout`;

/** A panel of a dashboard, by its title. */
const panel = (page: Page, title: string): Locator =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

const node = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: 'Node graph' }).getByRole('button', { name: new RegExp(`^${name}\\b`) });

const rows = (where: Locator): Locator => where.getByRole('grid').getByRole('row');

const dots = (where: Locator): Locator => where.getByRole('link', { name: /^(Open|This) / });

const hrefs = (links: Locator): Promise<string[]> =>
  links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));

async function chooseVariable(page: Page, label: string, value: string): Promise<void> {
  const control = page.getByRole('group', { name: 'Variables' }).getByLabel(label, { exact: true });
  await control.click();
  await control.fill(value);
  await page.getByRole('option', { name: value, exact: true }).click();
}

test('the dashboards are listed, and each opens', async ({ page }) => {
  await page.goto('/dashboards');
  await page.getByRole('link', { name: 'Services', exact: true }).click();
  await expect(panel(page, 'Service graph')).toBeVisible();
  await page
    .getByRole('navigation', { name: 'Dashboard links' })
    .getByRole('link', { name: /^Trace/ })
    .click();
  await expect(panel(page, 'Events')).toBeVisible();
});

test('a variable that changes takes every panel with it', async ({ page }) => {
  await page.goto(SERVICE);
  await expect(node(page, 'inventory')).toBeVisible();
  await expect(rows(panel(page, 'Where time goes')).nth(1)).toBeVisible();
  await expect(rows(panel(page, 'Failing traces')).nth(1)).toBeVisible();
  await expect(dots(panel(page, 'Traces')).first()).toBeAttached();
  const dotsBefore = await hrefs(dots(panel(page, 'Traces')));
  const failing = rows(panel(page, 'Failing traces'));
  const failingBefore = (await failing.nth(1).textContent()) ?? '';
  await expect(failing.filter({ hasText: failingBefore })).toHaveCount(1);

  const asked: string[] = [];
  page.on('request', (request) => {
    const url = decodeURIComponent(request.url());
    if (url.includes('/proxy/')) {
      asked.push(url);
    }
  });
  await chooseVariable(page, 'Service', 'shipping');
  await expect(page).toHaveURL(/var-service=shipping/);
  for (const title of ['Requests', 'Errors', 'Duration']) {
    await expect(
      panel(page, title)
        .getByText(/^shipping /)
        .first()
    ).toBeVisible();
    await expect(panel(page, title).getByText(/^checkout /)).toHaveCount(0);
  }
  await expect(node(page, 'inventory')).toHaveCount(0);
  await expect(node(page, 'shipping')).toBeVisible();
  await expect.poll(() => hrefs(dots(panel(page, 'Traces')))).not.toEqual(dotsBefore);
  await expect(rows(panel(page, 'Where time goes')).nth(1)).toContainText('shipping');
  await expect(rows(panel(page, 'Where time goes')).filter({ hasText: 'checkout' })).toHaveCount(0);
  await expect(failing.filter({ hasText: failingBefore })).toHaveCount(0);
  await expect(logLines(page).first()).toContainText(/pack|order|ship/i);
  // Nobody asks about the service of before.
  expect(asked.filter((url) => /service(_?name)?="?checkout\b/i.test(url))).toEqual([]);
  await expect(errorAlert(page)).toHaveCount(0);
});

test('from a service in the graph to its dashboard, to a trace, to its logs', async ({ page }) => {
  await page.goto(`/d/tracebridge-overview?${RANGE}`);
  await node(page, 'checkout').click();
  await page.getByRole('link', { name: 'This service in depth' }).click();
  await expect(page).toHaveURL(/\/d\/tracebridge-service\?.*var-service=checkout/);
  // The range comes along.
  await expect(page).toHaveURL(/from=now-6h/);

  const dot = dots(panel(page, 'Traces')).first();
  await expect(dot).toBeAttached();
  // By keyboard: another dot may lie over this one.
  await dot.focus();
  await expect(panel(page, 'Traces').getByRole('tooltip')).toContainText('Duration');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/d\/tracebridge-trace\?.*var-traceId=[0-9a-f]{16,32}/);
  await expect(spanRows(page).first()).toBeVisible();
  const traceId = /var-traceId=([0-9a-f]+)/.exec(page.url())![1];
  await expect(panel(page, 'Logs').getByRole('log')).toContainText(traceId);
  await expect(errorAlert(page)).toHaveCount(0);
});

test('a dot of the scatter chart opens its trace', async ({ page }) => {
  await page.goto(`/d/tracebridge-overview?${RANGE}`);
  // The last one drawn lies on top of those it covers.
  const dot = dots(panel(page, 'Traces')).last();
  const href = (await dot.getAttribute('href')) ?? '';
  const [, traceId] = /^\/d\/tracebridge-trace\?.*var-traceId=([0-9a-f]+)/.exec(href)!;
  await dot.click();
  await expect(page).toHaveURL(new RegExp(`/d/tracebridge-trace\\?.*var-traceId=${traceId}`));
  await expect(spanRows(page).first()).toBeVisible();
});

test('a store without metrics answers with numbers of a sample, and says so', async ({ page }) => {
  await page.goto(SERVICE);
  const requests = panel(page, 'Requests');
  await expect(requests.getByRole('note').first()).toHaveAttribute('aria-label', /traces/);
  await expect(requests.locator('canvas')).toBeVisible();
  await expect(page.getByRole('button', { name: /Panel status/ })).toHaveCount(0);
});

test('an ad-hoc filter narrows what every panel of its data source shows', async ({ page }) => {
  await page.goto(`/d/tracebridge-service?${RANGE}&var-service=checkout`);
  const traces = dots(panel(page, 'Traces'));
  const time = rows(panel(page, 'Where time goes'));
  await expect(traces.first()).toBeAttached();
  await expect(time.nth(1)).toBeVisible();
  const [before, timeBefore] = [await traces.count(), await time.allInnerTexts()];
  await page.getByRole('button', { name: 'Add filter to Filters' }).click();
  await chooseOption(page, 'Filter key', 'error');
  await chooseOption(page, 'Filter value', 'true');
  await expect(page).toHaveURL(/var-filters=error%7C%3D%7Ctrue|var-filters=error\|=\|true/);
  await expect.poll(() => traces.count()).toBeLessThan(before);
  await expect.poll(() => time.allInnerTexts()).not.toEqual(timeBefore);
  await expect(rows(panel(page, 'Failing traces')).nth(1)).toBeVisible();
  // A graph of calls knows no attributes, and says so.
  await expect(panel(page, 'Callers and callees').getByRole('note', { name: /error/ })).toBeVisible();
  await expect(errorAlert(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove filter error' }).click();
  await expect.poll(() => traces.count()).toBeGreaterThanOrEqual(before);
});

test('failing traces are marked over the charts when asked for, each with a link to its trace', async ({ page }) => {
  await page.goto(`/d/tracebridge-service?${RANGE}&var-service=payment`);
  const requests = panel(page, 'Requests');
  const marks = requests.getByRole('button', { name: /^Annotation / });
  await expect(requests.locator('canvas')).toBeVisible();
  await expect(marks).toHaveCount(0);
  await page.getByRole('switch', { name: 'Failing traces' }).check({ force: true });
  await expect(marks.first()).toBeVisible();
  await expect(
    panel(page, 'Duration')
      .getByRole('button', { name: /^Annotation / })
      .first()
  ).toBeVisible();
  await marks.last().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Open trace' }).click();
  await expect(spanRows(page).first()).toBeVisible();
  await expect(errorAlert(page)).toHaveCount(0);
});

test('the trace dashboard without an ID asks for one, and shows no logs of others', async ({ page }) => {
  await page.goto(`/d/tracebridge-trace?${RANGE}`);
  await expect(panel(page, 'Spans')).toContainText('Enter a trace ID');
  await expect(panel(page, 'Logs')).toContainText('No log line names this trace.');
  await expect(logLines(page)).toHaveCount(0);
});

async function chooseOption(page: Page, label: string, value: string): Promise<void> {
  const control = page.getByRole('combobox', { name: label, exact: true });
  await control.click();
  await control.fill(value);
  await page.getByRole('option', { name: value, exact: true }).first().click();
}
