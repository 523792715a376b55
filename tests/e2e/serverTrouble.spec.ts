import { expect, test } from '@playwright/test';
import { errorAlert, exploreUrl, queryRow } from './workbench';

const lookup = [{ refId: 'A', queryType: 'traceql', query: '4bf92f3577b34da6a3ce929d0e0e4736' }];

const troubles: ReadonlyArray<readonly [datasource: string, sentence: RegExp]> = [
  ['down', /could not reach the trace store/],
  ['broken-login-page', /A web page came back instead of data \(HTTP 200\): a login form/],
  ['broken-status-500', /The trace store failed while answering \(HTTP 500\)/],
  ['broken-unauthorized', /did not accept the login/],
  ['broken-forbidden', /forbids this request \(HTTP 403\).*permissions.*upstream says 403/],
  ['broken-wrong-port', /No known trace store answers.*HTTP 404.*host, port and base path/],
  // The connection ends inside the body; the browser then tells no more than that there was no answer.
  ['broken-cut-off', /broke off|did not answer/],
  ['broken-hangs', /did not answer in time/],
];

for (const [datasource, sentence] of troubles) {
  test(`${datasource}: the sentence says what to do`, async ({ page }) => {
    await page.goto(exploreUrl(lookup, datasource));
    await expect(errorAlert(page)).toContainText(sentence);
    // Nothing hangs: the run button is ready again.
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  });
}

test('a search says the same, and the picker of services offers another try', async ({ page }) => {
  await page.goto(exploreUrl([{ refId: 'A', queryType: 'search', service: 'payment' }], 'down'));
  await expect(errorAlert(page)).toContainText('could not reach the trace store');
  await queryRow(page, 'A').getByRole('combobox', { name: 'Service', exact: true }).click();
  await expect(queryRow(page, 'A').getByRole('button', { name: 'Try again' })).toBeVisible();
});
