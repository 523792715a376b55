import { expect, type Locator, type Page } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';

/** The uids of `provisioning/datasources/`. */
export const TRACES = 'tracebridge-jaeger';
export const LOGS = 'tracebridge-loki';

/** The address of Explore with these queries, in the form that Grafana's data links have. */
export function exploreUrl(queries: ReadonlyArray<Record<string, unknown>>, datasource = TRACES): string {
  const left = { datasource, queries, range: { from: 'now-6h', to: 'now' } };
  return `/explore?left=${encodeURIComponent(JSON.stringify(left))}`;
}

const HOUR_MS = 3_600_000;

/** The log page over a range that has ended: no new lines come, so what is clicked is what was read. */
export const openLogs = (page: Page) => page.goto(`/logs?from=${Date.now() - 6 * HOUR_MS}&to=${Date.now()}`);

/** The title of the trace that is shown: its first service and operation. */
export const traceTitle = (page: Page): Locator => page.getByRole('heading', { name: /^[\w-]+: ./ });

/** The rows of the result table, its head included. */
export const tableRows = (page: Page): Locator => page.getByRole('grid').getByRole('row');

export const logLines = (page: Page): Locator => page.getByRole('log').locator('> div');

/** The input that takes a trace ID, in the query with this letter. */
export const traceIdInput = (page: Page, refId = 'A'): Locator =>
  queryRow(page, refId).getByTestId(testIds.queryEditor.traceId);

export const queryRow = (page: Page, refId: string): Locator =>
  page.getByRole('region', { name: `Query ${refId}`, exact: true });

/** The rows of the waterfall, by their place in the tree of spans. */
export const spanRows = (page: Page): Locator => page.getByRole('tree', { name: 'Spans' }).getByRole('treeitem');

/** Opens the details of the first span whose row shows this text. */
export async function openSpan(page: Page, text: string | RegExp): Promise<Locator> {
  await spanRows(page).filter({ hasText: text }).first().getByRole('button', { name: text }).click();
  return page.getByRole('region', { name: /^Details of/ }).first();
}

export const errorAlert = (page: Page): Locator => page.getByRole('alert');

/** A trace that the log page links to: opens the newest line that carries an ID in its text, and returns the ID. */
export async function openTraceOfNewestLine(page: Page): Promise<string> {
  await openLogs(page);
  const line = logLines(page)
    .filter({ hasText: /trace_?id"?[=:]/i })
    .first();
  await expect(line).toBeVisible();
  const traceId = /trace_?id"?\s*[=:]\s*"?([0-9a-f]{16,32})/i.exec(await line.innerText())![1];
  await line.getByRole('link', { name: 'Open trace' }).click();
  return traceId;
}

/** Chooses a value in one of the editor's pickers by typing it. */
export async function choose(page: Page, testId: string, value: string): Promise<void> {
  const picker = page.getByTestId(testId);
  await picker.click();
  await picker.fill(value);
  await page.getByRole('option', { name: value, exact: true }).click();
}
