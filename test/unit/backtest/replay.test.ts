import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyReplay } from '../../../src/backtest/replay.js';
import { stretchesOf } from '../../../src/backtest/stretches.js';
import type { Bug } from '../../../src/model/bug.js';
import { judge, type Ruleset } from '../../../src/rules/judge.js';
import type { BoundRule } from '../../../src/rules/rule.js';
import { aBug } from '../../../src/testing.js';
import { policy, ruleset, US } from '../rules/given.js';
import { nastyBugs, rulesets, WEEKLY, week } from './given.js';
import { type NaiveRun, replayNaively } from './naive.js';

const SEED = 20_261_122;

/** What a replay says of each run, in the words of the naive one. */
function deedsOf(bug: Bug, rules: Ruleset) {
  const { warnings, closing } = policyReplay(rules, WEEKLY)(stretchesOf(bug, WEEKLY));
  const warned = warnings.map(({ run, policy }) => ({ run, verdict: 'warn', policy }));
  return closing ? [...warned, { run: closing.run, verdict: 'close', policy: closing.policy }] : warned;
}

function naiveDeeds(found: readonly (NaiveRun | null)[]) {
  return found.flatMap((one, run) =>
    one && (one.verdict === 'warn' || one.verdict === 'close') ? [{ run, verdict: one.verdict, policy: one.policy }] : [],
  );
}

const agrees = (rules: fc.Arbitrary<Ruleset>, numRuns: number) =>
  fc.assert(
    fc.property(nastyBugs, rules, (bug, by) => {
      expect(deedsOf(bug, by)).toEqual(naiveDeeds(replayNaively(bug, by, WEEKLY.runs)));
    }),
    { numRuns, seed: SEED },
  );

/** Rules that change their mind from week to week. */
const moody = (kind: BoundRule['kind'], weeks: number): BoundRule => ({
  id: 'moody',
  kind,
  check: (bug, { now }) => {
    const holds = Math.floor(Date.parse(now) / 604_800_000 / weeks) % 2 === (bug.comments ?? 0) % 2;
    return { outcome: holds ? 'match' : 'no-match', message: 'moody', data: {} };
  },
});

const moodyRulesets: fc.Arbitrary<Ruleset> = fc
  .record({ rules: rulesets, kind: fc.constantFrom('criterion' as const, 'guard' as const), weeks: fc.constantFrom(1, 3) })
  .map(({ rules, kind, weeks }) => {
    const [first, ...others] = rules.policies;
    if (!first) return rules;
    const changed =
      kind === 'criterion'
        ? { ...first, criteria: [...first.criteria, moody(kind, weeks)] }
        : { ...first, guards: [...first.guards, moody(kind, weeks)] };
    return { ...rules, policies: [changed, ...others] };
  });

describe('a replay does what the ordinary judge says at every run, of the bug as it was', () => {
  test('whatever happened to the bug, and by any policies', () => agrees(rulesets, 1500));

  test("also with a user's own rules, which may be of another mind each week", () => agrees(moodyRulesets, 500));

  test('and these cases are not idle: bugs are warned, warned again, closed at once and after a warning', () => {
    const seen = fc.sample(fc.tuple(nastyBugs, rulesets), { numRuns: 1000, seed: SEED }).map(([bug, rules]) =>
      deedsOf(bug, rules)
        .map(({ verdict }) => verdict)
        .join(' '),
    );
    const share = (pattern: RegExp) => seen.filter((deeds) => pattern.test(deeds)).length / seen.length;
    expect(share(/^close/)).toBeGreaterThan(0.1);
    expect(share(/^warn close/)).toBeGreaterThan(0.02);
    expect(share(/^warn warn/)).toBeGreaterThan(0.01);
    expect(share(/^$/)).toBeGreaterThan(0.1);
  });

  test('nothing is decided by what comes later: the future makes no difference', () => {
    fc.assert(
      fc.property(nastyBugs, rulesets, fc.nat(WEEKLY.runs.length - 1), (bug, rules, run) => {
        const found = replayNaively(bug, rules, WEEKLY.runs.slice(0, run + 1));
        expect(deedsOf(bug, rules).filter((deed) => deed.run <= run)).toEqual(naiveDeeds(found));
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});

describe('what makes halving right', () => {
  test('while nothing happens to a bug, what one policy alone once proposes it goes on proposing', () => {
    fc.assert(
      fc.property(nastyBugs, rulesets, (bug, rules) => {
        for (const policy of rules.policies) {
          for (const stretch of stretchesOf(bug, WEEKLY)) {
            const runs = WEEKLY.runs.slice(stretch.first, stretch.end);
            const proposals = runs.map((at) => {
              const { verdict } = judge(stretch.bug, { ...rules, policies: [policy] }, at);
              return verdict === 'close' || verdict === 'warn';
            });
            expect(proposals).toEqual(proposals.toSorted());
          }
        }
      }),
      { numRuns: 500, seed: SEED },
    );
  });

  test('several policies together may stop: the first one warned, and from when it decides the second is not asked', () => {
    const warnedBug = aBug({
      createdAt: week(-12),
      events: [{ at: week(1), kind: 'commented', actor: US, mark: { run: 'real', action: 'warn', policy: 'slow' } }],
    });
    const rules = ruleset({
      policies: [
        policy({ name: 'slow', when: { untargetedFor: '20w' }, warn: { count: 12, unit: 'w' } }),
        policy({ name: 'quick', when: { untargetedFor: '16w' } }),
      ],
    });
    const verdicts = [3, 4, 7, 8, 12, 13].map((number) => judge(warnedBug, rules, week(number)).verdict);
    expect(verdicts).toEqual(['keep', 'close', 'close', 'keep', 'keep', 'close']);
    expect(deedsOf(warnedBug, rules)).toEqual([{ run: 4, verdict: 'close', policy: 'quick' }]);
  });
});
