/**
 * `tsx scripts/screenshots.ts [slow-trace]`: takes the pictures of the README, of docs/dashboards.md and of docs/reading-a-slow-trace.md
 * (docs/img) and those of the catalogue (src/img) from the workbench with a fixed seed; with `slow-trace` only those of
 * that page. Fails when a picture is too heavy to be looked at in a browser.
 */
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { testIds } from '../src/editors/testIds';
import { startWorkbench } from '../workbench/server/startWorkbench';
import { takeSlowTrace } from './screenshots/slowTrace';
import { ensureBrowser } from './test/browser';

const root = path.resolve(__dirname, '..');
const docs = path.join(root, 'docs/img');
const catalogue = path.join(root, 'src/img');
/** Whole dashboards are the heaviest. */
const MAX_BYTES = 600_000;
const viewport = { width: 1280, height: 800 };
const themes = ['dark', 'light'] as const;
type Theme = (typeof themes)[number];

/** Pictures of the catalogue, by the picture of docs/img they are copies of. */
const inCatalogue = new Map([
  ['log-to-trace-dark', 'screenshot-trace'],
  ['search-dark', 'screenshot-search'],
  ['settings-light', 'screenshot-settings'],
]);

const explore = (query: Record<string, unknown>) =>
  `/explore?left=${encodeURIComponent(
    JSON.stringify({
      datasource: 'tracebridge-jaeger',
      queries: [{ refId: 'A', ...query }],
      range: { from: 'now-6h', to: 'now' },
    })
  )}`;

/** A failed checkout: it has retries, an error and most services in it. */
async function openTrace(page: Page): Promise<void> {
  await page.goto(explore({ queryType: 'search', service: 'payment', tags: 'error=true', limit: 20 }));
  await page.getByRole('grid').getByRole('link').first().click();
  await page.getByRole('tree', { name: 'Spans' }).getByRole('treeitem').first().waitFor();
}

/** In a window as high as the dashboard, so that every panel is in the picture whole. */
async function openDashboard(page: Page, uid: string, variables = ''): Promise<void> {
  await page.goto(`/d/${uid}?from=now-6h&to=now${variables}`);
  await page.getByRole('grid').getByRole('row').nth(1).waitFor();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...viewport, height });
}

const pictures: ReadonlyArray<readonly [name: string, show: (page: Page) => Promise<void>]> = [
  [
    'logs',
    async (page) => {
      await page.goto('/logs?from=now-6h&to=now');
      await page.getByRole('link', { name: 'Open trace' }).first().waitFor();
    },
  ],
  [
    'log-to-trace',
    async (page) => {
      await page.goto('/logs?from=now-6h&to=now');
      const line = page.getByRole('log').locator('> div').filter({ hasText: 'payment unavailable' }).first();
      await line.getByRole('link', { name: 'Open trace' }).click();
      await page.getByRole('tree', { name: 'Spans' }).getByRole('treeitem').first().waitFor();
    },
  ],
  [
    'span',
    async (page) => {
      await openTrace(page);
      const failed = page.getByRole('treeitem').filter({ hasText: 'payment' }).first();
      await failed.getByRole('button').last().click();
      await page.getByRole('link', { name: 'Logs for this span' }).waitFor();
      await failed.scrollIntoViewIfNeeded();
      await page.evaluate(() => window.scrollBy(0, 300));
    },
  ],
  [
    'search',
    async (page) => {
      await page.goto(explore({ queryType: 'search', service: 'checkout', minDuration: '50ms' }));
      await page.getByRole('grid').getByRole('link').first().waitFor();
    },
  ],
  [
    'node-graph',
    async (page) => {
      await page.goto(explore({ queryType: 'serviceGraph' }));
      await page.getByRole('group', { name: 'Node graph' }).waitFor();
    },
  ],
  ['dashboard-overview', (page) => openDashboard(page, 'tracebridge-overview')],
  ['dashboard-service', (page) => openDashboard(page, 'tracebridge-service', '&var-service=checkout')],
  [
    'dashboard-trace',
    async (page) => {
      await openTrace(page);
      const traceId = await page.getByTestId(testIds.queryEditor.traceId).inputValue();
      await openDashboard(page, 'tracebridge-trace', `&var-traceId=${traceId}`);
      await page.getByRole('treeitem').first().waitFor();
    },
  ],
  [
    'settings',
    async (page) => {
      await page.goto('/connections/datasources/edit/tracebridge-jaeger');
      await page.getByRole('button', { name: 'Save & test' }).click();
      await page.getByText(/ answers \(/).waitFor();
      await page.getByText(/ answers \(/).scrollIntoViewIfNeeded();
    },
  ],
];

/** Icons come one by one after the page; a picture waits for the network to be quiet, or for the live page a moment. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(500);
}

async function main(): Promise<void> {
  const executablePath = await ensureBrowser();
  const workbench = await startWorkbench({ port: 0, seed: 7, past: 200, say: console.log });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  mkdirSync(docs, { recursive: true });
  try {
    if (process.argv[2] !== 'slow-trace') {
      for (const theme of themes) {
        await takeEach(browser, workbench.url, theme);
      }
    }
    await takeWalk(browser, workbench.url);
  } finally {
    await browser.close();
    await workbench.close();
  }
}

async function takeEach(browser: Browser, baseURL: string, theme: Theme): Promise<void> {
  const context = await openContext(browser, baseURL, theme);
  for (const [name, show] of pictures) {
    const page = await context.newPage();
    await show(page);
    const file = await take(page, `${name}-${theme}`);
    await page.close();
    const copy = inCatalogue.get(`${name}-${theme}`);
    if (copy) {
      copyFileSync(file, path.join(catalogue, `${copy}.png`));
    }
  }
  await context.close();
}

async function takeWalk(browser: Browser, baseURL: string): Promise<void> {
  const context = await openContext(browser, baseURL, 'dark');
  await takeSlowTrace(await context.newPage(), async (page, name, height) => {
    await page.setViewportSize({ ...viewport, height });
    await take(page, name);
  });
  await context.close();
}

async function openContext(browser: Browser, baseURL: string, theme: Theme) {
  const context = await browser.newContext({ baseURL, viewport });
  await context.addInitScript((name) => localStorage.setItem('workbench.theme', name), theme);
  return context;
}

/** Returns the path of the picture. */
async function take(page: Page, name: string): Promise<string> {
  await settle(page);
  const file = path.join(docs, `${name}.png`);
  await page.screenshot({ path: file });
  report(file);
  return file;
}

function report(file: string): void {
  const { size } = statSync(file);
  console.log(`${path.relative(root, file)}  ${Math.round(size / 1000)} kB`);
  if (size > MAX_BYTES) {
    throw new Error(`${path.relative(root, file)} is larger than ${MAX_BYTES / 1000} kB.`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
