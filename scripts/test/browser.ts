import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { run } from './step';

const KNOWN_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function findBrowser(): string | undefined {
  return [process.env.CHROMIUM, ...KNOWN_PATHS, chromium.executablePath()].find((path) => path && existsSync(path));
}

/**
 * Path of a Chromium for the browser tests; installed when there is none: Playwright's own build, else Debian's
 * package where we are root. Undefined when neither can be had.
 */
export async function ensureBrowser(): Promise<string | undefined> {
  const found = findBrowser();
  if (found) {
    return found;
  }
  console.log('No Chromium found; installing one.');
  await run('npx', ['playwright', 'install', 'chromium']);
  if (!findBrowser() && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    await run('apt-get', ['update']);
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
      DEBIAN_FRONTEND: 'noninteractive',
    });
  }
  return findBrowser();
}
