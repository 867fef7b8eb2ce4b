import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Target } from '../../../src/model/bug.js';
import { classifyTargets, type TargetClass, targetNames } from '../../../src/model/target.js';
import { nameMatcher } from '../../../src/model/text.js';

const isParked = nameMatcher(['Backlog', 'Future*']);
const live: Target = { name: 'v2', state: 'open' };
const over: Target = { name: 'v1', state: 'closed' };
const unread: Target = { name: 'v3', state: 'unknown' };
const parked = (state: Target['state']): Target => ({ name: 'Backlog', state });

const PLAIN: [Target[], TargetClass][] = [
  [[live], 'targeted'],
  [[over], 'slipped'],
  [[unread], 'unknown'],
  [[live, over], 'targeted'],
  [[live, unread], 'targeted'],
  [[over, unread], 'unknown'],
  [[live, over, unread], 'targeted'],
];

describe('the target class', () => {
  test.each<[string, Parameters<typeof classifyTargets>[0], TargetClass]>([
    ['no targets', [], 'untargeted'],
    ['a project without releases', 'unplanned', 'unknown'],
    ['targets that we may not see', 'unreadable', 'unknown'],
    ['a parked name in other letters', [{ name: 'future RELEASES', state: 'open' }], 'parked'],
    ['two parked names', [parked('open'), { name: 'Future', state: 'closed' }], 'parked'],
  ])('of %s is %s', (_case, targets, expected) => {
    expect(classifyTargets(targets, isParked)).toBe(expected);
  });

  test.each(['open', 'closed', 'unknown'] as const)('of a parked name is parked, also when it is %s', (state) => {
    expect(classifyTargets([parked(state)], isParked)).toBe('parked');
  });

  test.each(PLAIN)('of %j is %s, alone and beside parked ones', (targets, expected) => {
    expect(classifyTargets(targets, isParked)).toBe(expected);
    for (const state of ['open', 'closed', 'unknown'] as const) {
      expect(classifyTargets([parked(state), ...targets], isParked)).toBe(expected);
      expect(classifyTargets([...targets, parked(state)], isParked)).toBe(expected);
    }
  });

  test('is untargeted for nothing but a list that was read and is empty', () => {
    const target = fc.record({
      name: fc.constantFrom('Backlog', 'v1', ''),
      state: fc.constantFrom('open' as const, 'closed' as const, 'unknown' as const),
    });
    fc.assert(
      fc.property(fc.array(target, { minLength: 1, maxLength: 5 }), (targets) => {
        expect(classifyTargets(targets, isParked)).not.toBe('untargeted');
      }),
    );
  });
});

test('the names of targets', () => {
  expect(targetNames([live, over])).toEqual(['v2', 'v1']);
  expect(targetNames('unplanned')).toEqual([]);
  expect(targetNames('unreadable')).toEqual([]);
});
