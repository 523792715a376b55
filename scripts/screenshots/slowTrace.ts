/**
 * The pictures of docs/reading-a-slow-trace.md: one order of the demo shop's past, which the seed makes the same each
 * time, followed from its log line to the cause.
 */
import type { Page } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';
import { logLines, spanRows, tableRows, traceIdInput } from '../../tests/e2e/workbench';

/** With seed 7: the bank was away once, and two stock lookups missed the cache. */
const SLOW_ORDER = 'o-68';
/** With seed 7: as many items and the same trouble with the bank, but no lookup missed the cache. */
const FAST_ORDER = 'o-1';

const HOUR_MS = 3_600_000;

/** Takes one picture of the page, so many pixels high, under this name. */
export type TakePicture = (page: Page, name: string, height: number) => Promise<void>;

/** Walks the path of the page click by click, with the settings as they are by default. */
export async function takeSlowTrace(page: Page, take: TakePicture): Promise<void> {
  const fast = await openTraceOfOrder(page, FAST_ORDER);
  await openTraceOfOrder(page, SLOW_ORDER, () => take(page, 'slow-trace-0', 420));
  await page.getByRole('list', { name: 'Notices' }).waitFor();
  await take(page, 'slow-trace-1', 1320);

  await chooseView(page, 'Critical path');
  const longest = tableRows(page).filter({ hasText: 'SELECT stock' }).getByRole('link');
  await longest.waitFor();
  await take(page, 'slow-trace-2', 806);

  await longest.click();
  const detail = page.getByRole('region', { name: 'Details of SELECT stock' });
  await detail.getByText('Events (1)').click();
  await detail.getByText('cache miss').waitFor();
  await detail.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await take(page, 'slow-trace-3', 740);

  await chooseView(page, 'Flame graph');
  await page.getByText('payment: authorize card').first().waitFor();
  await page.evaluate(() => window.scrollTo(0, 0));
  await take(page, 'slow-trace-4', 748);

  await page.getByRole('radio', { name: 'Compare' }).click();
  const baseline = page.getByTestId(testIds.queryEditor.side('baseline')).getByTestId(testIds.queryEditor.traceId);
  await baseline.fill(fast);
  await baseline.press('Enter');
  await chooseView(page, 'Operations');
  await tableRows(page).nth(1).waitFor();
  await take(page, 'slow-trace-5', 985);
}

/** By a log line of its checkout, as a reader of the logs gets there; the live shop has orders of the same numbers. */
async function openTraceOfOrder(
  page: Page,
  order: string,
  beforeClick: () => Promise<void> = async () => undefined
): Promise<string> {
  const query = `{service_name=~".+"} |= "payment unavailable" |= "\\"${order}\\""`;
  const range = `from=${Date.now() - 7 * HOUR_MS}&to=${Date.now() - HOUR_MS}`;
  await page.goto(`/logs?${range}&query=${encodeURIComponent(query)}`);
  const link = logLines(page).first().getByRole('link', { name: 'Open trace' });
  await link.waitFor();
  await beforeClick();
  await link.click();
  await spanRows(page).first().waitFor();
  return traceIdInput(page).inputValue();
}

async function chooseView(page: Page, label: string): Promise<void> {
  await page.getByTestId(testIds.queryEditor.view).click();
  // The name of an option is its label and the line that explains it.
  await page.getByRole('option', { name: new RegExp(`^${label}(?!,)`) }).click();
}
