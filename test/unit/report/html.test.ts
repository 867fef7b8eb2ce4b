import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/report/document.js';
import { forHtml } from '../../../src/report/escape.js';
import type { RenderOptions } from '../../../src/report/format.js';
import { FORMATS } from '../../../src/report/formats.js';
import { SCRIPT } from '../../../src/report/html/script.js';
import { BACKLOG, CLEAN, PRUNED, TOO_MUCH } from './backlog.js';
import { aKept, anEntry, aReport, aTracker, daysAgo, looks, render } from './given.js';
import { HOSTILE, poisoned, REPORTS } from './hostile.js';

const html = (report: Report, options: Partial<RenderOptions> = {}): string => render(FORMATS.html, report, options);
const TREND = [400, 420, 355].map((open, index) => ({ at: daysAgo(60 - 30 * index), open }));

/** What stands between a beginning and the next end. */
const within = (text: string, start: string, end: string): string => {
  const from = text.indexOf(start);
  expect(from, start).toBeGreaterThanOrEqual(0);
  return text.slice(from + start.length, text.indexOf(end, from + start.length));
};

/** The text of a page as people read it, without style and script. */
const words = (text: string): string =>
  text
    .replace(/<(style|script)>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#?\w+;/g, (entity) => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' })[entity] ?? entity)
    .replace(/\s+/g, ' ');

describe('HTML', () => {
  test('looks like this', async () => {
    const next = 'bugprune prune';
    await expect(html(BACKLOG, { next, backlog: TREND })).toMatchFileSnapshot('../../golden/report/backlog.html');
    await expect(html(PRUNED)).toMatchFileSnapshot('../../golden/report/pruned.html');
  });

  test('has every bug in exactly one row, whatever its verdict, with a link to it', () => {
    for (const report of [BACKLOG, PRUNED, CLEAN]) {
      for (const { ref, url } of report.bugs) {
        expect(html(report).split(`<th scope="row"><a href="${url}">${ref}</a></th>`), ref).toHaveLength(2);
      }
    }
  });

  test('tells in this order: what it is, numbers, problems, limits, lists, the backlog, the agenda, what is kept', () => {
    const text = words(html(TOO_MUCH, { next: 'bugprune prune' }));
    const order = [
      'Dry run: nothing was changed',
      'At least 11 open bugs',
      'Incomplete',
      'More than the limits allow',
      'bugprune prune --drain',
      'Would close · app · untargeted 5',
      'Would close · erp · untargeted 1',
      'Would warn · app · cosmetic 1',
      'Needs attention 2',
      'Undecided, therefore kept 1',
      'The backlog',
      'Agenda hubot',
      'Kept, besides those that need attention 1',
    ].map((part) => text.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('after a prune says which run it was and what became of each proposal', () => {
    const text = words(html(PRUNED));
    expect(text).toContain('Run 20261122T090000Z-c0ffee');
    expect(text).not.toContain('nothing was changed');
    expect(text).toContain('a person has acted on it since the report, on 2026-11-22T08:58:00Z');
    expect(text).toMatch(/ Closed 1 .* Warned 1 .* Closed already 1 .* Skipped 1 .* Failed 1 /);
  });

  test('leaves out columns in which nothing stands', () => {
    const page = html(aReport([anEntry({ priority: null, engagement: null }), anEntry({ ref: 'acme/app#2' })]));
    const heads = [...within(page, '<thead>', '</thead>').matchAll(/>([\w ,]+)<\/th>/g)].map(([, label]) => label);
    expect(heads).toEqual(['Bug', 'Title', 'Reported', 'Days without target', 'Days since activity', 'Votes, comments', 'Why']);
  });

  test('never says of a bug that nobody acted on it, unless that is known', () => {
    const since = (parts: Parameters<typeof anEntry>[0]) =>
      within(`${html(aReport([aKept('x', { ...parts }), aKept('y', { ref: 'acme/app#2' })]))}`, '<td class="idle">', '</td>');
    expect(since({ lastHumanActivityAt: null })).toBe('never');
    expect(since({ lastHumanActivityAt: null, untargetedSince: null })).toBe('');
  });

  test('offers trackers and owners to filter by only where there are some', () => {
    expect(html(BACKLOG)).toMatch(/<select name="tracker">.*app.*erp.*<select name="owner">.*hubot.*octocat.*Unassigned/s);
    expect(html(CLEAN)).not.toMatch(/<select name="(tracker|owner)">/);
    expect(html(aReport([]))).not.toContain('<form');
  });

  test('has what nobody owns last in the agenda, and in it the rest counted', () => {
    const page = html(BACKLOG);
    const text = words(within(page, '<section class="agenda" id="agenda">', '</section>'));
    expect(text).toMatch(/Agenda hubot 1 needs attention .* octocat 1 needs attention .* Unassigned 1 needs attention ERP-99/);
    expect(text).toContain(
      '6 close at the next prune unless they get a target release, listed above 1 is warned at the next prune',
    );
    const [, above = ''] = /6 close[^<]*<a href="#(\w+)">/.exec(page) ?? [];
    expect(page).toContain(`<section class="bugs" id="${above}" data-kind="close">`);
    expect(html(CLEAN)).not.toContain('class="agenda"');
  });

  test('is text when it is told where there is nothing', () => {
    expect(words(html(aReport([])))).toContain('0 open bugs: 0 would be closed');
  });
});

describe('the charts', () => {
  const ages = (...days: number[]) => days.map((age, index) => anEntry({ ref: `acme/app#${index}`, createdAt: daysAgo(age) }));

  test('count each bug at its age, to the second', () => {
    const bugs = ages(0, 6, 7, 27, 28, 91, 92, 183, 184, 364, 365, 729, 730, 731, 5000);
    const label = within(html(aReport(bugs)), 'aria-label="Open bugs by age. ', '"');
    expect(label).toBe('&lt;1w: 2, 1–4w: 2, 1–3mo: 2, 3–6mo: 2, 6–12mo: 2, 1–2y: 2, &gt;2y: 3');
  });

  test('say the same in numbers, by verdict', () => {
    const figure = within(html(BACKLOG), '<h3>By age</h3>', '</figure>');
    const sums = [...figure.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) => words(row ?? '').trim());
    expect(sums[0]).toBe('age kept undecided to warn to close all');
    const all = sums.slice(1).map((row) => Number(row.split(' ').at(-1)));
    expect(all.reduce((a, b) => a + b)).toBe(BACKLOG.bugs.length);
  });

  test('stack to the height of the highest', () => {
    const figure = within(html(aReport(ages(...Array(1000).fill(5), 40))), '<h3>By age</h3>', '</figure>');
    const heights = [...figure.matchAll(/<rect [^>]* height="(\d+)"/g)].map(([, height]) => Number(height));
    expect(heights).toEqual([160, 1]);
  });

  test('show the backlog over time where there are two moments of it', () => {
    expect(html(BACKLOG)).not.toContain('Over time');
    expect(html(BACKLOG, { backlog: TREND.slice(0, 1) })).not.toContain('Over time');
    expect(html(BACKLOG, { backlog: [...TREND.slice(0, 1), ...TREND.slice(0, 1)] })).not.toContain('Over time');
    const chart = within(html(BACKLOG, { backlog: TREND }), '<h3>Over time</h3>', '</figure>');
    expect(chart).toContain('aria-label="Open bugs over time: 400 on 2026-09-23, 355 on 2026-11-22"');
    expect(chart).toContain('<polyline points="0.00,32 50.00,24 100.00,49"/>');
    expect(words(chart)).toContain('2026-09-23 400 2026-10-23 420 2026-11-22 355');
  });
});

describe('the page is on its own', () => {
  const all = [BACKLOG, PRUNED, CLEAN, aReport([]), ...REPORTS].map((report) => html(report, { next: 'x', backlog: TREND }));

  test('its policy allows exactly the style and the script that stand in it', () => {
    for (const page of all) {
      const policy = within(page, 'http-equiv="Content-Security-Policy" content="', '"');
      const hash = (tag: string) =>
        `'sha256-${createHash('sha256')
          .update(within(page, `<${tag}>`, `</${tag}>`))
          .digest('base64')}'`;
      expect(policy).toBe(
        `default-src 'none'; style-src ${hash('style')}; script-src ${hash('script')}; img-src data:; base-uri 'none'; form-action 'none'`,
      );
    }
  });

  test('nothing in it is loaded, and every link leads to a bug or stays on the page', () => {
    for (const page of all) {
      expect(page.match(/<(script|style)\b/g)).toEqual(['<style', '<script']);
      expect(page).not.toMatch(/\s(src|style|on\w+|srcset|action|formaction)=(?=")(?<=<[^>]*)/);
      expect(page).not.toMatch(/@import|url\(/);
      for (const [, href] of page.matchAll(/ href="([^"]*)"/g)) expect(href).toMatch(/^(https?:\/\/[^"'<>\s]+|#[bs]\d+|data:,)$/);
    }
  });

  test('its script is one, and does not fetch, evaluate or write HTML', () => {
    expect(() => new Script(SCRIPT)).not.toThrow();
    expect(SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|fetch|XMLHttp|import|<\//);
  });
});

describe('hostile texts are text', () => {
  /** All tags in order, without the values of attributes. */
  const skeleton = (page: string): string[] =>
    (page.replace(/<(style|script)>.*?<\/\1>/gs, '').match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));
  const url = 'https://tracker.example/1';

  test('the page has the same tags with them as with harmless ones', () => {
    const expected = skeleton(html(poisoned('harmless', url)));
    expect(expected.length).toBeGreaterThan(100);
    for (const text of HOSTILE) expect(skeleton(html(poisoned(text, url))), text).toEqual(expected);
  });

  test('whatever they are', () => {
    const expected = skeleton(html(poisoned('harmless', url)));
    const pieces = fc.constantFrom(...HOSTILE, '<', '>', '"', "'", '&', '</', '<!--', '-->', '`', '=', ' ', '/', '\u0000', 'x');
    const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', minLength: 1 })), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(text, (parts) => {
        expect(skeleton(html(poisoned(parts.join(''), url)))).toEqual(expected);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  test('and stays what it was', () => {
    const decoded = (text: string) =>
      text.replace(/&(?:amp|lt|gt|quot|#(\d+));/g, (entity, code) =>
        code ? String.fromCharCode(code) : ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }[entity] ?? '?'),
      );
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme' })), (given) => {
        const shown = forHtml(given);
        expect(shown).not.toMatch(/[<>"']|&(?!\w+;|#\d+;)/);
        expect(decoded(shown)).toBe(given.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, ' '));
      }),
      { seed: 11 },
    );
  });

  test('a confidential bug stands there by its ref only', () => {
    const page = html(aReport([anEntry({ title: '', ref: 'SEC-1' })]));
    expect(within(page, '<td class="title">', '</td>')).toBe('<i>confidential</i>');
  });

  test('an address that is none of the web is no link', () => {
    const page = html(aReport([anEntry({ url: 'javascript:alert(1)' })], { trackers: [aTracker()] }));
    expect(page).toContain('<th scope="row">acme/app#1</th>');
  });
});

test('HTML comes in parts, and the same report gives the same bytes', () => {
  const parts = [...FORMATS.html.render(BACKLOG, looks())];
  expect(parts.length).toBeGreaterThan(BACKLOG.bugs.length);
  expect(html(structuredClone(BACKLOG), { width: 60, all: true })).toBe(parts.join(''));
});
