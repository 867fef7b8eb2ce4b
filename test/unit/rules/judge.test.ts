import { describe, expect, test } from 'vitest';
import { type Judgement, judge, type Ruleset } from '../../../src/rules/judge.js';
import { ago, bind, MONA, NOW, old, type Parts, policy, ruleset } from './given.js';

const verdictOf = (parts: Parts, rules: Partial<Ruleset> = {}): Judgement => judge(old(parts), ruleset(rules), NOW);
const rulesOf = ({ reasons }: Judgement) => reasons.map(({ rule, policy }) => (policy === null ? rule : `${policy}: ${rule}`));

/** Fits anything and proposes to close it. */
const anything = (name: string) => policy({ name, when: { openFor: '1d' } });
/** Fits nothing. */
const nothing = (name: string) => policy({ name, when: { openFor: '99y' } });
/** Would close, but cannot know. */
const unsure = (name: string) => policy({ name, when: { openFor: '1d' }, keep: { votes: 10 } });

describe('the verdict', () => {
  test.each<[string, Parts, Partial<Ruleset>, Judgement['verdict'], string | null, string]>([
    ['old, quiet and untargeted', {}, {}, 'close', 'untargeted', 'no target release for 100 days'],
    ['too young', { createdAt: ago(41) }, {}, 'keep', null, 'no target release for only 41 days, less than 6 weeks'],
    [
      'talked about',
      { events: [{ at: ago(3), kind: 'commented', actor: MONA }] },
      {},
      'keep',
      null,
      'no human activity for only 3 days, less than 2 weeks',
    ],
    ['planned', { targets: [{ name: 'v2', state: 'open' }] }, {}, 'keep', null, 'planned for v2'],
    ['its targets could not be read', { targets: 'unreadable' }, {}, 'undecided', null, 'its target release could not be read'],
    [
      'a project without releases',
      { targets: 'unplanned' },
      {},
      'undecided',
      null,
      'its project plans no releases at all, so that no bug in it can have a target',
    ],
    [
      'the same, treated as untargeted',
      { targets: 'unplanned' },
      { treat: { ...ruleset().treat, unplanned: 'untargeted' } },
      'close',
      'untargeted',
      'no target release for 100 days',
    ],
    [
      'slipped, treated as untargeted',
      { targets: [{ name: 'v1', state: 'closed' }] },
      { treat: { ...ruleset().treat, slipped: 'untargeted' } },
      'close',
      'untargeted',
      'no new target release for 100 days',
    ],
    [
      'a guard for every policy',
      { labels: ['pinned'] },
      { guards: bind('guard', { labels: ['pinned'] }) },
      'keep',
      null,
      'label pinned protects it',
    ],
    [
      'a guard of its policy',
      { assignees: [MONA] },
      { policies: [policy({ keep: { assigned: true } })] },
      'keep',
      null,
      'assigned to mona',
    ],
    [
      'a guard that cannot know',
      { votes: null },
      { policies: [policy({ keep: { votes: 1 } })] },
      'undecided',
      null,
      'the number of votes was not read',
    ],
    [
      'a guard that cannot know, but another reason to keep',
      { votes: null, createdAt: ago(1) },
      { policies: [policy({ keep: { votes: 1 } })] },
      'keep',
      null,
      'no target release for only 1 day, less than 6 weeks',
    ],
    ['its history unread, although it would do', { history: 'unread' }, {}, 'undecided', null, 'its history was not read'],
    ['its history read in part', { history: 'partial' }, {}, 'undecided', null, 'its history could not be read completely'],
    ['something in the way', { obstacle: 'the repository is archived' }, {}, 'undecided', null, 'the repository is archived'],
    [
      'something in the way, but kept anyway',
      { obstacle: 'archived', createdAt: ago(1) },
      {},
      'keep',
      null,
      'no target release for only 1 day, less than 6 weeks',
    ],
    ['closed already', { state: 'closed', status: 'Done' }, {}, 'keep', null, 'closed already (Done)'],
    ['no policy', {}, { policies: [] }, 'keep', null, 'no target release'],
  ])('%s', (_case, parts, rules, verdict, by, first) => {
    const judgement = verdictOf(parts, rules);
    expect(judgement).toMatchObject({ verdict, policy: by });
    expect(judgement.reasons[0]?.message).toBe(first);
  });

  test('the bug that was judged and the rules are left as they were', () => {
    const bug = old({ events: [{ at: ago(60), kind: 'labeled', actor: MONA }] });
    const before = structuredClone(bug);
    judge(bug, ruleset({ guards: bind('guard', { labels: ['pinned'], votes: 1 }) }), NOW);
    expect(bug).toEqual(before);
  });
});

describe('policies in order', () => {
  test.each([
    ['the first that proposes something decides', [anything('a'), anything('b')], 'close', 'a'],
    ['one that does not fit is passed by', [nothing('a'), anything('b'), anything('c')], 'close', 'b'],
    ['one that cannot know does not stop a later one', [unsure('a'), anything('b')], 'close', 'b'],
    ['one that cannot know, and none that proposes', [nothing('a'), unsure('b'), nothing('c')], 'undecided', null],
    ['none that fits', [nothing('a'), nothing('b')], 'keep', null],
  ])('%s', (_case, policies, verdict, by) => {
    expect(verdictOf({ votes: null }, { policies })).toMatchObject({ verdict, policy: by });
  });

  test("a policy's own guard protects from that policy alone", () => {
    const careful = policy({ name: 'careful', keep: { assigned: true } });
    expect(verdictOf({ assignees: [MONA] }, { policies: [careful, policy({ name: 'strict' })] })).toMatchObject({
      verdict: 'close',
      policy: 'strict',
    });
  });
});

describe('reasons', () => {
  const two = [
    policy({ name: 'a', when: { openFor: '99y', untargetedFor: '6w' }, keep: { votes: 10 } }),
    policy({ name: 'b', keep: { assigned: true } }),
  ];
  const guards = bind('guard', { labels: ['pinned'], inProgress: true });

  test.each<[string, Parts, string[]]>([
    [
      'to close: what the policy found, then the rest',
      {},
      [
        'b: untargetedFor',
        'b: idleFor',
        'target',
        'labels',
        'inProgress',
        'b: assigned',
        'a: openFor',
        'a: untargetedFor',
        'a: votes',
      ],
    ],
    [
      'to keep: whatever protects or does not fit, under any policy',
      { labels: ['pinned'], assignees: [MONA] },
      [
        'labels',
        'a: openFor',
        'b: assigned',
        'target',
        'inProgress',
        'a: untargetedFor',
        'a: votes',
        'b: untargetedFor',
        'b: idleFor',
      ],
    ],
    [
      'for the doubt: what was not known',
      { history: 'unread' },
      [
        'b: history',
        'target',
        'labels',
        'inProgress',
        'b: untargetedFor',
        'b: idleFor',
        'b: assigned',
        'a: openFor',
        'a: untargetedFor',
        'a: votes',
      ],
    ],
    [
      'for a bug that is closed',
      { state: 'closed' },
      [
        'open',
        'a: openFor',
        'target',
        'labels',
        'inProgress',
        'a: untargetedFor',
        'a: votes',
        'b: untargetedFor',
        'b: idleFor',
        'b: assigned',
      ],
    ],
  ])('%s', (_case, parts, expected) => {
    expect(rulesOf(verdictOf(parts, { policies: two, guards }))).toEqual(expected);
  });

  test('all doubts are told', () => {
    const judgement = verdictOf(
      { history: 'partial', obstacle: 'read-only', linkedWork: null },
      { guards: bind('guard', { linkedWork: true }) },
    );
    expect(rulesOf(judgement).slice(0, 3)).toEqual(['untargeted: history', 'untargeted: obstacle', 'linkedWork']);
  });

  test('a reason says which rule, of what kind, for which policy, with what it measured', () => {
    expect(verdictOf({}).reasons[0]).toEqual({
      rule: 'untargetedFor',
      kind: 'criterion',
      policy: 'untargeted',
      outcome: 'match',
      message: 'no target release for 100 days',
      data: { days: 100, since: ago(100) },
    });
  });
});
