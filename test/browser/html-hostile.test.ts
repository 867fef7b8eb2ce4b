import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { BACKLOG } from '../unit/report/backlog.js';
import { aReport } from '../unit/report/given.js';
import { REPORTS } from '../unit/report/hostile.js';
import { CHROMIUM } from './browser.js';
import { html, stage, unfold } from './given.js';

vi.setConfig({ testTimeout: 60_000 });

describe.skipIf(CHROMIUM === undefined)('hostile texts in the HTML report', () => {
  const { open, on } = stage();

  test.each(['dry-run', 'prune'] as const)('do nothing, and are read as what they are: %s', async (mode) => {
    const all = REPORTS.filter((report) => report.mode === mode);
    const bugs = all.flatMap((report) => report.bugs);
    const first = all[0] ?? aReport([]);
    await on({ ...first, bugs, trackers: all.flatMap(({ trackers }) => trackers) }, async (page) => {
      await unfold(page);
      await page.locator('thead th.title button').first().click();
      await page.getByLabel('Search').fill('x');
      await page.getByLabel('Search').fill('');
      expect(await page.evaluate('window.hit')).toBeUndefined();
      expect(await page.locator('script, style').count()).toBe(2);
      expect(await page.locator('img, iframe, object, embed, base, main link, [onload], [onerror], [onfocus]').count()).toBe(0);
      const titles = bugs.map(({ title }) => title.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, ' '));
      expect(new Set(await page.locator('td.title').allTextContents())).toEqual(new Set(titles));
      const protocols = await page.locator('a').evaluateAll((links) => links.map(({ protocol }) => protocol));
      expect(new Set(protocols)).toEqual(new Set(['https:', 'http:', 'file:']));
    });
  });

  test.each([
    ['a script', '<script>window.hit = 1</script>', 'policy: script-src-elem inline'],
    ['a handler', '<svg onload="window.hit = 1"></svg>', 'policy: script-src-attr inline'],
    ['a style', '<style>body { display: none }</style>', 'policy: style-src-elem inline'],
    ['an image', '<img src="SERVER/x.png">', 'policy: img-src SERVER/x.png'],
    ['a frame', '<iframe src="SERVER/"></iframe>', 'policy: frame-src SERVER'],
    ['another base', '<base href="SERVER/">', 'policy: base-uri SERVER'],
    ['a form', '<form id="injected" action="SERVER/" method="post"><button>go</button></form>', 'policy: form-action SERVER'],
  ])('would do nothing even if they got in: %s', async (_, injected, violation) => {
    const requests: string[] = [];
    const server = createServer(({ url = '' }, response) => {
      requests.push(url);
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const here = (text: string) => text.replaceAll('SERVER', `http://127.0.0.1:${port}`);
    const { page, trouble } = await open(html(BACKLOG).replace('<main>', `<main>${here(injected)}`));
    await page.evaluate('document.getElementById("injected")?.submit()');
    await expect.poll(() => trouble.join('\n')).toContain(here(violation));
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(await page.locator('h1').isVisible()).toBe(true);
    expect(requests).toEqual([]);
    await page.context().close();
    server.close();
  });
});
