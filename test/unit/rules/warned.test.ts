import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/rules/judge.js';
import { ago, MONA, NOW, old, type Parts, policy, ROBOT, ruleset, US, WEEK, warning } from './given.js';

type Event = NonNullable<Parts['events']>[number];
const by = (actor: Event['actor'], days: number, kind: Event['kind'] = 'commented'): Event => ({ at: ago(days), kind, actor });

const warns = policy({ when: { untargetedFor: '6w' }, warn: WEEK });
const judged = (events: readonly Event[], policies = [warns]) => judge(old({ events: [...events] }), ruleset({ policies }), NOW);

const first = 'to be warned first, and closed 1 week later';
const ages = (days: number) => `warned on ${ago(days).slice(0, 10)}, less than 1 week ago`;
const due = (days: number) => `warned on ${ago(days).slice(0, 10)} without an answer`;

describe('a policy that warns first', () => {
  test.each<[string, Event[], string, string]>([
    ['nothing was said yet', [], 'warn', first],
    ['the warning ages', [warning(3)], 'keep', ages(3)],
    ['a second too young', [{ ...warning(7), at: ago(7, -1) }], 'keep', ages(7)],
    ['of age, to the second', [warning(7)], 'close', due(7)],
    ['of age for long', [warning(30)], 'close', due(30)],
    ['a person answered', [warning(30), by(MONA, 20)], 'warn', first],
    ['a person answered within that second', [warning(30), by(MONA, 30)], 'warn', first],
    ['a missing account answered', [warning(30), by(null, 20)], 'warn', first],
    ['our own account answered, by hand', [warning(30), by(US, 20)], 'warn', first],
    ['a person took a label off', [warning(30), by(MONA, 20, 'unlabeled')], 'warn', first],
    ['a robot answered', [warning(30), by(ROBOT, 20)], 'close', due(30)],
    ['a person had spoken before', [by(MONA, 31), warning(30)], 'close', due(30)],
    ['a person answered, and it was warned again', [warning(30), by(MONA, 20), warning(10)], 'close', due(10)],
    ['a person answered, and the new warning ages', [warning(30), by(MONA, 20), warning(5)], 'keep', ages(5)],
    ['an older warning counts no more than the newer', [warning(30), warning(2)], 'keep', ages(2)],
    ['the warning was that of another policy', [warning(30, 'other')], 'warn', first],
    ['the warning was taken back', [{ ...warning(30), mark: { run: 'r', action: 'undo', policy: 'untargeted' } }], 'warn', first],
    ['somebody pasted our marker', [warning(30, 'untargeted', MONA)], 'warn', first],
    ['a robot pasted our marker', [warning(30, 'untargeted', ROBOT)], 'warn', first],
    [
      'closed by a robot and reopened by it since',
      [warning(80), by(ROBOT, 79, 'closed'), by(ROBOT, 60, 'reopened')],
      'warn',
      first,
    ],
    ['it had a target in between', [warning(80), by(ROBOT, 70, 'targeted'), by(ROBOT, 60, 'untargeted')], 'warn', first],
    [
      'a closing comment whose closing failed',
      [warning(30), { ...warning(20), mark: { run: 'r', action: 'close', policy: 'untargeted' } }],
      'close',
      due(30),
    ],
  ])('%s', (_case, events, verdict, message) => {
    const judgement = judged(events);
    expect(judgement.verdict).toBe(verdict);
    expect(judgement.policy).toBe(verdict === 'keep' ? null : 'untargeted');
    expect(judgement.reasons[0]).toMatchObject({ rule: 'warned', kind: 'criterion', policy: 'untargeted', message });
  });

  test.each<[string, Parts, string]>([
    ['is no way around a guard', { assignees: [MONA] }, 'keep'],
    ['is no way around a criterion', { createdAt: ago(41) }, 'keep'],
    ['is not trusted while the history is not whole', { history: 'partial' }, 'undecided'],
    ['does not help where we could not close', { obstacle: 'read-only' }, 'undecided'],
  ])('a warning of age %s', (_case, parts, verdict) => {
    const rules = ruleset({ policies: [{ ...warns, guards: policy({ keep: { assigned: true } }).guards }] });
    expect(judge(old({ events: [warning(30)], ...parts }), rules, NOW).verdict).toBe(verdict);
  });
});

describe('warnings among several policies', () => {
  const second = policy({ name: 'second', when: { untargetedFor: '6w' }, warn: WEEK });
  const atOnce = policy({ name: 'at once', when: { untargetedFor: '6w' } });

  test.each<[string, Event[], ReturnType<typeof policy>[], string, string | null]>([
    ['what was promised is kept: no later policy closes meanwhile', [warning(3)], [warns, atOnce], 'keep', null],
    ['no later policy warns a second time', [warning(3)], [warns, second], 'keep', null],
    ['an earlier policy that closes at once does', [warning(3)], [atOnce, warns], 'close', 'at once'],
    ['of age: the one that warned closes', [warning(8)], [warns, atOnce], 'close', 'untargeted'],
    ['the first one warns', [], [warns, second], 'warn', 'untargeted'],
  ])('%s', (_case, events, policies, verdict, name) => {
    expect(judged(events, policies)).toMatchObject({ verdict, policy: name });
  });

  test('run day after day, it warns once and then closes', () => {
    const events: Event[] = [];
    const course = Array.from({ length: 10 }, (_, index) => {
      const today = 10 - index;
      const { verdict, policy: name } = judge(old({ events }), ruleset({ policies: [warns, second, atOnce] }), ago(today));
      if (verdict === 'warn') events.push(warning(today, name ?? ''));
      return verdict;
    });
    expect(course).toEqual(['warn', 'keep', 'keep', 'keep', 'keep', 'keep', 'keep', 'close', 'close', 'close']);
  });
});
