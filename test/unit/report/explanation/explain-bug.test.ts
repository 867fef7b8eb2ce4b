import { describe, expect, test } from 'vitest';
import type { Bug } from '../../../../src/model/bug.js';
import { explanationSchema } from '../../../../src/report/explanation/document.js';
import { explainBug } from '../../../../src/report/explanation/explain-bug.js';
import type { Ruleset } from '../../../../src/rules/judge.js';
import { ago, bind, MONA, NOW, old, type Parts, policy, ROBOT, ruleset, US, WEEK, warning } from '../../rules/given.js';

const told = (parts: Parts = {}, rules: Ruleset = ruleset()) => explainBug(old(parts), rules, NOW);
const by = (kind: Bug['events'][number]['kind'], days: number, parts: object = {}) => ({
  at: ago(days),
  kind,
  actor: MONA,
  ...parts,
});
const mark = (action: 'close' | 'warn') => ({ run: 'r', action, policy: 'untargeted' });

const STRICT = ruleset({
  guards: bind('guard', { labels: ['pinned', 'security'], priorities: ['Blocker'], votes: 10, reopened: 'forever' }),
  policies: [
    policy({ name: 'cosmetic', when: { untargetedFor: '2w', labels: ['cosmetic'] }, warn: WEEK }),
    policy({ name: 'untargeted', keep: { assigned: true } }),
  ],
});

describe('every policy and rule', () => {
  const { rules, policies } = told({ labels: ['pinned'], assignees: [MONA], votes: 3 }, STRICT);
  const rows = (list: typeof rules) =>
    list.map(({ rule, kind, threshold, outcome, keeps }) => [rule, kind, threshold, outcome, keeps]);

  test('with its threshold as in the configuration, its outcome, and whether that keeps the bug', () => {
    expect(rows(rules)).toEqual([
      ['labels', 'guard', ['pinned', 'security'], 'match', true],
      ['target', 'criterion', null, 'match', false],
      ['priorities', 'guard', ['Blocker'], 'no-match', false],
      ['votes', 'guard', 10, 'no-match', false],
      ['reopened', 'guard', 'forever', 'no-match', false],
    ]);
    expect(policies.map(({ name, verdict, warn }) => [name, verdict, warn])).toEqual([
      ['cosmetic', 'keep', '1w'],
      ['untargeted', 'keep', null],
    ]);
    expect(rows(policies[0]?.rules ?? [])).toEqual([
      ['labels', 'criterion', ['cosmetic'], 'no-match', true],
      ['untargetedFor', 'criterion', '2w', 'match', false],
    ]);
    expect(rows(policies[1]?.rules ?? [])).toEqual([
      ['assigned', 'guard', true, 'match', true],
      ['untargetedFor', 'criterion', '6w', 'match', false],
      ['idleFor', 'criterion', '2w', 'match', false],
    ]);
  });

  test('with what was measured', () => {
    expect(rules.find(({ rule }) => rule === 'votes')).toMatchObject({ message: '3 votes, fewer than 10', data: { votes: 3 } });
    expect(policies[1]?.rules[1]).toMatchObject({ data: { days: 100, since: ago(100) } });
  });

  test('and with what it would take, by each policy', () => {
    expect(policies.map(({ takes }) => takes.map(({ words }) => words))).toEqual([
      ['remove the label pinned', 'add the label cosmetic'],
      ['remove the label pinned', 'unassign mona', 'no person acts on it until 2026-12-06'],
    ]);
    expect(policies.map(({ proposal }) => [proposal?.verdict, proposal?.closesOn])).toEqual([
      ['warn', '2026-11-29'],
      ['close', '2026-12-06'],
    ]);
  });

  test('the warning of a policy is a rule too', () => {
    const rules = ruleset({ policies: [policy({ when: { untargetedFor: '6w' }, warn: WEEK })] });
    expect(told({ events: [warning(3)] }, rules).policies[0]?.rules[0]).toMatchObject({
      rule: 'warned',
      threshold: '1w',
      outcome: 'no-match',
      keeps: true,
      data: { since: ago(3), closesOn: '2026-11-26' },
    });
  });
});

describe('what moved each clock, and who', () => {
  const clocks = (parts: Parts) => told(parts).clocks;
  const OURS = { actor: US, mark: mark('close') };

  test.each<[string, Parts, object | null]>([
    ['the report', {}, { at: ago(100), because: 'reported', by: 'reporter' }],
    [
      'the loss of a target',
      { events: [by('targeted', 60, { value: 'v1' }), by('untargeted', 50, { value: 'v1' })] },
      { at: ago(50), because: 'untargeted', by: 'mona', value: 'v1' },
    ],
    [
      'a reopening',
      { events: [by('closed', 60), by('reopened', 50, { actor: ROBOT })] },
      { at: ago(50), because: 'reopened', by: 'stale-robot' },
    ],
    [
      'the loss of a target that left no trace',
      { events: [by('targeted', 60, { value: 'v1' }), by('commented', 40)] },
      { at: ago(40), because: 'vanished', by: null, value: null },
    ],
    ['nothing while it is planned', { targets: [{ name: 'v1', state: 'open' }] }, null],
    ['nothing that is known', { history: 'partial' }, null],
  ])('without a target since %s', (_, parts, cause) => {
    if (cause === null) expect(clocks(parts).untargetedSince).toBeNull();
    else expect(clocks(parts).untargetedSince).toMatchObject(cause);
  });

  test.each<[string, Parts, object | null]>([
    ['the report', {}, { at: ago(100), because: 'reported', by: 'reporter' }],
    [
      'a comment',
      { events: [by('commented', 50), by('labeled', 40, { actor: ROBOT, value: 'x' })] },
      { at: ago(50), because: 'commented', by: 'mona' },
    ],
    [
      'somebody whom nobody knows any more',
      { events: [by('commented', 50, { actor: null })] },
      { at: ago(50), because: 'commented', by: null },
    ],
    ['nobody', { author: ROBOT }, null],
  ])('a person acted last: %s', (_, parts, cause) => {
    if (cause === null) expect(clocks(parts).lastHumanActivity).toBeNull();
    else expect(clocks(parts).lastHumanActivity).toMatchObject(cause);
  });

  test('a reopening of what bugprune had closed, and no other', () => {
    const events = [by('commented', 60, OURS), by('closed', 60, { actor: US }), by('reopened', 50)];
    expect(clocks({ events }).reopened).toMatchObject({ at: ago(50), by: 'mona' });
    expect(clocks({ events: events.slice(1) }).reopened).toBeNull();
  });

  test('a warning, whether it was answered', () => {
    expect(clocks({ events: [warning(20)] }).warned).toMatchObject({
      at: ago(20),
      policy: 'untargeted',
      by: 'lead',
      answeredAt: null,
    });
    expect(clocks({ events: [warning(20), by('commented', 10)] }).warned).toMatchObject({ at: ago(20), answeredAt: ago(10) });
    expect(clocks({}).warned).toBeNull();
  });
});

test('events say whether they count', () => {
  const events = [warning(30), by('commented', 20), by('labeled', 10, { actor: ROBOT, value: 'x' })];
  expect(told({ events }).events.map(({ counts }) => counts)).toEqual(['bugprune', 'person', 'no']);
});

test('what time brings', () => {
  expect(told().next).toEqual({ at: NOW, verdict: 'close', policy: 'untargeted', closesOn: '2026-11-22' });
  expect(told({ createdAt: ago(30) }).next).toMatchObject({ at: '2026-12-04T09:00:00Z', verdict: 'close' });
  expect(told({ targets: [{ name: 'v1', state: 'open' }] }).next).toBeNull();
});

test('of a confidential bug, nothing is told that somebody wrote into it', () => {
  const secret = 'hush-hush';
  const names = { id: secret, name: secret, kind: 'human' } as const;
  const parts: Parts = {
    confidential: true,
    title: secret,
    author: names,
    assignees: [names],
    status: secret,
    labels: [secret, 'pinned'],
    priority: secret,
    type: secret,
    inProgress: true,
    targets: [{ name: secret, state: 'open' }],
    linkedWork: [{ kind: 'child', name: secret }],
    remarks: [secret],
    obstacle: secret,
    events: [
      { at: ago(60), kind: 'commented', actor: names, value: secret },
      { at: ago(50), kind: 'targeted', actor: names, value: secret, id: secret, from: secret },
      { ...warning(20), actor: names },
    ],
  };
  const guards = bind('guard', {
    labels: ['pinned', 'hush*'],
    priorities: ['hush*'],
    inProgress: true,
    linkedWork: true,
    assigned: true,
  });
  const policies = [policy({ when: { labels: ['hush*'], types: ['hush*'], title: ['hush*'] } })];
  for (const more of [
    {},
    { targets: [] },
    { labels: ['hush-hush'], targets: [], inProgress: false, linkedWork: [], assignees: [], obstacle: null, priority: 'P9' },
  ]) {
    for (const state of ['open', 'closed'] as const) {
      const { rules, policies: rows, ...rest } = told({ ...parts, ...more, state }, ruleset({ guards, policies }));
      // What the configuration asks for was not written into the bug.
      const asked = [...rules, ...rows.flatMap((row) => row.rules)].map(({ threshold: _, ...row }) => row);
      const shown = { ...rest, asked, takes: rows.map(({ takes }) => takes), keptBy: rest.keptBy };
      expect(JSON.stringify(shown)).not.toContain(secret);
    }
  }
});

test.each<[string, Parts]>([
  ['open', {}],
  ['kept', { labels: ['pinned'], assignees: [MONA] }],
  ['closed', { state: 'closed' }],
  ['confidential', { confidential: true, events: [by('commented', 20)] }],
  ['unknown', { history: 'partial' }],
  ['warned', { events: [warning(20)] }],
])('the document of a bug that is %s is what its schema says', (_, parts) => {
  const document = JSON.parse(JSON.stringify(told(parts, STRICT)));
  expect(explanationSchema.parse(document)).toEqual(document);
});
