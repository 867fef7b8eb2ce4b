import { describe, expect, test } from 'vitest';
import { judge, type Ruleset } from '../../../src/rules/judge.js';
import type { BoundRule } from '../../../src/rules/rule.js';
import { NOW, old, policy, ruleset } from './given.js';

const judged = (rules: Partial<Ruleset>) => judge(old(), ruleset(rules), NOW);

describe("a rule of the user's own", () => {
  const own = (kind: BoundRule['kind'], finding: object): BoundRule => ({
    id: 'own',
    kind,
    check: () => ({ outcome: 'unknown', message: 'own', data: {}, ...finding }),
  });

  test.each([
    ['criterion', 'match', 'close'],
    ['criterion', 'no-match', 'keep'],
    ['criterion', 'unknown', 'undecided'],
    ['guard', 'match', 'keep'],
    ['guard', 'no-match', 'close'],
    ['guard', 'unknown', 'undecided'],
    // Written without types, it may answer anything.
    ['criterion', 'nomatch', 'undecided'],
    ['criterion', undefined, 'undecided'],
    ['guard', true, 'undecided'],
  ] as const)('a %s that answers %j: %s', (kind, outcome, verdict) => {
    const rule = own(kind, { outcome });
    const plain = policy();
    const policies = [kind === 'criterion' ? { ...plain, criteria: [rule] } : { ...plain, guards: [rule] }];
    expect(judged({ policies }).verdict).toBe(verdict);
  });

  test('cannot pass for another', () => {
    const policies = [
      { ...policy(), guards: [own('guard', { outcome: 'match', rule: 'open', kind: 'criterion', policy: null })] },
    ];
    expect(judged({ policies }).reasons[0]).toEqual({
      rule: 'own',
      kind: 'guard',
      policy: 'untargeted',
      outcome: 'match',
      message: 'own',
      data: {},
    });
  });

  test('is told the clock and the target class', () => {
    const seen: unknown[] = [];
    const spy: BoundRule = {
      ...own('guard', {}),
      check(_bug, context) {
        seen.push(context);
        return { outcome: 'no-match', message: '', data: {} };
      },
    };
    judged({ guards: [spy] });
    expect(seen).toEqual([{ now: NOW, targetClass: 'untargeted' }]);
  });
});
