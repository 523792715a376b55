import type { Page } from '@playwright/test';
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
