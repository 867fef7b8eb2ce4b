import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { backtestsSchema } from '../../../../src/report/backtest/document.js';
import { BACKTEST_FORMATS } from '../../../../src/report/backtest/formats.js';
import { CONTROL, HOSTILE, LOG_COMMAND, URLS } from '../hostile.js';
import { aBacktest, aDocument, IDLE, poisoned, render, VARIED, WARNED } from './given.js';

const { html, json, markdown } = BACKTEST_FORMATS;
const DOCUMENTS = [aDocument(), VARIED, WARNED, IDLE];
const POISONED = HOSTILE.map((text, index) => poisoned(text, URLS[index % URLS.length] ?? ''));

describe('Markdown', () => {
  test.each([
    ['varied', VARIED],
    ['warned', WARNED],
  ])('looks like this: %s', async (name, document) => {
    await expect(render(markdown, document)).toMatchFileSnapshot(`../../../golden/backtest/${name}.md`);
  });

  test('has no HTML, links, mentions, references or further cells by hostile texts', () => {
    for (const document of POISONED) {
      const text = render(markdown, document);
      expect(
        text
          .replaceAll(/<\/?sub>/g, '')
          .replace(/^>(?= |$)/gm, '')
          .replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, ''),
      ).not.toMatch(/[<>]/);
      const prose = text
        .replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
        .replace(/(?<=\| )\[(?:\\.|[^\]\\])*\]\((https?:[^)\s]*)\)(?= \|)/g, 'LINK');
      expect(prose).not.toMatch(/@[\w\\]|#\d|\bGH-\d/i);
      expect(prose).not.toMatch(/(?<!\\)\]\(|(?<!\\)!\[|(?<!\\)\[/);
      expect(prose).not.toMatch(/\b(https?|ftp):|\bwww\./i);
      const rows = text.split('\n').filter((line) => line.startsWith('| ') && line.includes('| fixed after '));
      for (const row of rows) expect(row.match(/(?<!\\)(?:\\\\)*\|/g), row).toHaveLength(5);
    }
  });

  test('stays small enough for a job summary', () => {
    const closures = Array.from({ length: 3000 }, (_, index) => ({
      ...aBacktest().closures[0],
      ref: `acme/app#${index}`,
      title: 'x'.repeat(500),
    }));
    const text = render(
      markdown,
      aDocument({ policy: { ...aBacktest(), closures: closures as ReturnType<typeof aBacktest>['closures'] } }),
    );
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text).toContain('… and 2000 more; the JSON has all of them.');
  });
});

describe('JSON', () => {
  test('is the document, and fits its schema', () => {
    for (const document of [...DOCUMENTS, ...POISONED]) {
      expect(JSON.parse(render(json, document))).toEqual(document);
      expect(backtestsSchema.parse(document)).toEqual(document);
    }
  });
});

describe('nothing hostile is live', () => {
  test.each(Object.entries(BACKTEST_FORMATS))('in %s: no control characters, no commands to a CI system', (_, format) => {
    for (const document of POISONED) {
      const text = render(format, document);
      expect(text).not.toMatch(CONTROL);
      expect(text).not.toMatch(LOG_COMMAND);
    }
  });
});

describe('HTML', () => {
  const within = (text: string, start: string, end: string): string => {
    const from = text.indexOf(start);
    expect(from, start).toBeGreaterThanOrEqual(0);
    return text.slice(from + start.length, text.indexOf(end, from + start.length));
  };
  const words = (text: string): string =>
    text
      .replace(/<style>.*?<\/style>/gs, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/&quot;/g, '"')
      .replace(/&lt;/g, '<')
      .replace(/\s+/g, ' ');

  test('looks like this', async () => {
    // The head is that of all pages.
    const page = render(html, VARIED);
    await expect(page.slice(page.indexOf('<body>'))).toMatchFileSnapshot('../../../golden/backtest/varied.html');
  });

  test('tells in this order: the answer, numbers, what is missing, guards, trials, charts, regrets, assumptions, the next command', () => {
    const document = { ...VARIED, snapshots: WARNED.snapshots };
    const text = words(render(html, document));
    const order = [
      'Over 2 years the policy "untargeted" would have closed 128 of 300 bugs',
      '128 Would have been closed',
      'The snapshot backlog was taken of open bugs only',
      'comments: 5 would have kept 6 of the 9',
      'as configured 128 9 7 %',
      '12w is the shortest threshold',
      'Regrets per closure',
      'Open bugs over time',
      'What people came back to 3',
      'Cannot sign in with a hardware key',
      'What was taken for true',
      'bugprune backtest history.ndjson --vary',
    ].map((part) => text.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('pictures what each trial closes and how much of it is regretted, with the bound', () => {
    const figure = within(render(html, VARIED), '<h3>Regrets per closure</h3>', '</figure>');
    expect(within(figure, 'aria-label="', '"')).toBe(
      '12w: 100 closed, 3 %; as configured: 128 closed, 7 %; 6w: 128 closed, 7 %; 4w: 140 closed, 15 %; stale bot: 150 closed, 20 %',
    );
    expect(figure.match(/<circle/g)).toHaveLength(5);
    const heights = [...figure.matchAll(/<circle class="\w+" cx="([\d.]+)%" cy="(\d+)"/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    // The more is closed, the further right; the more is regretted, the higher.
    expect(heights.map(([x]) => x)).toEqual(heights.map(([x]) => x).toSorted((a = 0, b = 0) => a - b));
    expect(heights.map(([, y]) => y)).toEqual(heights.map(([, y]) => y).toSorted((a = 0, b = 0) => b - a));
    expect(figure).toContain('>5 %</text>');
  });

  test('trials that came to the same are one point', () => {
    const [four] = VARIED.variations;
    const variations = four ? [four, { ...four, threshold: '5w' }] : [];
    expect(within(render(html, { ...VARIED, variations }), '<h3>Regrets per closure</h3>', '</figure>')).toContain(
      '>4w = 5w</text>',
    );
  });

  test('pictures the backlog with and without the policy, on one scale', () => {
    const figure = within(render(html, VARIED), '<h3>Open bugs over time</h3>', '</figure>');
    expect(within(figure, 'aria-label="', '"')).toBe('Open bugs on 2026-11-20: 186 in reality, 58 with the policy');
    expect(figure).toContain('<polyline class="real" points="0.00,46 ');
    expect(words(figure)).toContain('2024-11-22 160 160 ');
    expect(words(figure)).toContain('2026-11-20 186 58');
  });

  test('of hourly runs shows what can be seen', () => {
    const { weeks } = aBacktest();
    const hours = Array.from({ length: 5000 }, (_, index) => ({
      ...(weeks[0] ?? { open: 1, withPolicy: 1, closed: 0, warned: 0 }),
      at: `2024-01-01T00:00:${index}`,
    }));
    const many = hours.map((hour, index) => ({
      ...hour,
      at: new Date(Date.UTC(2024, 0, 1, index)).toISOString().replace('.000', ''),
    }));
    const page = render(html, aDocument({ policy: aBacktest({ weeks: many }) }));
    expect(page.match(/<tr>/g)?.length).toBeLessThan(250);
  });

  test('has no chart of nothing', () => {
    expect(render(html, IDLE)).not.toContain('Open bugs over time');
    const nothing = { ...IDLE, staleBot: IDLE.policy };
    expect(render(html, nothing)).not.toContain('<figure>');
  });

  test('its policy allows exactly the style that stands in it, no script, and nothing is loaded', () => {
    for (const document of [...DOCUMENTS, ...POISONED]) {
      const page = render(html, document);
      const style = createHash('sha256')
        .update(within(page, '<style>', '</style>'))
        .digest('base64');
      expect(within(page, 'http-equiv="Content-Security-Policy" content="', '"')).toBe(
        `default-src 'none'; style-src 'sha256-${style}'; img-src data:; base-uri 'none'; form-action 'none'`,
      );
      expect(page.match(/<(script|style)\b/g)).toEqual(['<style']);
      expect(page).not.toMatch(/\s(src|style|on\w+|srcset|action|formaction)=(?=")(?<=<[^>]*)/);
      for (const [, href] of page.matchAll(/ href="([^"]*)"/g)) expect(href).toMatch(/^(https?:\/\/[^"'<>\s]+|data:,)$/);
    }
  });

  test('has the same tags with hostile texts as with harmless ones', () => {
    const skeleton = (page: string): string[] =>
      (page.replace(/<style>.*?<\/style>/gs, '').match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));
    const url = 'https://tracker.example/1';
    const expected = skeleton(render(html, poisoned('harmless', url)));
    expect(expected.length).toBeGreaterThan(100);
    for (const text of HOSTILE) expect(skeleton(render(html, poisoned(text, url))), text).toEqual(expected);
  });

  test('a confidential bug stands there by its ref only', () => {
    expect(render(html, VARIED)).toContain('>acme/app#77</a></th><td class="title"><i>confidential</i></td>');
  });
});
