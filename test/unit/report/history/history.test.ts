import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bars } from '../../../../src/report/bars.js';
import { widthOf } from '../../../../src/report/columns.js';
import type { BacklogSize, Hint, History, PastRun, PolicyOutcomes } from '../../../../src/report/history/document.js';
import { type HistoryLooks, historyText } from '../../../../src/report/history/history.js';
import { nextSteps } from '../../../../src/report/history/words.js';
import { COLOURED, NOW, PLAIN } from '../given.js';

function aRun(run: string, parts: Partial<PastRun> = {}): PastRun {
  return {
    run,
    kind: 'prune',
    of: null,
    source: 'journal',
    startedAt: run.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-.*/, '$1-$2-$3T$4:$5:$6Z'),
    ended: 'finished',
    trackers: ['app'],
    planned: 0,
    closed: 0,
    warned: 0,
    snoozed: 0,
    alreadyClosed: 0,
    skipped: 0,
    failed: 0,
    takenBack: 0,
    left: 0,
    undoneBy: null,
    open: null,
    ...parts,
  };
}

const counts = (open: number, closed: number): Partial<PastRun> => ({ open, planned: closed, closed });

const RUNS: readonly PastRun[] = [
  aRun('20260104T060000Z-0d1e2f', { source: 'tracker', ended: null, planned: 12, closed: 12 }),
  aRun('20260901T090000Z-a1b2c3', { ...counts(412, 25), warned: 3, planned: 28, reopened: 2, openNow: 1, unknown: 1 }),
  aRun('20260908T090000Z-b2c3d4', { ...counts(395, 17), takenBack: 15, undoneBy: '20260908T100000Z-c3d4e5' }),
  aRun('20260908T100000Z-c3d4e5', { kind: 'undo', of: '20260908T090000Z-b2c3d4', planned: 17, takenBack: 15, left: 2 }),
  aRun('20260915T090000Z-d4e5f6', { ...counts(1390, 9), planned: 9, trackers: ['app', 'erp'] }),
  aRun('20260922T090000Z-e5f6a7', {
    ...counts(371, 4),
    planned: 12,
    skipped: 2,
    failed: 1,
    alreadyClosed: 1,
    ended: 'interrupted',
  }),
];

const BACKLOG: readonly BacklogSize[] = [
  { at: '2026-09-01T09:00:00Z', open: 412, trackers: ['app'] },
  { at: '2026-09-08T09:00:00Z', open: 395, trackers: ['app'] },
  { at: '2026-09-15T09:00:00Z', open: 1390, trackers: ['app', 'erp'] },
  { at: '2026-09-22T09:00:00Z', open: 120, trackers: ['app'] },
];

function aHistory(runs: readonly PastRun[] = RUNS, backlog: readonly BacklogSize[] = BACKLOG, problems: string[] = []): History {
  return { version: 1, kind: 'history', generatedAt: NOW, runs: [...runs], backlog: [...backlog], problems };
}

function looks(parts: Partial<HistoryLooks> = {}): HistoryLooks {
  const next = [{ label: 'To finish the latest run', command: 'bugprune prune --resume 20260922T090000Z-e5f6a7' }];
  return { width: 100, palette: PLAIN, where: 'journals in .bugprune', next, ...parts };
}

const MONTH = { closed: 25, stillClosed: 24, reopened: 1, openNow: 1, fixed: 0, answered: 0, comments: 0, votes: 0, unknown: 0 };
const POLICIES: readonly PolicyOutcomes[] = [
  {
    policy: 'untargeted',
    ...{ closed: 67, stillClosed: 60, reopened: 4, openNow: 2, fixed: 3, answered: 6, comments: 9, votes: 12, unknown: 1 },
    early: 8,
    months: ['2026-07', '2026-08', '2026-09'].map((month) => ({ month, ...MONTH })),
  },
  { policy: 'warn first', ...MONTH, closed: 1, stillClosed: 1, reopened: 0, openNow: 0, votes: 1, early: 0, months: [] },
];
const HINT: Hint = {
  policy: 'untargeted',
  early: 8,
  of: 66,
  rate: 8 / 66,
  message:
    'The policy "untargeted" may close too much. Of 66 bugs that it closed, people reopened, fixed or answered 8 (12.1 %) within 90 days.',
  command: 'bugprune backtest',
};

describe('a run that snoozed bugs', () => {
  const run = aRun('20260929T090000Z-f6a7b8', { ...counts(360, 2), planned: 5, snoozed: 3 });

  test('says so, and that they can be taken back; none of them counts as not reached', () => {
    const text = historyText(aHistory([run], []), looks());
    expect(text).toContain('3 snoozed\n');
    expect(text).not.toContain('not reached');
    expect(text).toContain('1 prune: 2 bugs closed, 3 snoozed.');
    const snoozedOnly = aRun('20260930T090000Z-a7b8c9', { planned: 1, snoozed: 1 });
    expect(nextSteps(aHistory([snoozedOnly], []), null)).toEqual([{ label: 'To take the latest run back', words: ['undo'] }]);
  });

  test('is silent where there were none', () => {
    expect(historyText(aHistory(), looks())).not.toContain('snoozed');
  });
});

describe('what became of the closed bugs looks like this', () => {
  test.each([60, 100])('in %i columns', async (width) => {
    const past = {
      ...aHistory([aRun(RUNS[1]?.run ?? '', { ...RUNS[1], fixed: 1, answered: 4 }), ...RUNS.slice(2, 3)], []),
      policies: [...POLICIES],
      hints: [HINT],
    };
    const next = nextSteps(past, null).map(({ label, words }) => ({ label, command: ['bugprune', ...words].join(' ') }));
    await expect(historyText(past, looks({ width, next }))).toMatchFileSnapshot(`../../../golden/history/outcomes-${width}.txt`);
  });

  test('of many months the latest ones are shown, and the others counted', () => {
    const month = (index: number) => ({ month: `20${10 + index}-01`, ...MONTH });
    const months = Array.from({ length: 20 }, (_, index) => month(index));
    const text = historyText({ ...aHistory(), policies: [{ policy: 'old', ...MONTH, early: 0, months }] }, looks());
    expect(text).toContain(
      '… 8 earlier months; all of them: --json\n    2018-01  25 closed, 24 of them ever since, 1 reopened (1 open now)\n',
    );
    expect(text).not.toContain('2017-01');
  });
});

describe('the past looks like this', () => {
  test.each([60, 100, 160])('in %i columns', async (width) => {
    await expect(historyText(aHistory(), looks({ width }))).toMatchFileSnapshot(`../../../golden/history/past-${width}.txt`);
  });

  test('in colours', async () => {
    const past = aHistory(RUNS, BACKLOG, ['lib: the server cannot be reached']);
    await expect(historyText(past, looks({ palette: COLOURED }))).toMatchFileSnapshot('../../../golden/history/past-100.ansi');
  });

  test('where there is none', async () => {
    const past = aHistory([], []);
    const next = nextSteps(past, null).map(({ label, words }) => ({ label, command: ['bugprune', ...words].join(' ') }));
    await expect(historyText(past, looks({ next }))).toMatchFileSnapshot('../../../golden/history/none.txt');
  });
});

test('of many runs the latest ones are shown, and the others counted', () => {
  const day = (index: number) => String(index + 1).padStart(2, '0');
  const runs = Array.from({ length: 30 }, (_, index) => aRun(`202609${day(index)}T090000Z-aaaaaa`, counts(400 - index, 1)));
  const text = historyText(aHistory(runs, []), looks({ next: [] }));
  expect(text).toContain('… 5 earlier; all of them: --json');
  expect(text.match(/T090000Z/g)).toHaveLength(25);
  expect(text).toContain('20260930T090000Z');
  expect(text).not.toContain('20260905T090000Z');
});

describe('the bars', () => {
  test('stand on zero, so that half as high is half as many', () => {
    expect(bars([0, 1, 50, 51, 100])).toBe('▁▁▄▅█');
    expect(bars([0, 0])).toBe('▁▁');
    expect(bars([])).toBe('');
  });

  test('never compare the sizes of different trackers', () => {
    const lines = historyText(aHistory(), looks()).split('\n');
    const start = lines.indexOf('Open bugs when a prune began');
    expect(lines.slice(start + 1, start + 3)).toEqual(['  app  2026-09-01 412 ██▃ 120 2026-09-22', '']);
  });

  test('fit, however long the past is', () => {
    const sizes = Array.from({ length: 500 }, (_, index) => ({ at: NOW, open: 500 - index, trackers: ['app'] }));
    const line = historyText(aHistory(RUNS, sizes), looks({ width: 60 }))
      .split('\n')
      .find((one) => one.startsWith('  app'));
    expect(line).toHaveLength(60);
    expect(line).toMatch(/^ {2}app {2}2026-11-22 500 █+▇+▆+▅+▄+▃+▂+▁+ 1 2026-11-22$/);
  });
});

describe('the next command', () => {
  const steps = (...runs: readonly PastRun[]) => nextSteps(aHistory(runs, []), null).map(({ words }) => words.join(' '));
  const prune = (parts: Partial<PastRun> = {}) => aRun('20260901T090000Z-a1b2c3', { ...counts(10, 1), ...parts });
  const undo = aRun('20260902T090000Z-b2c3d4', { kind: 'undo', of: '20260901T090000Z-a1b2c3', takenBack: 1 });

  test.each<[string, readonly PastRun[], string]>([
    ['a run that is done', [prune()], 'undo'],
    ['a run that was interrupted', [prune({ ended: 'interrupted' })], 'prune --resume 20260901T090000Z-a1b2c3'],
    ['a run that crashed', [prune({ ended: null })], 'prune --resume 20260901T090000Z-a1b2c3'],
    ['a run that gave up', [prune({ ended: 'failed' })], 'prune --resume 20260901T090000Z-a1b2c3'],
    ['a run that did nothing', [prune({ closed: 0 })], 'report'],
    ['a run that was taken back', [prune({ takenBack: 1 }), undo], 'report'],
    ['an undo that was interrupted', [prune(), { ...undo, ended: 'interrupted' }], 'undo 20260901T090000Z-a1b2c3'],
    [
      'an undo that was interrupted, of a run without a journal',
      [{ ...undo, ended: 'interrupted' }],
      'undo 20260901T090000Z-a1b2c3 --from-tracker',
    ],
    ['a run that only the trackers know', [prune({ source: 'tracker', ended: null })], 'report'],
  ])('after %s', (_case, runs, command) => {
    expect(steps(...runs)).toEqual([command]);
  });

  test('where no run is known', () => {
    expect(steps()).toEqual(['report', 'history --from-tracker']);
    expect(nextSteps(aHistory([], []), ['acme/app']).map(({ words }) => words)).toEqual([['report', 'acme/app']]);
  });
});

const hostile = '::error::x \u001b[2J ##[group]\u202e 错误🐛';
const word = fc.constantFrom('app', 'a very long name for a tracker', '错误错误错误', hostile);
const count = fc.nat({ max: 20_000 });
const pastRun: fc.Arbitrary<PastRun> = fc
  .record({
    run: fc.constantFrom('20260901T090000Z-a1b2c3', 'weekly', 'a-name-that-somebody-chose-and-that-does-not-end', hostile),
    kind: fc.constantFrom('prune' as const, 'undo' as const),
    source: fc.constantFrom('journal' as const, 'tracker' as const),
    ended: fc.constantFrom('finished' as const, 'interrupted' as const, 'failed' as const, null),
    trackers: fc.array(word, { maxLength: 3 }),
    closed: count,
    skipped: count,
    left: count,
    open: fc.option(fc.nat({ max: 2_000_000 })),
    reopened: count,
  })
  .map(({ run, ...parts }) => aRun(run, { ...parts, startedAt: NOW, of: parts.kind === 'undo' ? hostile : null }));

test('fits any terminal, and nothing in it is live', () => {
  const sizes = fc.array(fc.record({ open: count, trackers: fc.array(word, { maxLength: 3 }) }), { maxLength: 90 });
  fc.assert(
    fc.property(fc.array(pastRun, { maxLength: 40 }), sizes, fc.integer({ min: 60, max: 200 }), (runs, open, width) => {
      const sized = open.map((size) => ({ ...size, at: NOW }));
      const policies = runs.map(({ run, closed }) => ({ policy: run, ...MONTH, early: 0, closed, months: [] }));
      const past = { ...aHistory(runs, sized, [hostile]), policies, hints: [{ ...HINT, message: hostile }] };
      const text = historyText(past, looks({ width, where: `journals in ${hostile}`, next: [] }));
      for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(text).not.toMatch(/::|##\[/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    }),
    { seed: 11, numRuns: 200 },
  );
});
