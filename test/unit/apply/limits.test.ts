import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Allowance, allowance, earlierClosings, excess, type Limits, lifted, refusal } from '../../../src/apply/limits.js';
import type { ReportBug } from '../../../src/report/document.js';
import { aKept, anEntry } from '../report/given.js';
import { aRun, times } from './runs.js';

const LIMITS: Limits = { closes: 25, warnings: 50, share: 20, surge: 3 };

/** What is allowed, without the words for it. */
function allowed(limits: Partial<Limits>, open: number, earlier: readonly number[] = []): Partial<Allowance> {
  const { closes, warnings, by } = allowance({ ...LIMITS, ...limits }, open, earlier);
  return { closes, warnings, by };
}

describe('what a prune may do', () => {
  test.each<[string, Partial<Limits>, number, number[], number, Allowance['by']]>([
    ['a large backlog: so many and no more', {}, 300, [], 25, 'closes'],
    ['a smaller one: a share of it', {}, 42, [], 9, 'share'],
    ['as many either way', {}, 125, [], 25, 'closes'],
    ['a small one: one is always possible', {}, 3, [], 1, 'share'],
    ['an empty one', {}, 0, [], 0, 'share'],
    ['a share of nothing', { share: 0 }, 300, [], 0, 'share'],
    ['all of them', { share: 100 }, 20, [], 20, 'share'],
    ['nothing may be closed', { closes: 0 }, 300, [9, 9, 9], 0, 'closes'],
    ['a share with decimals', { closes: 999, share: 0.5 }, 1000, [], 5, 'share'],
    ['a share that binary fractions cannot hold', { closes: 999, share: 1.1 }, 1000, [], 11, 'share'],
    ['two runs are no habit', {}, 300, [1, 1], 25, 'closes'],
    ['three are', {}, 300, [1, 1, 1], 3, 'surge'],
    ['one odd week changes nothing', {}, 300, [2, 2, 25], 6, 'surge'],
    ['between two in the middle', {}, 300, [1, 2, 3, 9], 8, 'surge'],
    ['usually nothing counts as one', {}, 300, [0, 0, 0, 0], 3, 'surge'],
    ['only the last ten count', {}, 300, [9, 9, 9, ...times(10, 1)], 3, 'surge'],
    ['the newest of them are those at the end', {}, 300, [...times(10, 1), ...times(10, 8)], 24, 'surge'],
    ['a factor with decimals, rounded up', { surge: 1.5 }, 300, [5, 5, 5], 8, 'surge'],
    ['a factor that binary fractions cannot hold', { surge: 1.1 }, 300, [10, 10, 10], 11, 'surge'],
    ['as many by share and surge', { surge: 1 }, 50, [10, 10, 10], 10, 'share'],
  ])('%s', (_, limits, open, earlier, closes, by) => {
    expect(allowed(limits, open, earlier)).toEqual({ closes, warnings: 50, by });
  });

  const limits = fc.record({
    closes: fc.nat(100),
    warnings: fc.nat(100),
    share: fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
    surge: fc.integer({ min: 10, max: 100 }).map((tenths) => tenths / 10),
  });

  test('is never more than any of the limits says, and exactly what the named one says', () => {
    fc.assert(
      fc.property(limits, fc.nat(2000), fc.array(fc.nat(60), { maxLength: 14 }), (given, open, earlier) => {
        const { closes, warnings, by } = allowance(given, open, earlier);
        const share = (given.share * open) / 100;
        expect(closes).toBeLessThanOrEqual(given.closes);
        expect(closes).toBeLessThan(share + 1);
        expect(warnings).toBe(given.warnings);
        expect(Number.isInteger(closes) && closes >= 0).toBe(true);
        if (by === 'closes') expect(closes).toBe(given.closes);
        if (by === 'share') expect(closes).toBeGreaterThanOrEqual(share - 1e-6);
        if (by === 'surge') expect(earlier.length).toBeGreaterThanOrEqual(3);
      }),
      { seed: 20, numRuns: 300 },
    );
  });

  test('after runs that closed more is never less', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 3, maxLength: 14 }), fc.nat(20), (earlier, more) => {
        const now = allowance(LIMITS, 1000, earlier).closes;
        const then = allowance(
          LIMITS,
          1000,
          earlier.map((closed) => closed + more),
        ).closes;
        expect(then).toBeGreaterThanOrEqual(now);
      }),
      { seed: 21, numRuns: 200 },
    );
  });
});

describe('--limit', () => {
  const usual = allowance(LIMITS, 300, [1, 1, 1]);

  test.each([
    [128, { closes: 128, warnings: 128 }],
    [30, { closes: 30, warnings: 50 }],
    [2, { closes: 2, warnings: 50 }],
    [0, { closes: 0, warnings: 50 }],
  ])('%i', (limit, expected) => {
    expect(lifted(usual, limit)).toMatchObject(expected);
  });
});

const plan = (close: number, warn = 0): ReportBug[] => [
  ...times(close, anEntry()),
  ...times(warn, anEntry({ verdict: 'warn' })),
  aKept('label pinned protects it'),
];

describe('a plan', () => {
  const usual = allowance(LIMITS, 300, []);

  test.each([
    [0, 0],
    [25, 0],
    [25, 50],
  ])('of %i closings and %i warnings is not too much', (close, warn) => {
    expect(excess(plan(close, warn), usual)).toBeNull();
  });

  test.each([
    [26, 0, { closes: 26, warnings: null, possible: 25, needed: 26 }],
    [26, 50, { closes: 26, warnings: null, possible: 75, needed: 26 }],
    [10, 60, { closes: null, warnings: 60, possible: 60, needed: 60 }],
    [80, 60, { closes: 80, warnings: 60, possible: 75, needed: 80 }],
    [30, 60, { closes: 30, warnings: 60, possible: 75, needed: 60 }],
  ])('of %i closings and %i warnings is', (close, warn, expected) => {
    expect(excess(plan(close, warn), usual)).toMatchObject(expected);
  });

  test('goes ahead with the number that is needed, and with none that is smaller', () => {
    const limits = fc.record({ closes: fc.nat(9), warnings: fc.nat(9) });
    fc.assert(
      fc.property(limits, fc.nat(15), fc.nat(15), fc.option(fc.nat(15)), (some, close, warn, limit) => {
        const first = allowance({ ...LIMITS, ...some }, 300, []);
        const over = excess(plan(close, warn), limit === null ? first : lifted(first, limit));
        if (!over) return;
        expect(excess(plan(close, warn), lifted(first, over.needed))).toBeNull();
        expect(excess(plan(close, warn), lifted(first, over.needed - 1))).not.toBeNull();
      }),
      { seed: 22, numRuns: 300 },
    );
  });
});

describe('a refusal says why', () => {
  const why = (bugs: readonly ReportBug[], given: Allowance) => excess(bugs, given)?.why;

  test.each<[string, Allowance, ReportBug[], string]>([
    [
      'too many',
      allowance(LIMITS, 300, []),
      plan(128),
      '128 of 300 open bugs would be closed, more than limits.closes allows: 25.',
    ],
    [
      'too large a share',
      allowance({ ...LIMITS, closes: 99, share: 12.5 }, 300, []),
      plan(128),
      '128 of 300 open bugs would be closed, more than limits.share (12.5%) allows: 38.',
    ],
    [
      'unlike the weeks before',
      allowance(LIMITS, 300, [4, 4, 4]),
      plan(128),
      '128 of 300 open bugs would be closed, more than limits.surge (3x) allows after runs that closed 4 on average (median): 12.',
    ],
    [
      'unlike weeks without any',
      allowance({ ...LIMITS, surge: 1.5 }, 300, [0, 0, 0]),
      plan(128),
      '128 of 300 open bugs would be closed, more than limits.surge (1.5x) allows after runs that mostly closed none (counted as 1): 2.',
    ],
    [
      'too many warnings',
      allowance(LIMITS, 300, []),
      plan(3, 60),
      '60 of 300 open bugs would be warned, more than limits.warnings allows: 50.',
    ],
    [
      'too many of both',
      allowance(LIMITS, 300, []),
      plan(26, 60),
      '26 of 300 open bugs would be closed, more than limits.closes allows: 25. ' +
        '60 of 300 open bugs would be warned, more than limits.warnings allows: 50.',
    ],
    [
      'more than was said',
      lifted(allowance(LIMITS, 300, []), 100),
      plan(128, 128),
      '128 of 300 open bugs would be closed, more than --limit allows: 100. ' +
        '128 of 300 open bugs would be warned, more than --limit allows: 100.',
    ],
    [
      'more warnings than ever',
      lifted(allowance(LIMITS, 300, []), 10),
      plan(3, 60),
      '60 of 300 open bugs would be warned, more than limits.warnings allows: 50.',
    ],
    [
      'the only one',
      allowance({ ...LIMITS, closes: 0 }, 1, []),
      plan(1),
      '1 of 1 open bug would be closed, more than limits.closes allows: 0.',
    ],
  ])('%s', (_, given, bugs, expected) => {
    expect(why(bugs, given)).toBe(expected);
  });

  const refused = (limits: Limits) => {
    const over = excess(plan(128), allowance(limits, 300, []));
    if (!over) throw new Error('expected it to be too much');
    return refusal(over, 'bugprune prune acme/app');
  };

  test('and names the commands that go ahead', () => {
    const { code, message, hint } = refused(LIMITS);
    expect({ code, message, hint }).toEqual({
      code: 'refused',
      message: '128 of 300 open bugs would be closed, more than limits.closes allows: 25. Nothing was changed.',
      hint:
        'The 25 that people care about least: bugprune prune acme/app --drain\n' +
        'All of them: bugprune prune acme/app --limit 128',
    });
  });

  test('and does not propose to drain where nothing may be closed', () => {
    expect(refused({ ...LIMITS, closes: 0 }).hint).toBe('All of them: bugprune prune acme/app --limit 128');
  });
});

describe('what earlier runs closed', () => {
  test('is counted in the order of the runs, each bug that was really closed', () => {
    const mixed = ['closed', 'warned', 'already-closed', 'skipped', 'failed', null, 'closed'] as const;
    const runs = [aRun('a', times(4, 'closed')), aRun('b', mixed), aRun('c', times(1, 'closed'))];
    expect(earlierClosings(runs, ['app'])).toEqual([4, 2, 1]);
  });

  test('is nothing in a normal week, and that counts', () => {
    expect(earlierClosings([aRun('a', []), aRun('b', ['skipped'])], ['app'])).toEqual([0, 0]);
  });

  test('says something about the same trackers only, in whatever order', () => {
    const of = (...trackers: string[]) => aRun(trackers.join(), ['closed'], { trackers });
    const runs = [of('app'), of('app', 'erp'), of('erp', 'app'), of('erp'), of()];
    expect(earlierClosings(runs, ['app', 'erp'])).toEqual([1, 1]);
    expect(earlierClosings(runs, ['app'])).toEqual([1]);
  });

  test.each(['interrupted', 'failed', null] as const)('does not count where a run did not finish: %s', (end) => {
    expect(earlierClosings([aRun('a', ['closed'], { end })], ['app'])).toEqual([]);
  });

  test('does not count once it was taken back', () => {
    const runs = [
      aRun('a', times(99, 'closed')),
      aRun('b', ['closed']),
      aRun('undo-a', [...times(98, 'taken-back' as const), 'left'], { kind: 'undo', of: 'a' }),
      aRun('undo-b', ['taken-back'], { kind: 'undo', of: 'b', end: 'interrupted' }),
    ];
    expect(earlierClosings(runs, ['app'])).toEqual([1]);
  });
});
