import { describe, expect, test } from 'vitest';
import { criteria } from '../../../src/rules/criteria.js';
import { guards } from '../../../src/rules/guards.js';
import { bindRule, finding } from '../../../src/rules/rule.js';
import { targetFinding } from '../../../src/rules/target.js';
import { NOW, old } from './given.js';

describe('a rule with its options', () => {
  test.each([
    ['a guard that was not asked for', guards.votes, undefined, false],
    ['a guard that is switched off', guards.assigned, false, false],
    ['a guard with an empty list', guards.labels, [], false],
    ['a guard with options', guards.labels, ['pinned'], true],
    ['a criterion that was not asked for', criteria.openFor, undefined, false],
    ['a criterion with an empty list: without it, more would be closed', criteria.labels, [], true],
  ] as const)('%s', (_case, rule, options, bound) => {
    expect(bindRule(rule as typeof guards.labels, options as string[] | undefined) !== null).toBe(bound);
  });

  test('checks with them', () => {
    const rule = bindRule(guards.votes, 10);
    expect(rule).toMatchObject({ id: 'votes', kind: 'guard' });
    expect(rule?.check(old({ votes: 10 }), { now: NOW, targetClass: 'untargeted' }).outcome).toBe('match');
  });

  test('finds one of two things', () => {
    expect(finding(true, 'yes')).toEqual({ outcome: 'match', message: 'yes', data: {} });
    expect(finding(false, 'no', { days: 1 })).toEqual({ outcome: 'no-match', message: 'no', data: { days: 1 } });
  });
});

const v1 = { name: 'v1', state: 'closed' as const };

describe('what the target says', () => {
  const TREAT = { parked: 'attention', slipped: 'attention', unplanned: 'undecided' } as const;
  test.each([
    ['untargeted', [], {}, 'match', 'no target release'],
    ['targeted', [v1, { name: 'v2', state: 'open' }], {}, 'no-match', 'planned for v1, v2'],
    ['slipped', [v1], {}, 'no-match', 'v1 is over, and it is still open'],
    ['slipped', [v1], { slipped: 'targeted' }, 'no-match', 'v1 is over, and it is still open'],
    ['slipped', [v1], { slipped: 'untargeted' }, 'match', 'v1 is over, and it is still open'],
    ['slipped', [v1], { parked: 'untargeted', unplanned: 'untargeted' }, 'no-match', 'v1 is over, and it is still open'],
    ['parked', [v1], {}, 'no-match', 'only parked in v1'],
    ['parked', [v1], { parked: 'targeted' }, 'no-match', 'only parked in v1'],
    ['parked', [v1], { parked: 'untargeted' }, 'match', 'only parked in v1'],
    ['parked', [v1], { slipped: 'untargeted', unplanned: 'untargeted' }, 'no-match', 'only parked in v1'],
    ['unknown', 'unplanned', {}, 'unknown', 'its project plans no releases at all, so that no bug in it can have a target'],
    [
      'unknown',
      'unplanned',
      { unplanned: 'untargeted' },
      'match',
      'its project plans no releases at all, so that no bug in it can have a target',
    ],
    ['unknown', 'unreadable', {}, 'unknown', 'its target release could not be read'],
    ['unknown', 'unreadable', { unplanned: 'untargeted' }, 'unknown', 'its target release could not be read'],
    [
      'unknown',
      [{ name: 'v3', state: 'unknown' }],
      { unplanned: 'untargeted', slipped: 'untargeted' },
      'unknown',
      'its target release could not be read',
    ],
  ] as const)('%s, %j, treated %j: %s', (targetClass, targets, treat, outcome, message) => {
    const names = typeof targets === 'string' ? [] : targets.map(({ name }) => name);
    const bug = old({ targets: typeof targets === 'string' ? targets : [...targets] });
    expect(targetFinding(bug, targetClass, { ...TREAT, ...treat })).toEqual({
      outcome,
      message,
      data: { class: targetClass, names },
    });
  });
});
