import { expect, test } from '@grafana/plugin-e2e';
import { testIds } from '../../src/editors/testIds';

test('"Save & test" says which server answers', async ({
  gotoDataSourceConfigPage,
  readProvisionedDataSource,
  page,
}) => {
  const { uid } = await readProvisionedDataSource({ fileName: 'tracebridge.yaml' });
  await gotoDataSourceConfigPage(uid);
  await expect(page.getByTestId(testIds.configEditor.root)).toBeVisible();
  // A frontend-only data source has no health route to wait for; what counts is the sentence.
  await page.getByRole('button', { name: /^(Save & test|Test)$/ }).click();
  await expect(page.getByText(/Jaeger.* answers \(/)).toBeVisible();
});

test('a server that is not there is told in words', async ({ createDataSourceConfigPage, page }) => {
  await createDataSourceConfigPage({ type: 'tracebridge-tracing-datasource' });
  await page.getByRole('textbox', { name: /URL/ }).first().fill('http://127.0.0.1:9');
  await page.getByRole('button', { name: 'Save & test' }).click();
  // By name or as "the trace store": nobody has told yet which one it is.
  await expect(page.getByText(/could not reach/)).toBeVisible();
});
