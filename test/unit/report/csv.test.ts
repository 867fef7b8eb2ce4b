import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/report/document.js';
import { forCsv } from '../../../src/report/escape.js';
import { FORMATS } from '../../../src/report/formats.js';
import { BACKLOG, CLEAN, PRUNED } from './backlog.js';
import { anEntry, aReport, render } from './given.js';
import { HOSTILE, REPORTS } from './hostile.js';

const csv = (report: Report): string => render(FORMATS.csv, report);

/** Reads CSV as RFC 4180 has it, or as a spreadsheet does whose delimiter is another; a quote means something at the start of a cell only. */
function parse(text: string, delimiter = ','): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    const cell = new RegExp(`(?:"((?:[^"]|"")*)"?)?([^\\r\\n${delimiter}]*)(${delimiter}|\\r\\n|$)`, 'y');
    cell.lastIndex = at;
    const [all = '', quoted = '', bare = '', end = ''] = cell.exec(text) ?? [];
    rows.at(-1)?.push(quoted.replaceAll('""', '"') + bare);
    at += all.length;
    if (end === '\r\n' && at < text.length) rows.push([]);
    if (all === '') throw new Error(`cannot be read from ${JSON.stringify(text.slice(at, at + 20))}`);
  }
  return rows;
}

/** The rows by the names of the columns. */
function records(report: Report): Record<string, string>[] {
  const [names = [], ...rows] = parse(csv(report).slice(1));
  return rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
}

describe('CSV', () => {
  test('looks like this', async () => {
    await expect(csv(BACKLOG)).toMatchFileSnapshot('../../golden/report/backlog.csv');
    await expect(csv(PRUNED)).toMatchFileSnapshot('../../golden/report/pruned.csv');
  });

  test('has a byte order mark, and CR LF after each line and nowhere else', () => {
    for (const report of [BACKLOG, PRUNED, CLEAN, aReport([]), ...REPORTS]) {
      const text = csv(report);
      expect(text.match(/\ufeff/g)).toHaveLength(1);
      expect(text.startsWith('\ufeffref,tracker,')).toBe(true);
      expect(text.split('\r\n')).toHaveLength(report.bugs.length + 2);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    }
  });

  test('has one line for each bug, all verdicts, in the order of the report, with as many cells as the heading', () => {
    for (const report of [BACKLOG, PRUNED, ...REPORTS]) {
      const [names = [], ...rows] = parse(csv(report).slice(1));
      expect(names).toHaveLength(21);
      for (const row of rows) expect(row).toHaveLength(21);
    }
    expect(records(BACKLOG).map(({ ref, verdict }) => [ref, verdict])).toEqual(
      BACKLOG.bugs.map(({ ref, verdict }) => [ref, verdict]),
    );
  });

  test('comes in parts', () => {
    const parts = FORMATS.csv.render(BACKLOG);
    expect([...parts]).toHaveLength(BACKLOG.bugs.length + 1);
  });

  test('says what the report says', () => {
    const [first, , , , confidential] = records(BACKLOG);
    expect(first).toEqual({
      ref: 'acme/app#12',
      tracker: 'app',
      url: 'https://github.com/acme/app/issues/12',
      title: BACKLOG.bugs[0]?.title,
      verdict: 'close',
      policy: 'untargeted',
      attention: 'false',
      priority: '',
      assignees: '',
      targetClass: 'untargeted',
      targets: '',
      createdAt: BACKLOG.bugs[0]?.createdAt,
      updatedAt: BACKLOG.bugs[0]?.updatedAt,
      untargetedSince: BACKLOG.bugs[0]?.untargetedSince,
      lastHumanActivityAt: BACKLOG.bugs[0]?.lastHumanActivityAt,
      daysUntargeted: '1404',
      daysIdle: '903',
      engagement: '2',
      why: 'no target release for 400 days; no human activity for 300 days',
      resultStatus: '',
      resultDetail: '',
    });
    expect(confidential).toMatchObject({ ref: 'acme/app#206', title: '' });
    expect(records(BACKLOG).find(({ ref }) => ref === 'acme/app#41')).toMatchObject({
      attention: 'true',
      priority: 'Critical',
      assignees: 'octocat, hubot',
      why: 'priority Critical protects it',
    });
  });

  test('after a prune says what became of it, and still why', () => {
    expect(records(PRUNED)[3]).toMatchObject({
      resultStatus: 'failed',
      resultDetail: 'the comment was refused: 403',
      why: 'no target release for 400 days; no human activity for 300 days',
    });
  });

  test('leaves empty what is not known, and says zero where it is zero', () => {
    const parts = { untargetedSince: null, lastHumanActivityAt: null, engagement: null };
    expect(records(aReport([anEntry(parts)]))[0]).toMatchObject({ daysUntargeted: '', daysIdle: '', engagement: '' });
    const now = '2026-11-22T09:00:00Z';
    const zero = { untargetedSince: now, lastHumanActivityAt: now, engagement: 0 };
    expect(records(aReport([anEntry(zero)]))[0]).toMatchObject({ daysUntargeted: '0', daysIdle: '0', engagement: '0' });
  });
});

describe('a cell of CSV', () => {
  test.each([
    ['plain', 'plain'],
    ['acme/app#12', 'acme/app#12'],
    ['', ''],
    ['two words', '"two words"'],
    ['a "quoted" word', '"a ""quoted"" word"'],
    ['a,b', '"a,b"'],
    ['a\nb', '"a b"'],
    ['-5', '-5'],
    ['-5.25', '-5.25'],
    ['+1', '"+1"'],
    ['=1+1', `"'=1+1"`],
    ['+1 -1', `"'+1 -1"`],
    ['-5+cmd|calc', `"'-5+cmd|calc"`],
    ['--force deletes nothing', `"'--force deletes nothing"`],
    ['@sum(a1)', `"'@sum(a1)"`],
    ['\t=1', `" '=1"`],
    ['\r=1', `" '=1"`],
    [' =1', `" '=1"`],
    ['\u00a0=1', `"\u00a0'=1"`],
    ['\u200b=1', `"\u200b'=1"`],
    ['"=1', `"""'=1"`],
    ['＝1', `"'＝1"`],
    ['＋1', `"'＋1"`],
    ['－1', `"'－1"`],
    ['＠sum', `"'＠sum"`],
    ['a;=1', `"a;'=1"`],
    ['a; "@x', `"a; ""'@x"`],
    ['a = b', '"a = b"'],
    ['user@acme.example', '"user@acme.example"'],
    ['std::vector', 'std::vector'],
    ['::error::x', '"::error::x"'],
    ['C## is no ##heading', '"C## is no ##heading"'],
    ['##[error]', '"#\u2060#[error]"'],
    ['##vso[x]', '"#\u2060#vso[x]"'],
  ])('of %j is %j', (text, cell) => {
    expect(forCsv(text)).toBe(cell);
  });

  const pieces = fc.constantFrom(
    ...HOSTILE,
    '=',
    '+',
    '-',
    '@',
    '＝',
    '＠',
    ';',
    ',',
    '"',
    "'",
    ' ',
    '\n',
    '\t',
    '\u00ad',
    '1',
    'x',
    '##',
    '[',
  );
  const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 6 }).map((parts) => parts.join(''));

  test('is read as one cell, and as what it was', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [first = '', second = '', ...more] = parse(`${forCsv(one)},${forCsv(other)}\r\n`).flat();
        expect(more).toEqual([]);
        for (const [given, read] of [
          [one, first],
          [other, second],
        ] as const) {
          const line = given.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, ' ');
          expect(read.replace(/['\u2060]/g, '')).toBe(line.replace(/['\u2060]/g, ''));
        }
      }),
      { seed: 7 },
    );
  });

  test.each([',', ';'])('is no formula where %j is the delimiter', (delimiter) => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        for (const cell of parse(`${forCsv(one)},${forCsv(other)}\r\n`, delimiter).flat()) {
          if (!/^[-+]?\d+(\.\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[\s\p{Cf}"]*[=+\-@＝＋－＠]/u);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test('is what it was, where it is harmless', () => {
    const harmless = fc.string({ unit: fc.constantFrom(...'abc XYZ 019 .,!?äß漢字é:#"'.split('')) });
    fc.assert(
      fc.property(harmless, (given) => {
        expect(parse(`${forCsv(given)}\r\n`)).toEqual([[given]]);
      }),
      { seed: 7 },
    );
  });

  test('takes no time to find out, however it is made', () => {
    const long = 100_000;
    for (const unit of [' ', '"', ';', '; ', '#', '##a', "'", '\u00ad']) {
      const started = performance.now();
      forCsv(unit.repeat(long));
      expect(performance.now() - started, unit).toBeLessThan(2000);
    }
  });
});
