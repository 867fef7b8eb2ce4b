import { describe, expect, test } from 'vitest';
import { widthOf } from '../../../src/report/columns.js';
import type { Report } from '../../../src/report/document.js';
import type { RenderOptions } from '../../../src/report/format.js';
import { FORMATS } from '../../../src/report/formats.js';
import { BACKLOG, CLEAN, PRUNED, TOO_MUCH } from './backlog.js';
import { aKept, anEntry, aReason, aReport, aTracker, COLOURED, render } from './given.js';

const table = (report: Report, options: Partial<RenderOptions> = {}) => render(FORMATS.table, report, options);
const markdown = (report: Report, options: Partial<RenderOptions> = {}) => render(FORMATS.markdown, report, options);
const golden = (name: string) => `../../golden/report/${name}`;

describe('what people see', () => {
  test.each([60, 80, 120])('a table of %i columns', async (width) => {
    await expect(table(BACKLOG, { width, next: 'bugprune prune' })).toMatchFileSnapshot(golden(`backlog-${width}.txt`));
  });

  test.each([80, 160])('a table of %i columns where the limits allow less', async (width) => {
    await expect(table(TOO_MUCH, { width, next: 'bugprune prune' })).toMatchFileSnapshot(golden(`too-much-${width}.txt`));
  });

  test('a table after a prune', async () => {
    await expect(table(PRUNED)).toMatchFileSnapshot(golden('pruned-80.txt'));
  });

  test('a table with nothing in it', async () => {
    await expect(table(CLEAN)).toMatchFileSnapshot(golden('clean-80.txt'));
  });

  test('a table in colour', async () => {
    await expect(table(BACKLOG, { palette: COLOURED })).toMatchFileSnapshot(golden('backlog-80.ansi'));
  });

  test('Markdown', async () => {
    await expect(markdown(BACKLOG, { next: 'bugprune prune' })).toMatchFileSnapshot(golden('backlog.md'));
    await expect(markdown(TOO_MUCH, { next: 'bugprune prune' })).toMatchFileSnapshot(golden('too-much.md'));
    await expect(markdown(PRUNED)).toMatchFileSnapshot(golden('pruned.md'));
  });

  test('JSON', async () => {
    await expect(render(FORMATS.json, BACKLOG)).toMatchFileSnapshot(golden('backlog.json'));
  });
});

describe('a table', () => {
  const widths = Array.from({ length: 141 }, (_, index) => 60 + index);

  test.each([
    ['a backlog', BACKLOG],
    ['more than the limits allow', TOO_MUCH],
    ['a run', PRUNED],
    [
      'long names everywhere',
      { ...BACKLOG, run: 'r'.repeat(300), trackers: [aTracker({ name: '長い名前'.repeat(60), problems: ['x'.repeat(400)] })] },
    ],
  ])('is never wider than asked: %s', (_, report) => {
    for (const width of widths) {
      const tooWide = table(report, { width, next: 'bugprune prune' })
        .split('\n')
        .filter((line) => widthOf(line) > width);
      expect(tooWide, `at ${width} columns`).toEqual([]);
    }
  });

  test('colours do not change where anything stands', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point
    expect(table(BACKLOG, { palette: COLOURED }).replace(/\u001b\[\d+m/g, '')).toBe(table(BACKLOG));
  });

  test('columns stand below each other, wide characters or not', () => {
    const lines = table(BACKLOG).split('\n');
    const start = lines.findIndex((line) => line.startsWith('Would close · app'));
    const columns = lines
      .slice(start + 1, start + 7)
      .map((line) => widthOf(line.slice(0, line.search(/( d|never|idle) {2}\S/) + 3)));
    expect(new Set(columns.map((width) => width > 0)).size).toBe(1);
    expect(lines[start + 2]?.indexOf('Crash')).toBe(lines[start + 1]?.indexOf('title'));
  });

  test('the next command is never broken: it is to be copied', () => {
    const next = `bugprune prune ${'https://github.com/acme/app '.repeat(10)}`.trim();
    expect(table(BACKLOG, { width: 60, next }).split('\n')).toContain(`Next: ${next}`);
    const lines = table(TOO_MUCH, { width: 60, next }).split('\n');
    expect(lines.slice(-3)).toEqual([
      `The 3 that people care about least: ${next} --drain`,
      `All of them: ${next} --limit 6`,
      '',
    ]);
  });

  test('says how many are not listed, and where they are', () => {
    const many = aReport(Array.from({ length: 30 }, (_, index) => anEntry({ ref: `acme/app#${index}` })));
    expect(table(many)).toContain('… and 5 more; all of them: -o report.md');
  });

  test('says loudly that something is missing, above and below', () => {
    const lines = table(BACKLOG, { width: 200 }).split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^Incomplete, app: /));
    expect(lines).toContainEqual(expect.stringMatching(/^At least 11 open bugs: /));
    expect(table(CLEAN)).toContain('\n1 open bug: 0 would be closed, 1 kept\n');
  });

  test('a reason belongs to the policy that decided', () => {
    const reasons = [
      { ...aReason('untargetedFor', 'match', 'no target release for 400 days'), policy: 'untargeted' },
      { ...aReason('openFor', 'match', 'reported 400 days ago'), policy: 'other' },
    ];
    expect(markdown(aReport([anEntry({ reasons })]))).toContain('no target release for 400 days |');
    expect(markdown(aReport([anEntry({ reasons })]))).not.toContain('reported 400 days ago');
  });
});

describe('Markdown', () => {
  test('fits into a job summary, whatever the backlog: more than 1 MiB and GitHub shows none of it', () => {
    const title = '漢'.repeat(256);
    const bugs = (verdict: 'close' | 'warn') =>
      Array.from({ length: 3000 }, (_, index) => anEntry({ ref: `acme/app#${index}`, title, verdict }));
    const kept = Array.from({ length: 3000 }, (_, index) =>
      aKept('*'.repeat(300), { ref: `acme/app#${index}`, title, attention: true }),
    );
    const text = markdown(aReport([...bugs('close'), ...bugs('warn'), ...kept]));
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text).toContain('… and 2000 more; the JSON report has all of them.');
    expect(text).toContain('### Needs attention (3000)\n\n… and 3000 more');
  });

  test('every row has as many cells as the heading', () => {
    const rows = markdown(BACKLOG)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g), row).toHaveLength(6);
  });
});

describe('JSON', () => {
  test('holds the report, value for value', () => {
    for (const report of [BACKLOG, PRUNED, CLEAN, aReport([])]) {
      expect(JSON.parse(render(FORMATS.json, report))).toEqual(report);
    }
  });

  test('the same report gives the same bytes, whatever the terminal', () => {
    const bytes = render(FORMATS.json, BACKLOG, { width: 60, palette: COLOURED, next: 'x', all: false });
    expect(bytes).toBe(render(FORMATS.json, structuredClone(BACKLOG)));
    expect(bytes).toBe(`${JSON.stringify(BACKLOG, null, 2)}\n`);
  });
});

test.each(Object.entries(FORMATS))('%s ends with one newline', (_, format) => {
  for (const report of [BACKLOG, PRUNED, CLEAN, aReport([])]) {
    expect(render(format, report)).toMatch(/[^\n]\n$/);
  }
});
