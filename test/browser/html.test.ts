import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { BACKLOG, TOO_MUCH } from '../unit/report/backlog.js';
import { anEntry, aReport, daysAgo } from '../unit/report/given.js';
import { CHROMIUM } from './browser.js';
import { column, refs, stage, styleOf } from './given.js';

vi.setConfig({ testTimeout: 60_000 });

const sortBy = (page: Page, kind: string, name: string): Promise<void> =>
  page.locator(`section[data-kind="${kind}"] thead th.${name} button`).click();

describe.skipIf(CHROMIUM === undefined)('the HTML report in a browser', () => {
  const { on } = stage();

  describe('without its script', () => {
    test('is complete, and offers nothing that would not work', async () => {
      await on(
        TOO_MUCH,
        async (page) => {
          const text = await page.locator('body').innerText();
          for (const { ref, verdict, attention } of TOO_MUCH.bugs)
            if (verdict !== 'keep' || attention) expect(text).toContain(ref);
          expect(await page.locator('form').isVisible()).toBe(false);
          expect(await page.locator('button:visible').count()).toBe(0);
          expect(text).not.toContain('acme/app#50');
          await page.locator('section[data-kind="kept"] summary').click();
          expect(await page.locator('section[data-kind="kept"]').innerText()).toContain('acme/app#50');
        },
        { javaScriptEnabled: false },
      );
    });
  });

  describe('searching and filtering', () => {
    test('shows the rows that have all words, wherever they stand, and says how many', async () => {
      await on(BACKLOG, async (page) => {
        await page.getByLabel('Search').fill('ACTION crash');
        expect(await refs(page)).toEqual([]);
        await page.getByLabel('Search').fill('APP saving');
        expect(await refs(page)).toEqual(['acme/app#12']);
        expect(await page.locator('output').innerText()).toBe('1 of 11 bugs');
        expect(await page.locator('section.bugs h2:visible .count').allInnerTexts()).toEqual(['1 of 5']);
        await page.getByLabel('Search').fill('pinned');
        expect(await refs(page)).toEqual(['acme/app#50']);
        await page.getByRole('button', { name: 'Clear' }).click();
        await expect.poll(() => page.locator('output').innerText()).toBe('');
        expect(await refs(page)).toHaveLength(10);
        expect(await page.locator('section.bugs h2 .count').allInnerTexts()).toEqual(['5', '1', '1', '2', '1', '1']);
      });
    });

    test('by verdict, tracker and owner, and all of them together', async () => {
      await on(BACKLOG, async (page) => {
        await page.getByLabel('Verdict').selectOption('Would warn');
        expect(await refs(page)).toEqual(['acme/app#300']);
        await page.getByLabel('Verdict').selectOption('Kept');
        expect(await refs(page)).toEqual(['acme/app#50']);
        await page.getByLabel('Verdict').selectOption('any');
        await page.getByLabel('Tracker').selectOption('erp');
        expect(await refs(page)).toEqual(['ERP-7', 'ERP-99']);
        await page.getByLabel('Verdict').selectOption('Needs attention');
        expect(await refs(page)).toEqual(['ERP-99']);
        await page.getByLabel('Tracker').selectOption('any');
        await page.getByLabel('Owner').selectOption('octocat');
        expect(await refs(page)).toEqual(['acme/app#41']);
        await page.getByLabel('Owner').selectOption('Unassigned');
        expect(await refs(page)).toEqual(['ERP-99']);
        await page.getByLabel('Search').fill('acme');
        expect(await refs(page)).toEqual([]);
      });
    });

    test('takes the agenda along', async () => {
      const people = (page: Page) => page.locator('.person:visible h3').allInnerTexts();
      await on(BACKLOG, async (page) => {
        expect(await people(page)).toEqual(['hubot', 'octocat', 'Unassigned']);
        await page.getByLabel('Owner').selectOption('octocat');
        expect(await people(page)).toEqual(['octocat']);
        await page.getByLabel('Search').fill('print');
        expect(await people(page)).toEqual([]);
        expect(await page.locator('.agenda').isVisible()).toBe(false);
        await page.getByLabel('Owner').selectOption('anybody');
        await page.getByLabel('Search').fill('data loss');
        expect(await people(page)).toEqual(['hubot', 'octocat']);
      });
    });

    test('Enter in the search box leaves everything as it is', async () => {
      await on(BACKLOG, async (page) => {
        await page.getByLabel('Search').fill('saving');
        await page.keyboard.press('Enter');
        expect(await refs(page)).toEqual(['acme/app#12']);
        expect(page.url()).not.toContain('?');
      });
    });
  });

  describe('sorting', () => {
    const bugs = [
      ['acme/app#9', 'beta', 100, 9, '2026-01-31', 3],
      ['acme/app#10', 'Äpfel', 20, 200, '2025-12-01', null],
      ['acme/app#1000', 'alpha', 3000, null, '2018-06-05', 0],
      ['acme/app#101', 'Zebra', 99, 10, '2026-02-01', 12],
    ] as const;
    const report = aReport(
      bugs.map(([ref, title, untargeted, idle, reported, engagement]) =>
        anEntry({
          ref,
          title,
          untargetedSince: daysAgo(untargeted),
          lastHumanActivityAt: idle === null ? null : daysAgo(idle),
          createdAt: `${reported}T00:00:00Z`,
          engagement,
        }),
      ),
    );

    test.each([
      ['untargeted', ['3000', '100', '99', '20'], ['20', '99', '100', '3000']],
      ['idle', ['never', '200', '10', '9'], ['9', '10', '200', 'never']],
      ['interest', ['12', '3', '0', ''], ['0', '3', '12', '']],
      [
        'reported',
        ['2018-06-05', '2025-12-01', '2026-01-31', '2026-02-01'],
        ['2026-02-01', '2026-01-31', '2025-12-01', '2018-06-05'],
      ],
      ['title', ['alpha', 'Äpfel', 'beta', 'Zebra'], ['Zebra', 'beta', 'Äpfel', 'alpha']],
    ])('by %s, and back', async (name, first, second) => {
      await on(report, async (page) => {
        await sortBy(page, 'close', name);
        expect(await column(page, 'close', `${name}`)).toEqual(first);
        await sortBy(page, 'close', name);
        expect(await column(page, 'close', `${name}`)).toEqual(second);
      });
    });

    test('by ref counts numbers as numbers, and says by what is sorted', async () => {
      const sorted = (page: Page) =>
        page.locator('th[aria-sort]').evaluateAll((heads) => heads.map((head) => `${head.className} ${head.ariaSort}`));
      await on(report, async (page) => {
        expect(await sorted(page)).toEqual([]);
        await sortBy(page, 'close', 'ref');
        expect(await refs(page)).toEqual(['acme/app#9', 'acme/app#10', 'acme/app#101', 'acme/app#1000']);
        expect(await sorted(page)).toEqual(['ref ascending']);
        await sortBy(page, 'close', 'idle');
        expect(await sorted(page)).toEqual(['idle descending']);
      });
    });

    test('with the keyboard alone, where the focus is seen', async () => {
      await on(report, async (page) => {
        const button = page.locator('thead th.title button');
        await button.focus();
        await page.keyboard.press('Tab');
        await page.keyboard.press('Shift+Tab');
        expect(await styleOf(button, 'outline-style')).toBe('solid');
        await page.keyboard.press('Enter');
        expect(await column(page, 'close', 'title')).toEqual(['alpha', 'Äpfel', 'beta', 'Zebra']);
      });
    });

    test('stays with the filter', async () => {
      await on(report, async (page) => {
        await page.getByLabel('Search').fill('a');
        await page.getByLabel('Search').fill('eb');
        await sortBy(page, 'close', 'untargeted');
        expect(await refs(page)).toEqual(['acme/app#101']);
      });
    });
  });

  test('from the agenda leads a link to the row', async () => {
    await on(BACKLOG, async (page) => {
      await page.locator('.person', { hasText: 'octocat' }).getByRole('link', { name: 'acme/app#41' }).click();
      const row = page.locator('tr:target');
      expect(await row.locator('th').innerText()).toBe('acme/app#41');
      const { top, bottom, height } = await row.evaluate((element) => ({
        top: element.getBoundingClientRect().top,
        bottom: element.getBoundingClientRect().bottom,
        height: element.ownerDocument.defaultView.innerHeight,
      }));
      expect(top).toBeGreaterThan(60);
      expect(bottom).toBeLessThan(height);
    });
  });
});
