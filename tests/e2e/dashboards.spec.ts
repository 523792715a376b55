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
  await expect(dots(panel(page, 'Traces')).first()).toBeAttached();

  const asked: string[] = [];
  page.on('request', (request) => {
    const url = decodeURIComponent(request.url());
    if (url.includes('/proxy/')) {
      asked.push(url);
    }
  });
  await chooseVariable(page, 'Service', 'payment');
  await expect(page).toHaveURL(/var-service=payment/);
  await expect(node(page, 'inventory')).toHaveCount(0);
  await expect(node(page, 'payment')).toBeVisible();
  await expect(
    panel(page, 'Requests')
      .getByText(/^payment /)
      .first()
  ).toBeVisible();
  await expect(logLines(page).first()).toContainText(/charge|card|bank/i);
  // Nobody asks about the service of before.
  expect(asked.filter((url) => /[?&]service=checkout\b|service_name="checkout"/.test(url))).toEqual([]);
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
  const dot = dots(panel(page, 'Traces')).last();
  await expect(dot).toBeAttached();
  const href = await dot.getAttribute('href');
  await dot.click({ force: true });
  await expect(page).toHaveURL(/var-traceId=/);
  expect(href).toContain('/d/tracebridge-trace?');
});

test('a store without metrics answers with numbers of a sample, and says so', async ({ page }) => {
  await page.goto(SERVICE);
  const requests = panel(page, 'Requests');
  await expect(requests.getByRole('note').first()).toHaveAttribute('aria-label', /traces/);
  await expect(requests.locator('canvas')).toBeVisible();
  await expect(page.getByRole('button', { name: /Panel status/ })).toHaveCount(0);
});

test('an ad-hoc filter narrows what every panel of its data source shows', async ({ page }) => {
  await page.goto(`/d/tracebridge-service?${RANGE}&var-service=payment`);
  const traces = dots(panel(page, 'Traces'));
  await expect(traces.first()).toBeAttached();
  const before = await traces.count();
  await page.getByRole('button', { name: 'Add filter to Filters' }).click();
  await chooseOption(page, 'Filter key', 'error');
  await chooseOption(page, 'Filter value', 'true');
  await expect(page).toHaveURL(/var-filters=error%7C%3D%7Ctrue|var-filters=error\|=\|true/);
  await expect.poll(() => traces.count()).toBeLessThan(before);
  await expect(errorAlert(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove filter error' }).click();
  await expect.poll(() => traces.count()).toBeGreaterThanOrEqual(before);
});

async function chooseOption(page: Page, label: string, value: string): Promise<void> {
  const control = page.getByRole('combobox', { name: label, exact: true });
  await control.click();
  await control.fill(value);
  await page.getByRole('option', { name: value, exact: true }).first().click();
}
