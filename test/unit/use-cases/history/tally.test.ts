import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fate } from '../../../../src/use-cases/history/fate.js';
import { type Closing, hintsOn, outcomesOf, policiesOf } from '../../../../src/use-cases/history/tally.js';

const FATE: Fate = { reopened: false, openNow: false, fixed: false, comments: 0, votes: 0, early: false };

let last = 0;
const closing = (parts: Partial<Omit<Closing, 'fate'>> = {}, fate: Partial<Fate> | null = {}): Closing => ({
  run: 'first',
  tracker: 'app',
  ref: `acme/app#${++last}`,
  policy: 'untargeted',
  at: '2026-09-01T09:00:00Z',
  ...parts,
  fate: fate && { ...FATE, ...fate },
});

test('fates are counted', () => {
  const closings = [
    closing({}, { reopened: true, openNow: true, comments: 2, votes: 3 }),
    closing({}, { reopened: true, fixed: true }),
    closing({}, { fixed: true, votes: null }),
    closing({}, { comments: 1, votes: 4 }),
    closing(),
    closing({}, null),
  ];
  expect(outcomesOf(closings)).toEqual({
    reopened: 2,
    openNow: 1,
    fixed: 2,
    stillClosed: 2,
    answered: 2,
    comments: 3,
    votes: 7,
    unknown: 1,
  });
});

describe('policies', () => {
  test('by name and month, each bug once, by its latest closing', () => {
    const again = { ref: 'acme/app#again' };
    const policies = policiesOf([
      closing({ ...again, policy: 'gentle', at: '2026-10-02T00:00:00Z' }, { reopened: true, early: true }),
      closing({ at: '2026-10-01T00:00:00Z' }, { comments: 1 }),
      closing({ ...again, at: '2026-09-02T00:00:00Z' }),
      closing({ ...again, tracker: 'lib', at: '2026-09-02T00:00:00Z' }, null),
    ]);
    expect(policies).toMatchObject([
      { policy: 'gentle', closed: 1, reopened: 1, early: 1, months: [{ month: '2026-10', closed: 1, reopened: 1 }] },
      {
        policy: 'untargeted',
        closed: 2,
        answered: 1,
        unknown: 1,
        early: 0,
        months: [
          { month: '2026-09', closed: 1, unknown: 1, stillClosed: 0 },
          { month: '2026-10', closed: 1, answered: 1, stillClosed: 1 },
        ],
      },
    ]);
  });

  test('months add up', () => {
    const fate = fc.record({
      reopened: fc.boolean(),
      openNow: fc.boolean(),
      fixed: fc.boolean(),
      comments: fc.nat({ max: 3 }),
      votes: fc.option(fc.nat({ max: 9 })),
      early: fc.boolean(),
    });
    const parts = fc.record({
      policy: fc.constantFrom('a', 'b'),
      at: fc.constantFrom('2026-08-01T00:00:00Z', '2026-09-30T23:59:59Z', '2026-10-01T00:00:00Z'),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(parts, fc.option(fate))), (given) => {
        const closings = given.map(([some, its]) => closing(some, its));
        const policies = policiesOf(closings);
        expect(policies.reduce((sum, { closed }) => sum + closed, 0)).toBe(closings.length);
        for (const { policy: _, early, months, ...counts } of policies) {
          expect(early).toBeLessThanOrEqual(counts.closed - counts.unknown);
          for (const [key, count] of Object.entries(counts))
            expect(months.reduce((sum, month) => sum + (month[key as keyof typeof counts] ?? 0), 0)).toBe(count);
        }
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});

describe('a hint', () => {
  const hints = (early: number, others: number, unknown = 0) =>
    hintsOn(
      policiesOf([
        ...Array.from({ length: early }, () => closing({}, { early: true })),
        ...Array.from({ length: others }, () => closing()),
        ...Array.from({ length: unknown }, () => closing({}, null)),
      ]),
    );

  test.each([
    ['a tenth', 2, 18, 0, false],
    ['more than a tenth', 3, 26, 0, true],
    ['much of too few to tell', 5, 4, 0, false],
    ['more than a tenth of what is known', 2, 8, 90, true],
    ['nothing that is known', 0, 0, 30, false],
    ['nothing', 0, 30, 0, false],
  ])('after %s has come back', (_what, early, others, unknown, expected) => {
    expect(hints(early, others, unknown)).toHaveLength(expected ? 1 : 0);
  });

  test('names policy, numbers and what to type next', () => {
    expect(hints(12, 68)).toEqual([
      {
        policy: 'untargeted',
        early: 12,
        of: 80,
        rate: 0.15,
        message:
          'The policy "untargeted" may close too much. Of 80 bugs that it closed, people reopened, fixed or answered 12 (15 %) within 90 days.',
        command: 'bugprune backtest',
      },
    ]);
  });
});
