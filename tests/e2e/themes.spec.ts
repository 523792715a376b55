import { expect, test, type Page } from '@playwright/test';
import { errorAlert, exploreUrl, spanRows } from './workbench';

/** 0 is black, 255 is white. */
const brightness = (page: Page) =>
  page.evaluate(() => {
    const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number);
    return (red + green + blue) / 3;
  });

for (const [theme, isLight] of [
  ['dark', false],
  ['light', true],
] as const) {
  test(`${theme}: search, trace and settings are there without an error in the console`, async ({ page }) => {
    const complaints: string[] = [];
    // The browser reports every status above 399; the plugin asks some routes only to see whether they exist.
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(
      `${exploreUrl([{ refId: 'A', queryType: 'search', service: 'frontend', limit: 2 }])}&theme=${theme}`
    );
    await expect(page.getByRole('grid')).toContainText('frontend');
    expect((await brightness(page)) > 128).toBe(isLight);
    await page.getByRole('grid').getByRole('link').first().click();
    await expect(spanRows(page).first()).toBeVisible();
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(page.getByRole('button', { name: 'Save & test' })).toBeVisible();
    await expect(errorAlert(page)).toHaveCount(0);
    expect(complaints).toEqual([]);
  });
}

test('the theme can be switched and stays', async ({ page }) => {
  await page.goto('/logs?theme=dark');
  await page.getByRole('button', { name: 'Light theme' }).click();
  await expect(async () => expect(await brightness(page)).toBeGreaterThan(128)).toPass();
  await page.goto('/explore');
  await expect(page.getByRole('button', { name: 'Dark theme' })).toBeVisible();
  expect(await brightness(page)).toBeGreaterThan(128);
});
