import { expect, type Locator, type Page } from '@playwright/test';
import { testIds } from '../../src/editors/testIds';

/** The uids of `provisioning/datasources/`. */
export const TRACES = 'tracebridge-jaeger';
export const LOGS = 'tracebridge-loki';

/** The address of an Explore pane, in the form of Grafana 11 and later. */
export function exploreUrl(datasource: string, query: Record<string, unknown>): string {
  const pane = {
    datasource,
    queries: [{ refId: 'A', datasource: { uid: datasource }, ...query }],
    range: { from: 'now-6h', to: 'now' },
  };
  return `/explore?schemaVersion=1&orgId=1&panes=${encodeURIComponent(JSON.stringify({ left: pane }))}`;
}

/** The row of a span in Grafana's trace view (12.4, SpanBarRow.tsx, titles it `service::operation`). */
export const spanRow = (page: Page, service: string, operation = ''): Locator =>
  page.getByTitle(`${service}::${operation}`).first();

/** 0 is black, 255 is white. */
export const brightness = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number);
    return (red + green + blue) / 3;
  });

/** Opens the newest trace of a search from its row, and returns its ID. */
export async function openFirstTrace(page: Page, search: Record<string, unknown>): Promise<string> {
  await page.goto(exploreUrl(TRACES, { queryType: 'search', ...search }));
  const link = page.getByRole('link', { name: /^[0-9a-f]{16,32}$/ }).first();
  const traceId = await link.innerText();
  await link.click();
  await expect(traceIdInputs(page).last()).toHaveValue(new RegExp(traceId));
  return traceId;
}

export const traceIdInputs = (page: Page) => page.getByTestId(testIds.queryEditor.traceId);

/** An ID from the log store, through Grafana's own query route: what the newest line with one in its text names. */
export async function newestTraceId(page: Page): Promise<string> {
  const response = await page.request.post('/api/ds/query', {
    data: {
      from: 'now-6h',
      to: 'now',
      queries: [
        {
          refId: 'A',
          datasource: { uid: LOGS },
          expr: '{service_name=~".+"} |~ "trace_?id"',
          queryType: 'range',
          maxLines: 20,
        },
      ],
    },
  });
  const found = /trace_?id\\*"?\s*[=:]\s*\\*"?([0-9a-f]{32})/i.exec(await response.text());
  if (!found) {
    throw new Error('The log store holds no line with a trace ID yet. Is the demo shop running?');
  }
  return found[1];
}
