import { expect, test, type Page } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';
import { errorAlert, exploreUrl, tableRows, TRACES } from './workbench';

const { backend, settingsField } = testIds.configEditor;

const open = (page: Page, uid = TRACES) => page.goto(`/connections/datasources/edit/${uid}`);
const save = (page: Page) => page.getByRole('button', { name: 'Save & test' }).click();

async function pick(page: Page, label: RegExp): Promise<void> {
  await page.getByTestId(backend).click();
  await page.getByRole('option', { name: label }).click();
}

test('a URL is enough: the server is asked who it is', async ({ page }) => {
  await open(page);
  await expect(page.getByTestId(backend)).toHaveValue('Find out');
  await expect(page.getByText(/Asks the server whether it is Jaeger, /)).toBeVisible();
  await save(page);
  await expect(page.getByText(/^Jaeger.* answers \(/)).toBeVisible();
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'search', service: 'frontend', limit: 3 }]));
  await expect(tableRows(page)).toHaveCount(4);
});

test('a choice shows the settings of the store, and can be taken back', async ({ page }) => {
  await open(page);
  await pick(page, /^Jaeger/);
  await expect(page.getByTestId(settingsField('jaegerApi'))).toBeVisible();
  await save(page);
  await expect(page.getByText(/^Jaeger.* answers \(/)).toBeVisible();
  await open(page);
  await expect(page.getByTestId(backend)).toHaveValue('Jaeger');
  await pick(page, /^Find out/);
  await expect(page.getByTestId(settingsField('jaegerApi'))).toHaveCount(0);
  await save(page);
  await expect(page.getByText(/^Jaeger.* answers \(/)).toBeVisible();
});

test('when nobody is recognised the sentence tells what was asked and what came back', async ({ page }) => {
  await open(page, 'broken-wrong-port');
  await save(page);
  const told = page.getByText(/No known trace store answers/);
  await expect(told).toContainText('Looking for Jaeger, Tempo, Zipkin brought HTTP 404.');
  await page.goto(
    exploreUrl([{ refId: 'A', queryType: 'traceql', query: '4bf92f3577b34da6a3ce929d0e0e4736' }], 'broken-wrong-port')
  );
  await expect(errorAlert(page)).toContainText('No known trace store answers');
});

test('the wrong store chosen says that the answer is not its own', async ({ page }) => {
  await open(page);
  await pick(page, /^Zipkin/);
  await save(page);
  await expect(page.getByText(/is not Zipkin|not Zipkin's query API|not as Zipkin writes it/)).toBeVisible();
  await pick(page, /^Find out/);
  await save(page);
  await expect(page.getByText(/^Jaeger.* answers \(/)).toBeVisible();
});
