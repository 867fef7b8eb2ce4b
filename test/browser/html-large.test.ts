import { describe, expect, test, vi } from 'vitest';
import { type Report, summarize } from '../../src/report/document.js';
import { anEntry } from '../unit/report/given.js';
import { CHROMIUM } from './browser.js';
import { column, html, realistic, stage } from './given.js';

vi.setConfig({ testTimeout: 60_000 });

/** The same bugs over and over. */
function enlarged({ bugs, ...report }: Report, size: number): Report {
  const many = Array.from({ length: size }, (_, index) => {
    const bug = bugs[index % bugs.length] ?? anEntry();
    return { ...bug, ref: `acme/app#${10_000 + index}`, url: `https://github.com/acme/app/issues/${10_000 + index}` };
  });
  return { ...report, bugs: many, summary: summarize(many) };
}

describe.skipIf(CHROMIUM === undefined)('a large HTML report', () => {
  const { on } = stage();

  test('5,000 bugs are small enough to mail, and sorted and searched at once', async () => {
    const report = enlarged(await realistic(), 5000);
    const page = html(report);
    expect(Buffer.byteLength(page)).toBeLessThan(3_000_000);
    // How much work a sort is, as counts, which do not depend on the machine: how often a cell is read, how often rows are put in.
    const before = `
      window.reads = 0;
      window.insertions = 0;
      const text = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent');
      Object.defineProperty(Node.prototype, 'textContent', { ...text, get() { window.reads++; return text.get.call(this); } });
      addEventListener('DOMContentLoaded', () => {
        new MutationObserver((all) => { window.insertions += all.filter(({ addedNodes }) => addedNodes.length > 0).length; })
          .observe(document.body, { childList: true, subtree: true });
      });`;
    const rows = report.bugs.filter(({ verdict }) => verdict === 'close').length;
    await on(
      report,
      async (opened) => {
        const timed = async (name: string, act: string) => {
          const took = await opened.evaluate(`(async () => {
            const start = performance.now();
            ${act};
            document.body.offsetHeight;
            return performance.now() - start;
          })()`);
          process.stderr.write(`  ${name}: ${Math.round(Number(took))} ms\n`);
        };
        await opened.evaluate('window.reads = 0; window.insertions = 0');
        await timed(`first sort of ${rows} rows`, `document.querySelector('section[data-kind="close"] th.title button').click()`);
        expect(await opened.evaluate('window.reads')).toBe(rows);
        expect(await opened.evaluate('window.insertions')).toBe(1);
        const titles = await column(opened, 'close', 'title');
        const collator = new Intl.Collator('en-US', { numeric: true, sensitivity: 'base' });
        expect(titles).toEqual(titles.toSorted(collator.compare));
        await opened.evaluate('window.reads = 0');
        const search = (words: string) =>
          `document.forms[0].elements.words.value = '${words}'; document.forms[0].dispatchEvent(new Event('input'))`;
        await timed('first search', search('dialog'));
        expect(await opened.evaluate('window.reads')).toBe(report.bugs.length);
        await timed('second search', search('dialog dark'));
        expect(await opened.evaluate('window.reads')).toBe(report.bugs.length);
      },
      { before },
    );
  }, 60_000);
});
