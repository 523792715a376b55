import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';
import { errorAlert, exploreUrl, spanRows, tableRows, TRACES, traceTitle } from './workbench';

const ids = testIds.queryEditor;

interface Answer {
  readonly data: ReadonlyArray<{ readonly traceID: string; readonly spans: readonly object[] }>;
}

/** Without what spans say, so that it is short enough for an address whatever the shop did. */
const shortened = ({ data }: Answer) => ({
  data: data.map((trace) => ({ ...trace, spans: trace.spans.map((span) => ({ ...span, tags: [], logs: [] })) })),
});

/** What Jaeger answers to a search, as people save it. */
async function threeTraces(page: Page): Promise<Answer> {
  const path = `/api/datasources/proxy/uid/${TRACES}/api/traces?service=frontend&limit=3&lookback=6h`;
  return (await page.request.get(path)).json();
}

const chooseFile = (page: Page, name: string, text: string) =>
  page
    .getByTestId(ids.documentFile)
    .locator('input')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

async function download(page: Page, label: string): Promise<{ name: string; text: string }> {
  const started = page.waitForEvent('download');
  await page.getByTestId(ids.download).click();
  await page.getByRole('menuitem', { name: label }).click();
  const file = await started;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('a file with three traces: pick one, look at it, reload', async ({ page }) => {
  const answer = await threeTraces(page);
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'document' }]));
  await chooseFile(page, 'three.json', JSON.stringify(shortened(answer)));
  await expect(tableRows(page)).toHaveCount(4);
  await expect(page.getByText('Read 3 traces with')).toContainText('“three.json”, as Jaeger JSON');

  await tableRows(page).nth(2).getByRole('link').first().click();
  await expect(spanRows(page).first()).toBeVisible();
  const title = await traceTitle(page).innerText();
  await page.reload();
  await expect(spanRows(page).first()).toBeVisible();
  await expect(traceTitle(page)).toHaveText(title);

  await page.getByTestId(ids.view).click();
  await page.getByRole('option', { name: /^Statistics/ }).click();
  await expect(page.getByRole('columnheader', { name: 'Share of self time' })).toBeVisible();
  await expect(errorAlert(page)).toHaveCount(0);
});

test('a trace downloaded in either format, pasted and opened again', async ({ page }) => {
  const [{ traceID }] = (await threeTraces(page)).data;
  for (const [label, format] of [
    ['OTLP JSON', 'otlp'],
    ['Jaeger JSON', 'jaeger'],
  ]) {
    await page.goto(exploreUrl([{ refId: 'A', queryType: 'traceql', query: traceID }]));
    await expect(spanRows(page).first()).toBeVisible();
    const rows = await spanRows(page).allInnerTexts();
    const file = await download(page, label);
    expect(file.name).toBe(`trace-${traceID}.${format}.json`);

    await page.goto(exploreUrl([{ refId: 'A', queryType: 'document' }]));
    await page.getByTestId(ids.documentText).fill(file.text);
    await page.getByTestId(ids.documentRead).click();
    await expect(page.getByText(`from the pasted text, as ${label}`)).toBeVisible();
    await expect(spanRows(page).first()).toBeVisible();
    expect(await spanRows(page).allInnerTexts()).toEqual(rows);
  }
});

test('what is no trace is refused in words, and the page goes on', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'document' }]));
  await chooseFile(page, 'table.csv', 'trace,duration\nabc,12\n');
  await expect(page.getByTestId(ids.documentProblem)).toContainText('This looks like a table (CSV)');
  await chooseFile(page, 'cut.json', '{"data": [');
  await expect(page.getByTestId(ids.documentProblem)).toContainText('breaks off at its end, in line 1, column 11');
  await chooseFile(page, 'three.json', JSON.stringify(await threeTraces(page)));
  await expect(tableRows(page)).toHaveCount(4);
});
