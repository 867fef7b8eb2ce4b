import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { BACKLOG, PRUNED, TOO_MUCH } from '../unit/report/backlog.js';
import { aKept, anEntry, aReport, aTracker } from '../unit/report/given.js';
import { CHROMIUM } from './browser.js';
import { html, realistic, stage, styleOf, unfold } from './given.js';

vi.setConfig({ testTimeout: 60_000 });

describe.skipIf(CHROMIUM === undefined)('the looks of the HTML report', () => {
  const { open, on } = stage();

  const AXE = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

  /** What axe finds wrong, and where. */
  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(await AXE);
    const { violations: found } = (await page.evaluate('axe.run()')) as {
      violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
    };
    return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`));
  }

  test.each([
    ['light', 1280],
    ['light', 400],
    ['dark', 1280],
    ['dark', 400],
  ] as const)(
    'are accessible and do not overflow: %s, %i pixels',
    async (colorScheme, width) => {
      for (const report of [TOO_MUCH, PRUNED]) {
        const options = { colorScheme, viewport: { width, height: 900 } };
        const { page } = await open(html(report), options);
        await unfold(page);
        await page.locator('thead th.title button').first().click();
        await page.locator('tbody tr:visible').first().hover();
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        expect(await violations(page)).toEqual([]);
        await page.context().close();
      }
    },
    120_000,
  );

  test('a mistake in it would be found', async () => {
    const { page } = await open(html(BACKLOG));
    await page.evaluate('document.querySelector(".lead").setAttribute("aria-bogus", "1")');
    expect(await violations(page)).toEqual([expect.stringContaining('aria-valid-attr .lead')]);
  });

  test('do not overflow on the narrowest telephone, whatever the texts', async () => {
    const long = 'x'.repeat(300);
    const bugs = [
      anEntry({ ref: `acme/${long}#1`, title: long, assignees: [long] }),
      aKept(long, { ref: 'B-2', attention: true, target: { class: 'slipped', names: [long] } }),
    ];
    const report = aReport(bugs, {
      run: long,
      trackers: [aTracker({ name: long, problems: [long], notes: [long], complete: false })],
    });
    for (const mode of ['dry-run', 'prune'] as const) {
      for (const width of [320, 720, 1280]) {
        await on(
          { ...report, mode },
          async (page) => expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width),
          { viewport: { width, height: 600 } },
        );
      }
    }
  });

  test('on paper are dark on white, without what only works on a screen', async () => {
    await on(
      await realistic(),
      async (page) => {
        await page.locator('thead th.title button').first().click();
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        expect(await page.locator('form').isVisible()).toBe(false);
        expect(await page.locator('h1').isVisible()).toBe(true);
        expect(await styleOf(page.locator('body'), 'color')).toBe('rgb(31, 35, 40)');
        expect(await styleOf(page.locator('thead th.title button').first(), 'display', '::after')).toBe('none');
        expect(await styleOf(page.locator('thead').first(), 'display')).toBe('table-header-group');
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(760);
      },
      { colorScheme: 'dark', viewport: { width: 760, height: 1000 } },
    );
  });

  test('of a real backlog fit the screen; pictures of them go to the folder that PICTURES names', async () => {
    const report = await realistic();
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1280, 400]) {
        await on(
          report,
          async (page) => {
            await page.screenshot({
              path: join(process.env.PICTURES ?? tmpdir(), `bugprune-report-${width}-${colorScheme}.png`),
            });
            expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
            expect(
              await page.locator('.scroll').evaluateAll((all) => all.filter((it) => it.scrollWidth > it.clientWidth).length),
            ).toBe(0);
          },
          { colorScheme, viewport: { width, height: 900 } },
        );
      }
    }
  });
});
