import { expect, test } from '@grafana/plugin-e2e';
import overview from '../../src/dashboards/overview.json';
import pluginJson from '../../src/plugin.json';
import { TRACES } from './grafana';

test('the overview is imported, and every panel has an answer', async ({ gotoDashboardPage, page }) => {
  const [{ path }] = pluginJson.includes;
  const imported = await page.request.post('/api/dashboards/import', {
    data: { pluginId: pluginJson.id, path, overwrite: true, inputs: [] },
  });
  expect(imported.ok(), await imported.text()).toBe(true);

  const queryParams = new URLSearchParams({ 'var-datasource': TRACES });
  const dashboard = await gotoDashboardPage({ uid: overview.uid, queryParams });
  for (const { title } of overview.panels) {
    const panel = dashboard.getPanelByTitle(title);
    await panel.scrollIntoView();
    await expect(panel.locator).not.toContainText('No data');
    await expect(panel.getErrorIcon()).toHaveCount(0);
  }
  await dashboard.getPanelByTitle('Service graph').scrollIntoView();
  await expect(page.getByLabel(/^Node: checkout/)).toBeVisible();
});

test('a variable lists the services', async ({ variableEditPage, readProvisionedDataSource }) => {
  const { name } = await readProvisionedDataSource({ fileName: 'tracebridge.yaml' });
  await variableEditPage.setVariableType('Query');
  await variableEditPage.datasource.set(name);
  await variableEditPage.runQuery();
  await expect(variableEditPage).toDisplayPreviews(['checkout', 'payment'], { timeout: 20_000 });
});
