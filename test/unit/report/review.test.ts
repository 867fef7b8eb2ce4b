import { describe, expect, test } from 'vitest';
import { widthOf } from '../../../src/report/columns.js';
import type { ReportBug } from '../../../src/report/document.js';
import { type Choice, choiceInWords, proposalScreen, question, tally, withChoices } from '../../../src/report/review.js';
import { isOver, parseSnooze } from '../../../src/report/snooze.js';
import { aKept, anEntry, aReason, aReport, COLOURED, daysAgo, NOW, PLAIN } from './given.js';
import { HOSTILE } from './hostile.js';

const AGREED: Choice = { kind: 'agreed' };
const KEEP: Choice = { kind: 'keep' };
const SNOOZE: Choice = { kind: 'snooze', until: '2027-03-01' };

const first = anEntry({ ref: 'acme/app#1' });
const second = anEntry({ ref: 'acme/app#2', verdict: 'warn' });
const third = anEntry({ ref: 'acme/app#3' });
const fourth = anEntry({ ref: 'acme/app#4' });
const kept = aKept('pinned', { ref: 'acme/app#5' });
const PROPOSALS = [first, second, third, fourth];
const REPORT = aReport([...PROPOSALS, kept]);
const CHOICES = new Map<ReportBug, Choice>([
  [first, AGREED],
  [second, AGREED],
  [third, KEEP],
  [fourth, SNOOZE],
]);

describe('a report with choices in it', () => {
  test('is what an editor would have made of it', () => {
    const { report, proposals } = withChoices(REPORT, PROPOSALS, CHOICES);
    const edited = [first, second, { ...third, verdict: 'keep' }, { ...fourth, verdict: 'keep', snooze: '2027-03-01' }, kept];
    expect(report).toEqual(aReport(edited as ReportBug[]));
    expect(proposals.map(({ ref }) => ref)).toEqual(['acme/app#1', 'acme/app#2', 'acme/app#4']);
    expect(proposals.every((bug) => report.bugs.includes(bug))).toBe(true);
  });

  test('leaves what was not decided as it is, and out of what is done', () => {
    const { report, proposals } = withChoices(REPORT, PROPOSALS, new Map([[third, AGREED]]));
    expect(report).toEqual(REPORT);
    expect(proposals).toEqual([third]);
  });

  test('keeps the order of the proposals, which is not that of the report', () => {
    const { proposals } = withChoices(REPORT, [third, first], new Map([...CHOICES, [third, AGREED]]));
    expect(proposals).toEqual([third, first]);
  });
});

describe('what was decided, in words', () => {
  test.each<[string, ReadonlyMap<ReportBug, Choice>]>([
    ['nothing', new Map()],
    ['close 1, warn 1, keep 1, snooze 1', CHOICES],
    [
      'keep 2',
      new Map([
        [first, KEEP],
        [second, KEEP],
      ]),
    ],
  ])('%s', (words, choices) => {
    expect(tally(choices)).toBe(words);
  });

  test('of one', () => {
    const forGood: Choice = { kind: 'snooze', until: 'forever' };
    const all = [AGREED, KEEP, SNOOZE, forGood].map((choice) => choiceInWords(second, choice));
    expect(all).toEqual(['warn', 'keep', 'snooze until 2027-03-01', 'snooze for good']);
  });

  test('as a question', () => {
    const { proposals } = withChoices(REPORT, PROPOSALS, CHOICES);
    expect(question(proposals, REPORT)).toBe('Close 1, warn 1 and snooze 1 of 5 open bugs, each with a comment');
    expect(question([third], aReport([third]))).toBe('Close 1 of 1 open bug, with a comment');
  });
});

describe('the screen of one proposal', () => {
  const screen = (bug: ReportBug, width = 80, choices: ReadonlyMap<ReportBug, Choice> = new Map()) =>
    proposalScreen(bug, { index: 2, total: 25, choices }, REPORT, { width, palette: PLAIN });

  test('has all that it takes to decide', () => {
    const bug = anEntry({
      priority: 'Minor',
      assignees: ['mona', 'octocat'],
      reasons: [...first.reasons, aReason('remark', 'no-match', 'has the resolution Fixed although it is open')],
    });
    expect(screen(bug, 80, CHOICES)).toBe(`
3 of 25 · so far: close 1, warn 1, keep 1, snooze 1
acme/app#1  It does not work
https://github.com/acme/app/issues/1
  age       reported 400 d ago · no target for 400 d · idle for 300 d
  why       no target release for 400 days; no human activity for 300 days
  interest  2 (votes, and comments by people)
  priority  Minor
  assigned  mona, octocat
  note      has the resolution Fixed although it is open
`);
  });

  test('says what is not known, and tells nothing of a confidential bug', () => {
    const text = screen(anEntry({ title: '', engagement: null, lastHumanActivityAt: null }));
    expect(text).toContain('acme/app#1  (confidential)\n');
    expect(text).toContain('interest  not known\n');
    expect(text).toContain('no person ever acted\n');
    expect(text).not.toMatch(/so far|priority|assigned|note/);
  });

  test.each([60, 80, 120])('fits into %i columns, whatever the title', (width) => {
    const titles = ['word '.repeat(80), 'w'.repeat(300), '漢字'.repeat(90), '👩‍👩‍👧‍👦 '.repeat(40), ...HOSTILE];
    for (const title of titles) {
      const assignees = [title.slice(0, 90)];
      const text = screen(anEntry({ title, priority: title, assignees, url: 'https://x.example/1' }), width);
      const widest = Math.max(...text.split('\n').map(widthOf));
      expect(widest, JSON.stringify(title)).toBeLessThanOrEqual(width);
    }
  });

  test.each(HOSTILE.map((text) => [JSON.stringify(text), text]))('%s does no harm', (_, text) => {
    const reasons = [aReason('untargetedFor', 'match', text), aReason('remark', 'no-match', text)];
    const shown = screen(anEntry({ ref: text, title: text, url: text, priority: text, assignees: [text], reasons }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(shown).not.toMatch(/^\s*::|##\[|##vso|##teamcity/im);
  });

  test('colours only what it is made of', () => {
    const palette = COLOURED;
    const text = proposalScreen(anEntry({ title: 'x '.repeat(60) }), { index: 0, total: 1, choices: new Map() }, REPORT, {
      width: 60,
      palette,
    });
    for (const line of text.split('\n').slice(2, 5))
      expect([line.slice(0, 4), line.slice(-5)]).toEqual(['\u001b[1m', '\u001b[39m']);
  });
});

describe('until when', () => {
  test.each<[string, string | null]>([
    ['3mo', '2027-02-22'],
    ['6w', '2027-01-03'],
    ['10d', '2026-12-02'],
    ['36h', '2026-11-23'],
    ['1y', '2027-11-22'],
    [' 3MO ', '2027-02-22'],
    ['2027-03-01', '2027-03-01'],
    ['2028-02-29', '2028-02-29'],
    ['2027-02-29', null],
    ['2027-3-1', null],
    ['01.03.2027', null],
    ['Forever', 'forever'],
    ['99999y', '9999-12-31'],
    ['soon', null],
    ['0d', null],
    ['-3mo', null],
    ['', null],
  ])('%j', (typed, until) => {
    expect(parseSnooze(typed, NOW)).toBe(until);
  });

  test('a day counts until it is over', () => {
    expect(isOver(NOW.slice(0, 10), NOW)).toBe(false);
    expect(isOver(daysAgo(1).slice(0, 10), NOW)).toBe(true);
    expect(isOver('forever', NOW)).toBe(false);
  });
});
