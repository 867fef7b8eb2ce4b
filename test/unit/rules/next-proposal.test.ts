import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add } from '../../../src/model/duration.js';
import { judge, type Ruleset } from '../../../src/rules/judge.js';
import { nextProposal } from '../../../src/rules/next-proposal.js';
import type { BoundRule } from '../../../src/rules/rule.js';
import { proposes } from '../../../src/rules/steady.js';
import { bugs, rulesets } from './arbitraries.js';
import { ago, MONA, NOW, old, type Parts, policy, ruleset, WEEK, warning } from './given.js';

const DAYS = 150;
const onDay = (days: number) => add(NOW, { count: days, unit: 'd' });

/** The first day of all on which the judge proposes something, tried one by one. */
function firstDay(...[bug, rules]: [Parameters<typeof judge>[0], Ruleset]): number | null {
  for (let day = 0; day <= DAYS; day++) if (proposes(judge(bug, rules, onDay(day)))) return day;
  return null;
}

const daysUntil = (at: string) => Math.ceil((Date.parse(at) - Date.parse(NOW)) / 86_400_000);

test('it is the day that the judge gives when it is asked day by day, and the second before is too early', () => {
  const found = { later: 0, never: 0, now: 0 };
  fc.assert(
    fc.property(bugs, rulesets, (bug, rules) => {
      const next = nextProposal(bug, rules, NOW);
      expect(next && daysUntil(next.at)).toBe(firstDay(bug, rules));
      found[next === null ? 'never' : next.at > NOW ? 'later' : 'now']++;
      if (next === null) return;
      const judgement = judge(bug, rules, next.at);
      expect({ verdict: next.verdict, policy: next.policy }).toEqual({
        verdict: judgement.verdict,
        policy: judgement.policy,
      });
      const before = new Date(Date.parse(next.at) - 1000).toISOString().replace('.000', '');
      if (next.at > NOW) expect(proposes(judge(bug, rules, before))).toBe(false);
    }),
    { numRuns: 400, seed: 7 },
  );
  expect(found.later).toBeGreaterThan(50);
  expect(found.never).toBeGreaterThan(50);
  expect(found.now).toBeGreaterThan(50);
});

const at = (parts: Parts, rules: Partial<Ruleset> = {}) => nextProposal(old(parts), ruleset(rules), NOW);
const warns = [policy({ when: { untargetedFor: '6w' }, warn: WEEK })];

describe('when a bug becomes a candidate if nothing happens', () => {
  test.each<[string, ReturnType<typeof at>, object | null]>([
    ['it is one', at({}), { at: NOW, verdict: 'close', policy: 'untargeted', closesOn: '2026-11-22' }],
    ['it is too young', at({ createdAt: ago(41) }), { at: '2026-11-23T09:00:00Z', verdict: 'close', closesOn: '2026-11-23' }],
    [
      'somebody has spoken',
      at({ events: [{ at: ago(3, 5), kind: 'commented', actor: MONA }] }),
      { at: '2026-12-03T08:59:55Z', verdict: 'close' },
    ],
    ['it is planned', at({ targets: [{ name: 'v1', state: 'open' }] }), null],
    ['its history is not known', at({ history: 'partial' }), null],
    ['it is closed', at({ state: 'closed' }), null],
    [
      'it is to be warned first',
      at({ createdAt: ago(40) }, { policies: warns }),
      { at: '2026-11-24T09:00:00Z', verdict: 'warn', closesOn: '2026-12-01' },
    ],
    [
      'its warning ages',
      at({ events: [warning(2)] }, { policies: warns }),
      { at: '2026-11-27T09:00:00Z', verdict: 'close', closesOn: '2026-11-27' },
    ],
    [
      'an earlier policy keeps its promise first',
      at({ events: [warning(2)] }, { policies: [...warns, policy({ name: 'other' })] }),
      { at: '2026-11-27T09:00:00Z', policy: 'untargeted' },
    ],
    ['in eleven years', at({}, { policies: [policy({ when: { untargetedFor: '11y' } })] }), null],
    ['in nine years', at({}, { policies: [policy({ when: { untargetedFor: '9y' } })] }), { verdict: 'close' }],
  ])('%s', (_, next, expected) => {
    if (expected === null) expect(next).toBeNull();
    else expect(next).toMatchObject(expected);
  });

  test("a rule of a user's own may change its mind as it likes: every day is tried", () => {
    const mondays: BoundRule = {
      id: 'mondays',
      kind: 'criterion',
      check: (_bug, { now }) => ({
        outcome: new Date(now).getUTCDay() === 1 ? 'match' : 'no-match',
        message: 'is it Monday?',
        data: {},
      }),
    };
    const own = { ...policy(), criteria: [mondays] };
    expect(at({}, { policies: [own] })).toMatchObject({ at: '2026-11-23T09:00:00Z', verdict: 'close' });
    expect(at({ labels: ['pinned'] }, { policies: [{ ...own, criteria: [{ ...mondays, check: never }] }] })).toBeNull();
  });
});

const never: BoundRule['check'] = () => ({ outcome: 'no-match', message: 'never', data: {} });
