import { describe, expect, test } from 'vitest';
import { widthOf } from '../../../src/report/columns.js';
import type { Report, ReportBug } from '../../../src/report/document.js';
import { FORMATS } from '../../../src/report/formats.js';
import { aKept, anEntry, anUndecided, aReason, aReport, COLOURED, PLAIN, render } from './given.js';
import { poisoned } from './hostile.js';

const table = (report: Report, width = 80, parts: Parameters<typeof render>[2] = {}) =>
  render(FORMATS.table, report, { width, ...parts }).split('\n');
const many = (count: number, parts: Partial<ReportBug> = {}) =>
  Array.from({ length: count }, (_, index) => anEntry({ ref: `acme/app#${index + 1}`, ...parts }));
/** The lines of one section. */
const section = (lines: readonly string[], heading: string) => {
  const start = lines.findIndex((line) => line.startsWith(heading));
  return lines.slice(start, lines.indexOf('', start));
};

describe('what the ages do not tell', () => {
  const with_ = (message: string) => [
    aReason('untargetedFor', 'match', 'no target release for 400 days'),
    { ...aReason('openFor', 'match', message) },
  ];

  test('is said once, where it is true of all', () => {
    const bugs = [
      anEntry({ reasons: with_('closed as Done') }),
      anEntry({ ref: 'acme/app#2', reasons: with_('closed as Done') }),
    ];
    expect(section(table(aReport(bugs)), 'Would close')).toEqual([
      'Would close · app · untargeted (2)',
      '  closed as Done',
      '  bug        no target      idle  title',
      '  acme/app#1     400 d     300 d  It does not work',
      '  acme/app#2     400 d     300 d  It does not work',
    ]);
  });

  test('else with each, where there is anything', () => {
    const bugs = [
      anEntry({ reasons: with_('label: ui') }),
      anEntry({ ref: 'acme/app#2' }),
      anEntry({ ref: 'acme/app#3', reasons: with_('label: db') }),
    ];
    expect(section(table(aReport(bugs)), 'Would close').slice(2)).toEqual([
      '  acme/app#1     400 d     300 d  It does not work',
      '    label: ui',
      '  acme/app#2     400 d     300 d  It does not work',
      '  acme/app#3     400 d     300 d  It does not work',
      '    label: db',
    ]);
  });

  test('what is true of all once, and the rest with each', () => {
    const first = aReason('warned', 'match', 'to be warned first');
    const bugs = ['ui', 'db'].map((label, index) =>
      anEntry({ ref: `ERP-${index}`, reasons: [first, ...with_(`label: ${label}`)] }),
    );
    const lines = section(table(aReport(bugs)), 'Would close');
    expect(lines[1]).toBe('  to be warned first');
    expect(lines.filter((line) => line.startsWith('    '))).toEqual(['    label: ui', '    label: db']);
  });

  test('after a run it is how a bug was closed', () => {
    const closed = many(2, { result: { status: 'closed', detail: 'Closed, with the resolution Won’t Do' } });
    expect(section(table(aReport(closed, { mode: 'prune' })), 'Closed')[1]).toBe('  Closed, with the resolution Won’t Do');
  });
});

describe('what a run has left for the next one', () => {
  const left = (count: number) =>
    section(table(aReport(many(count), { mode: 'prune' }), 80, { all: true }), 'Left for the next run');

  test('is counted; a handful stands for all, one line each', () => {
    expect(left(103)).toEqual([
      'Left for the next run (103)',
      '  bug         title',
      ...[1, 2, 3, 4, 5].map((number) => `  acme/app#${number}  It does not work`),
      '  … and 98 more; all of them: bugprune report',
    ]);
  });

  test('is listed where it is no more than a handful', () => {
    expect(left(5)).toHaveLength(7);
    expect(left(5).join('\n')).not.toContain('more');
  });

  test('in Markdown, too', () => {
    const text = render(FORMATS.markdown, aReport(many(103), { mode: 'prune' }));
    expect(text.match(/^\| \[acme/gm)).toHaveLength(5);
    expect(text).toContain('… and 98 more; the JSON report has all of them.');
  });
});

describe('what a run has left alone', () => {
  const kept = Array.from({ length: 30 }, (_, index) =>
    aKept('priority Blocker protects it', { ref: `acme/app#${index}`, attention: true }),
  );

  test.each([true, false])('does not push what it did off the screen (all: %s)', (all) => {
    const lines = section(table(aReport(kept, { mode: 'prune' }), 80, { all }), 'Needs attention');
    expect(lines[0]).toBe('Needs attention (30)');
    expect(lines).toHaveLength(2 + 2 * 5 + 1);
    expect(lines.at(-1)).toBe('  … and 25 more; all of them: bugprune report');
  });

  test('is listed in a dry run: all of it in a file, where there is room for it', () => {
    expect(section(table(aReport(kept), 80, { all: true }), 'Needs attention')).toHaveLength(2 + 2 * 30);
  });
});

describe('why a bug is undecided', () => {
  const lines = (...reasons: ReturnType<typeof aReason>[]) =>
    section(table(aReport([anUndecided('', { reasons })])), 'Undecided, therefore kept');
  const history = aReason('history', 'unknown', 'its history could not be read completely');
  const reopened = aReason('reopened', 'unknown', 'whether it was reopened was not read');

  test('is said once: what asks the history follows from that', () => {
    expect(lines(history, reopened)[3]).toBe('    its history could not be read completely');
  });

  test('is said in full where it has other reasons, or the history is not among them', () => {
    const votes = aReason('votes', 'unknown', 'the number of votes was not read');
    expect(lines(history, reopened, votes)[3]).toBe(
      '    its history could not be read completely; the number of votes was not read',
    );
    expect(lines(reopened)[3]).toBe('    whether it was reopened was not read');
  });
});

/** Titles and names that are wider, or narrower, than they are long. */
const WORDS = {
  Chinese: '保存時にアプリケーションがクラッシュする',
  Korean: '저장할 때 프로그램이 종료됨',
  'half width': 'ﾊﾝｶｸ ｶﾅ',
  'full width': 'ＦＵＬＬ ｗｉｄｔｈ',
  'a family': '👩‍👩‍👧‍👦 of four',
  flags: '🇩🇪🇯🇵🏳️‍🌈🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  'skin tones': '👍🏽👍🏿',
  'a keycap': '1️⃣ 2️⃣',
  'combining marks': 'Zurück éééé ñññ ç̌',
  zalgo: 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘',
  Arabic: 'تعطل عند الحفظ مع أسماء طويلة',
  Hebrew: 'קריסה בשמירה של קובץ עם שם ארוך',
  Devanagari: 'सहेजते समय क्रैश',
  Thai: 'โปรแกรมหยุดทำงานเมื่อบันทึก',
  joiners: 'zero\u200dwidth\u200cjoiner',
};

describe('wide characters, emoji and scripts of all kinds', () => {
  const titles = Object.values(WORDS).flatMap((word) => [
    word,
    word.repeat(8),
    `${word} and some more words behind it, until the end`,
  ]);
  const bugs = titles.map((title, index) => anEntry({ ref: `acme/app#${index}`, title }));

  test.each([60, 80, 120, 160, 200])('neither leave their line nor move a column, at %i', (width) => {
    const lines = section(table(aReport(bugs), width, { all: true }), 'Would close');
    const head = lines[1]?.indexOf('title') ?? 0;
    for (const line of lines.slice(2)) {
      expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(line.slice(0, head)).toMatch(/^ {2}acme\/app#\d+ +\d+ d +\d+ d {2}$/);
    }
  });

  test.each(Object.entries(WORDS))('keep the columns behind a ref straight: %s', (_, word) => {
    const lines = section(table(aReport([anEntry({ ref: word }), anEntry({ ref: 'ERP-1' })])), 'Would close').slice(1);
    const ends = lines.map((line) => widthOf(line.slice(0, line.search(/(title|It does not work)$/))));
    expect(new Set(ends).size).toBe(1);
  });

  test('are never cut through the middle', () => {
    for (const word of Object.values(WORDS)) {
      for (let width = 60; width < 100; width++) {
        const cut = table(aReport([anEntry({ title: word.repeat(10) })]), width).find((line) => line.endsWith('…')) ?? '';
        const shown = cut.slice(cut.indexOf('300 d') + 7, -1);
        const graphemes = [...new Intl.Segmenter().segment(word.repeat(10))].map(({ segment }) => segment);
        let whole = '';
        for (const one of graphemes) if (whole.length < shown.length) whole += one;
        expect(whole.trimEnd()).toBe(shown);
      }
    }
  });
});

describe('links', () => {
  const linked = { ...PLAIN, link: (text: string, address = '') => `<${address}|${text}>` };

  test('lead from the ref to the bug, and take no room', () => {
    const bugs = [anEntry(), anEntry({ ref: 'ERP-1', url: 'https://acme.atlassian.net/browse/ERP-1' })];
    const lines = table(aReport(bugs), 80, { palette: linked });
    expect(lines).toContain('  <https://github.com/acme/app/issues/1|acme/app#1>     400 d     300 d  It does not work');
    expect(lines).toContain('  <https://acme.atlassian.net/browse/ERP-1|ERP-1>          400 d     300 d  It does not work');
    expect(lines.map((line) => line.replace(/<[^|>]*\|([^>]*)>/g, '$1'))).toEqual(table(aReport(bugs)));
  });

  test('what they show is cut and made harmless like any other text', () => {
    const [line = ''] = table(poisoned(`${'\u001b]8;;x\u0007'.repeat(20)}`, 'https://e.example/'), 60, {
      palette: { ...COLOURED, link: linked.link },
    }).filter((one) => one.includes('<https://e.example/|'));
    const shown = /\|([^>]*)>/.exec(line)?.[1] ?? '';
    expect(widthOf(shown)).toBeLessThanOrEqual(20);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(shown).not.toMatch(/[\u0000-\u001f]/);
  });
});
