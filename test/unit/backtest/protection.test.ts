import { describe, expect, test } from 'vitest';
import { countProtection } from '../../../src/backtest/protection.js';
import type { Actor, Bug } from '../../../src/model/bug.js';
import { aBug } from '../../../src/testing.js';
import { bind, MONA, ROBOT, ruleset } from '../rules/given.js';
import { life, on, type Parts, run } from './backlog.js';
import { week } from './given.js';

/** A bug with so many comments by somebody. */
const discussed = (comments: number, actor: Actor = MONA, parts: Parts = {}) =>
  aBug({
    events: Array.from({ length: comments }, () => ({ at: week(1), kind: 'commented' as const, actor })),
    comments,
    ...parts,
  });

/** What guards would have kept of bugs that were regretted, and of others. */
function protection(regretted: readonly Bug[], others: readonly Bug[]) {
  const count = countProtection();
  for (const bug of regretted) count.add(bug, true);
  for (const bug of others) count.add(bug, false);
  return count.list();
}

const times = (number: number, bug: Bug): Bug[] => Array.from({ length: number }, () => bug);
const plain = aBug();

describe('what guards would have kept', () => {
  test('of several settings, the one that tells regrets from other closures', () => {
    const found = protection(
      [...times(8, discussed(6)), ...times(2, plain)],
      [...times(15, discussed(2)), ...times(5, discussed(5))],
    );
    expect(found).toEqual([{ guard: 'comments', setting: 'comments: 3', regrets: 8, others: 5, rate: 0.1176 }]);
  });

  test('all guards, the best first', () => {
    const cared = discussed(8, MONA, { votes: 5, assignees: [MONA], labels: ['bug', 'customer'] });
    const voted = aBug({ votes: 9, labels: ['bug'] });
    const found = protection(
      [...times(6, cared), ...times(2, voted)],
      [...times(9, aBug({ labels: ['Bug'] })), ...times(1, voted)],
    );
    expect(found.map(({ setting, regrets, others }) => [setting, regrets, others])).toEqual([
      ['votes: 1', 8, 1],
      ['assigned: true', 6, 0],
      ['comments: 1', 6, 0],
      ['labels: ["customer"]', 6, 0],
    ]);
  });

  test('labels are told apart as guards do, and stand as they are written', () => {
    const labelled = [...times(2, aBug({ labels: ['P1: "now"'] })), ...times(2, aBug({ labels: ['p1: "NOW"', 'P1: "now"'] }))];
    expect(protection(labelled, times(4, plain))).toMatchObject([
      { setting: 'labels: ["P1: \\"now\\""]', regrets: 4, others: 0 },
    ]);
  });

  test.each<[string, Bug[], Bug[]]>([
    ['there is nothing to protect', [], times(9, discussed(9))],
    ['two regrets may be chance', times(2, discussed(9)), times(20, plain)],
    ['others are kept as well', times(9, discussed(9)), [...times(8, discussed(9)), ...times(2, plain)]],
    ['robots are no people', times(9, discussed(9, ROBOT)), times(9, plain)],
    ['labels of confidential bugs are not told', times(9, aBug({ confidential: true, labels: ['breach'] })), times(9, plain)],
    ['what is not known protects nothing here', times(9, aBug({ votes: null })), times(9, plain)],
  ])('nothing is proposed where %s', (_, regretted, others) => {
    expect(protection(regretted, others)).toEqual([]);
  });
});

describe('in a backtest', () => {
  const comments = (number: number) => Array.from({ length: number }, () => on(1, 'commented'));
  const fixed = on(12, 'closed', { value: 'completed' });
  const cared = (index: number, after = 0) =>
    life(`acme/app#${index}`, [...comments(3), fixed, ...Array.from({ length: after }, () => on(13, 'commented'))], {
      state: 'closed',
    });
  const bugs = [...[1, 2, 3].map((index) => cared(index)), ...[4, 5, 6].map((index) => life(`acme/app#${index}`))];

  test('it is that time that counts: what was said later protected nobody', async () => {
    const late = [1, 2, 3].map((index) => cared(index, 20));
    expect((await run([...late, ...bugs.slice(3)])).protection).toEqual([
      { guard: 'comments', setting: 'comments: 1', regrets: 3, others: 0, rate: 0 },
    ]);
  });

  test('the guard that it proposes does what it says', async () => {
    const before = await run(bugs);
    const [best] = before.protection;
    const after = await run(bugs, ruleset({ guards: bind('guard', { comments: 1 }) }));
    expect(best?.setting).toBe('comments: 1');
    expect([before.summary.rate, best?.rate, after.summary.rate]).toEqual([0.5, 0, 0]);
    expect(after.protection).toEqual([]);
  });
});
