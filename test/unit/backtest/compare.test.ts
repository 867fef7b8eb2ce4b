import { describe, expect, test } from 'vitest';
import { backtest } from '../../../src/backtest/backtest.js';
import { compare } from '../../../src/backtest/compare.js';
import type { Backtest } from '../../../src/backtest/document.js';
import { staleTrial } from '../../../src/backtest/trial.js';
import { THRESHOLDS, thresholdTrials, withThreshold } from '../../../src/backtest/vary.js';
import type { Duration } from '../../../src/model/duration.js';
import { NOT_FIXED } from '../../../src/model/fix.js';
import { judge } from '../../../src/rules/judge.js';
import { aBug } from '../../../src/testing.js';
import { ago, MONA, NOW, old, policy, ruleset } from '../rules/given.js';
import { WEEKLY, week } from './given.js';

const weeks = (count: number): Duration => ({ count, unit: 'w' });

describe('rules with another threshold', () => {
  test('differ in that alone', () => {
    const rules = ruleset({
      policies: [policy(), policy({ name: 'old', when: { openFor: '1y' } })],
    });
    const longer = withThreshold(rules, weeks(26));
    expect(judge(old(), rules, NOW).verdict).toBe('close');
    expect(judge(old(), longer, NOW).verdict).toBe('keep');
    expect(judge(old({ createdAt: ago(200) }), longer, NOW)).toMatchObject({ verdict: 'close', policy: 'untargeted' });
    expect(judge(old({ events: [{ at: ago(3), kind: 'commented', actor: MONA }] }), longer, NOW).verdict).toBe('keep');
    expect(longer.policies[1]).toEqual(rules.policies[1]);
  });

  test('need a policy that has one', () => {
    const rules = ruleset({ policies: [policy({ when: { openFor: '1y' } })] });
    expect(() => withThreshold(rules, weeks(4))).toThrow('No policy has untargetedFor');
  });
});

/** A document of which only what is compared matters. */
const document = (closed: number, regrets: number, most = regrets / closed): Backtest => ({
  version: 1,
  kind: 'backtest',
  subject: 'given',
  from: week(0),
  to: week(1),
  every: '1w',
  policyDigest: null,
  weeks: [
    { at: week(0), open: 9, withPolicy: 9, closed: 0, warned: 0 },
    { at: week(1), open: 12, withPolicy: 4, closed, warned: 0 },
  ],
  closures: [],
  rescued: [],
  summary: {
    bugs: 20,
    open: 20,
    closed,
    warned: 0,
    rescued: 0,
    regrets,
    rate: closed ? regrets / closed : null,
    medianDays: null,
    echoed: 0,
  },
  protection: [],
  assumptions: [],
  range: { closed: { least: 0, most: closed }, regrets: { least: 0, most: regrets }, rate: { least: 0, most } },
});
const variation = (count: number, backtest: Backtest) => ({ threshold: weeks(count), backtest });

describe('the threshold to choose', () => {
  test('is the shortest under the bound, in whatever order they come', () => {
    const given = [variation(26, document(50, 0)), variation(4, document(100, 5)), variation(6, document(90, 3))];
    const { recommended, recommendation, rows } = compare(given);
    expect(recommended).toBe('6w');
    expect(recommendation).toBe(
      '6w is the shortest threshold that stays under 5 %: of 90 bugs it would have closed, people came back to 3 (3.3 %).',
    );
    expect(rows.map(({ closed }) => closed)).toEqual([100, 90, 50]);
    expect(rows[1]).toMatchObject({ open: 12, withPolicy: 4, regrets: 3 });
  });

  test('comes with a caution where the history leaves room for more regrets', () => {
    expect(compare([variation(6, document(100, 2, 0.123))]).recommendation).toContain('may make it as much as 12.3 %');
  });

  test('is none where all regret too much, or close nothing', () => {
    const bad = compare([variation(4, document(10, 5)), variation(6, document(8, 3)), variation(26, document(0, 0))]);
    expect(bad.recommended).toBeNull();
    expect(bad.recommendation).toBe(
      'No threshold of 4w, 6w or 26w stays under 5 %. The lowest is 6w: people came back to 3 of 8 (37.5 %).',
    );
    const idle = compare([variation(4, document(0, 0))]);
    expect([idle.recommended, idle.recommendation]).toEqual([null, 'With a threshold of 4w nothing would have been closed.']);
  });

  test('depends on what somebody is willing to bear', () => {
    expect(compare([variation(4, document(10, 5))], [], 0.6).recommended).toBe('4w');
  });
});

test('from a backlog to a recommendation: bugs are fixed after ten weeks or never', async () => {
  const fixed = (number: number) => ({ at: week(number), kind: 'closed' as const, actor: MONA, value: 'completed' });
  const bugs = Array.from({ length: 20 }, (_, index) =>
    aBug({
      ref: `acme/app#${index}`,
      createdAt: week(0),
      ...(index < 4 ? { state: 'closed', events: [fixed(10)] } : {}),
    }),
  );
  const words = { isParked: () => false, notFixed: NOT_FIXED };
  const trials = [...thresholdTrials(ruleset(), THRESHOLDS, WEEKLY, 'sha256:abc'), staleTrial(WEEKLY)];
  const documents = await backtest(bugs, trials, WEEKLY, words);
  const given = THRESHOLDS.map((threshold, index) => ({ threshold, backtest: documents[index] ?? document(0, 0) }));
  const { recommended, rows } = compare(given, documents.slice(THRESHOLDS.length));
  expect(recommended).toBe('12w');
  expect(rows.map(({ subject, closed, regrets, open, withPolicy }) => [subject, closed, regrets, open, withPolicy])).toEqual([
    ['untargetedFor: 4w', 20, 4, 16, 0],
    ['untargetedFor: 6w', 20, 4, 16, 0],
    ['untargetedFor: 12w', 16, 0, 16, 0],
    ['untargetedFor: 26w', 16, 0, 16, 0],
    ['a stale bot: 60 days without a change, then 7 more', 16, 0, 16, 0],
  ]);
});
