import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, test, vi } from 'vitest';
import type { Backtests } from '../../src/report/backtest/document.js';
import { BACKTEST_FORMATS } from '../../src/report/backtest/formats.js';
import { IDLE, poisoned, render, VARIED, WARNED } from '../unit/report/backtest/given.js';
import { HOSTILE } from '../unit/report/hostile.js';
import { CHROMIUM } from './browser.js';
import { stage, unfold } from './given.js';

vi.setConfig({ testTimeout: 60_000 });

describe.skipIf(CHROMIUM === undefined)('the page of a backtest', () => {
  const { open } = stage();
  const AXE = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const page = (document: Backtests) => render(BACKTEST_FORMATS.html, document);

  test.each([
    ['light', 1280],
    ['light', 400],
    ['dark', 1280],
    ['dark', 320],
  ] as const)('is accessible and does not overflow: %s, %i pixels', async (colorScheme, width) => {
    for (const document of [VARIED, WARNED, IDLE]) {
      const opened = await open(page(document), { colorScheme, viewport: { width, height: 900 } });
      await unfold(opened.page);
      expect(await opened.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(opened.trouble).toEqual([]);
      await opened.page.context().close();
      const examined = await open(page(document), { colorScheme, viewport: { width, height: 900 } });
      await unfold(examined.page);
      await examined.page.evaluate(await AXE);
      const found = (await examined.page.evaluate('axe.run()')) as {
        violations: { id: string; nodes: { target: string[] }[] }[];
      };
      expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
      await examined.page.context().close();
    }
  });

  test('does nothing that hostile texts want', async () => {
    for (const text of HOSTILE) {
      const opened = await open(page(poisoned(text, 'javascript:window.hit=1')));
      expect(await opened.page.evaluate('window.hit')).toBeUndefined();
      expect(
        await opened.page.locator('script, img, iframe, object, base, main link, [onload], [onerror], [onfocus]').count(),
      ).toBe(0);
      expect(opened.trouble).toEqual([]);
      await opened.page.context().close();
    }
  });
});
