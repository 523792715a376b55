import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import type { PluginOptions } from '@grafana/plugin-e2e';
import { namedProjects } from './scripts/test/namedProjects';

const WORKBENCH = 'workbench';
/** Another one lets several runs share a machine. */
const PORT = Number(process.env.E2E_PORT ?? 3457);
const grafanaUrl = process.env.GRAFANA_URL;
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find((file) => file && existsSync(file));
const viewport = { width: 1280, height: 1100 };

/** The same journeys on a real Grafana, provisioned as in `provisioning/`; logs in first, as admin/admin. */
const grafanaProjects: PlaywrightTestConfig<PluginOptions>['projects'] = grafanaUrl
  ? [
      {
        name: 'grafana-login',
        testDir: path.join(path.dirname(require.resolve('@grafana/plugin-e2e')), 'auth'),
        testMatch: /.*\.js/,
        use: { baseURL: grafanaUrl },
      },
      {
        name: 'grafana',
        testDir: './tests/grafana',
        use: { baseURL: grafanaUrl, storageState: 'playwright/.auth/admin.json', viewport },
        dependencies: ['grafana-login'],
      },
    ]
  : [];

/** `--project grafana` alone meets the stack that GRAFANA_URL names, and needs neither a build nor a workbench. */
const wanted = namedProjects(process.argv);
const needsWorkbench = wanted.length === 0 || wanted.includes(WORKBENCH);

export default defineConfig<PluginOptions>({
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env.CI),
  // One browser and one workbench: journeys that change settings must not run beside others.
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    viewport,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      // Without one of these, Playwright's own Chromium.
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    },
  },
  projects: [
    { name: WORKBENCH, testDir: './tests/e2e', use: { baseURL: `http://127.0.0.1:${PORT}` } },
    ...grafanaProjects,
  ],
  webServer: needsWorkbench
    ? {
        // Nobody listens on port 9; the other broken servers come with --broken.
        command: `npm start -- --port ${PORT} --seed 7 --past 200 --broken --extra-datasource down=http://127.0.0.1:9`,
        url: `http://127.0.0.1:${PORT}/workbench/config.json`,
        // A fresh clone builds plugin and pages first.
        timeout: 300_000,
        reuseExistingServer: false,
        gracefulShutdown: { signal: 'SIGTERM', timeout: 5000 },
      }
    : undefined,
});
