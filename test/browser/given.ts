import { resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Report, ReportBug } from '../../src/report/document.js';
import { FORMATS } from '../../src/report/formats.js';
import { readReport } from '../../src/report/read.js';
import { inProcess } from '../e2e/in-process.js';
import { daysAgo, looks } from '../unit/report/given.js';
import { CHROMIUM, type Opened, type Opener, type OpenOptions, startBrowser } from './browser.js';

/** The page of a report, with a backlog over time. */
export function html(report: Report): string {
  const backlog = [420, 431, 440, 391, 355].map((open, index) => ({ at: daysAgo(120 - 30 * index), open }));
  return [...FORMATS.html.render(report, looks({ next: 'bugprune prune report.json', backlog }))].join('');
}

/** What the example snapshot gives, with owners here and there. */
export async function realistic(): Promise<Report> {
  const example = resolve('examples/backlog.ndjson');
  const { stdout } = await inProcess(['report', example, '--json', '--now', '2026-11-22T09:00:00Z']);
  const report = readReport(stdout, 'report.json');
  const owners = ['Anna Okafor', 'Jonas Weiß', 'octocat', 'Priya'];
  const owned = (bug: ReportBug, index: number) => (index % 3 === 0 ? [owners[index % 4] ?? ''] : bug.assignees);
  return { ...report, bugs: report.bugs.map((bug, index) => ({ ...bug, assignees: owned(bug, index) })) };
}

/** What can be done with the browser of a file of tests. */
export interface Stage {
  open(page: string, options?: OpenOptions): Promise<Opened>;
  /** Opens a report, does something with it, and sees that nothing went wrong on the page. */
  on(report: Report, look: (page: Page) => Promise<void>, options?: OpenOptions): Promise<void>;
}

/** Starts the browser before the tests of a file and ends it after them. */
export function stage(): Stage {
  let browser: Opener | undefined;
  beforeAll(async () => {
    browser = await startBrowser(CHROMIUM ?? '');
  }, 60_000);
  afterAll(() => browser?.close());
  const open = (page: string, options?: OpenOptions): Promise<Opened> => {
    if (!browser) throw new Error('the browser did not start');
    return browser.open(page, options);
  };
  return {
    open,
    async on(report, look, options) {
      const { page, trouble } = await open(html(report), options);
      await look(page);
      expect(trouble).toEqual([]);
      await page.context().close();
    },
  };
}

/** What a person sees in a column of a section, from top to bottom. */
export const column = (page: Page, kind: string, name: string): Promise<string[]> =>
  page.locator(`section[data-kind="${kind}"] tbody tr:visible .${name}`).allTextContents();

/** The refs of all rows that are seen. */
export const refs = (page: Page): Promise<string[]> => page.locator('section.bugs tbody tr:visible th').allTextContents();

/** What the browser makes of the style of an element. */
export const styleOf = (element: Locator, property: string, pseudo: string | null = null): Promise<string> =>
  element.evaluate((it, [name, part]) => it.ownerDocument.defaultView.getComputedStyle(it, part).getPropertyValue(name), [
    property,
    pseudo,
  ] as const);

/** Opens everything that is folded up. */
export const unfold = (page: Page): Promise<void> =>
  page.locator('details').evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '');
  });
