import { describe, expect, test } from 'vitest';
import type { Bug, BugEvent } from '../../../src/model/bug.js';
import type { Ruleset } from '../../../src/rules/judge.js';
import { bind, policy, ROBOT, ruleset } from '../rules/given.js';
import { fixedLater, life, on, type Parts, run } from './backlog.js';
import { week } from './given.js';

describe('what the history does not tell', () => {
  const assumptionsOf = async (bugs: readonly Bug[], rules?: Ruleset) => (await run(bugs, rules)).assumptions.join('\n');

  test('is nothing for whole histories that ended long ago', async () => {
    const { assumptions, range } = await run([fixedLater(), life('acme/app#2')]);
    expect(assumptions).toEqual([]);
    expect(range).toEqual({ closed: { least: 2, most: 2 }, regrets: { least: 1, most: 1 }, rate: { least: 0.5, most: 0.5 } });
  });

  test('a history that was not read whole: at least nothing would have been closed, at most all', async () => {
    const planned: Parts = { history: 'partial', targets: [{ name: 'v1', state: 'open' }], updatedAt: week(12) };
    const document = await run(
      [
        fixedLater(),
        life('acme/app#2', [], { history: 'unread' }),
        life('acme/app#3', [], planned),
        life('acme/app#4', [], { ...planned, labels: ['pinned'] }),
      ],
      ruleset({ guards: bind('guard', { labels: ['pinned'] }) }),
    );
    expect(document.range).toEqual({
      closed: { least: 1, most: 4 },
      regrets: { least: 1, most: 3 },
      rate: { least: 0.5, most: 1 },
    });
    expect(document.summary).toMatchObject({ closed: 2, regrets: 1, rate: 0.5 });
    expect(document.assumptions[0]).toMatch(/^Not all of the history could be read of 3 bugs\..* 1 closure of them\.$/);
  });

  test('guards without a history are taken as they are today; the range says what without them', async () => {
    const rules = ruleset({ guards: bind('guard', { votes: 10, priorities: ['Blocker'] }) });
    const bugs = [
      fixedLater(),
      life('acme/app#2', [], { votes: 10 }),
      life('acme/app#3', [], { priority: 'Blocker', votes: null }),
    ];
    const { assumptions, range } = await run(bugs, rules);
    expect(range).toMatchObject({
      closed: { least: 1, most: 3 },
      regrets: { least: 1, most: 1 },
      rate: { least: 0.3333, most: 1 },
    });
    expect(assumptions).toEqual([
      'Votes, priority, linked work and progress have no history and are taken as they are today: 2 bugs would have been closed but for these.',
    ]);
  });

  test('closings that do not say how, or are a robot’s, are fixes at most', async () => {
    const closed = (ref: string, more: Partial<BugEvent>) => life(ref, [on(9, 'closed', more)], { state: 'closed' });
    const bugs = [closed('acme/app#1', {}), closed('acme/app#2', { actor: ROBOT, value: 'completed' })];
    const { assumptions, range } = await run(bugs);
    expect(range.regrets).toEqual({ least: 0, most: 2 });
    expect(assumptions).toEqual(["A closing that does not say how, or is a robot's, is taken for a fix: 2 regrets."]);
  });

  test('a release that is over today may not have been then', async () => {
    const slipped = life('acme/app#1', [], { targets: [{ name: 'v1', state: 'closed' }] });
    const rules = ruleset({ treat: { parked: 'attention', slipped: 'untargeted', unplanned: 'undecided' } });
    const { assumptions, range } = await run([fixedLater('acme/app#2'), slipped], rules);
    expect(range.closed).toEqual({ least: 1, most: 2 });
    expect(assumptions).toEqual(['Releases are taken to have been over as they are today: 1 closure had a target.']);
  });

  test.each([
    ['There are no closed bugs', [life('acme/app#1')], ruleset()],
    ['might have kept 1 closure', [fixedLater()], ruleset({ guards: bind('guard', { inProgress: true }) })],
    ['What types ask for', [fixedLater()], ruleset({ policies: [policy({ when: { openFor: '6w', types: ['Bug'] } })] })],
    [
      '1 closure had less than 26 weeks to be regretted',
      [fixedLater(), life('acme/app#2', [], { createdAt: week(20) })],
      ruleset(),
    ],
    ['of 1 bug closed today: taken as closed at the last change', [life('a#1', [], { state: 'closed' })], ruleset()],
    [
      'taken as renamed. 0 closures of them',
      [life('a#1', [on(1, 'targeted', { value: 'x' })], { targets: [{ name: 'y', state: 'open' }] })],
      ruleset(),
    ],
    ['gone without a trace of 1 bug', [life('a#1', [on(1, 'targeted', { value: 'x' })])], ruleset()],
    ['keep us from closing 1 bug today', [life('a#1', [], { obstacle: 'archived' })], ruleset()],
  ])('says so: %s', async (text, bugs, rules) => {
    expect(await assumptionsOf(bugs, rules)).toContain(text);
  });
});
