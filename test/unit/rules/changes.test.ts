import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditions, rescues } from '../../../src/rules/changes.js';
import { judge, type Policy, type Ruleset } from '../../../src/rules/judge.js';
import { nextProposal } from '../../../src/rules/next-proposal.js';
import { proposes } from '../../../src/rules/steady.js';
import { bugs, rulesets } from './arbitraries.js';
import { ago, bind, MONA, NOW, old, type Parts, policy, ROBOT, ruleset, WEEK, warning } from './given.js';

const words = (list: readonly { readonly words: string }[]) => list.map((one) => one.words);
const kept = (keep: Readonly<Record<string, unknown>>): Ruleset => ruleset({ guards: bind('guard', keep) });
const when = (criteria: Readonly<Record<string, unknown>>): Ruleset => ruleset({ policies: [policy({ when: criteria })] });

describe('what would keep a bug that is proposed', () => {
  const all = (rules: Ruleset, parts: Parts = {}) =>
    rescues(old(parts), rules, NOW).map(({ words: what, until, verdict }) => [what, verdict, until?.slice(0, 10) ?? null]);
  const always = [
    ['set a target release', 'keep', null],
    ['comment on it, or do anything else to it', 'keep', '2026-12-06'],
  ];

  test('by default: a plan, or a sign of life, which helps for a while', () => {
    expect(all(ruleset())).toEqual(always);
  });

  test.each<[object, Parts, string]>([
    [{ labels: ['pinned', 'area/*'] }, {}, 'add the label pinned or area/*'],
    [{ priorities: ['Blocker', 'Critical'] }, {}, 'give it the priority Blocker or Critical'],
    [{ inProgress: true }, {}, 'start working on it, and let its status say so'],
    [{ linkedWork: true }, {}, 'open a change that will close it'],
    [{ assigned: true }, {}, 'assign it to somebody'],
    [{ votes: 10 }, { votes: 7 }, '3 more votes (+1)'],
    [{ votes: 10 }, { votes: 9 }, '1 more vote (+1)'],
    [{ comments: 3 }, { events: [{ at: ago(90), kind: 'commented', actor: MONA }] }, '2 more comments by people'],
  ])('with %j', (keep, parts, what) => {
    expect(all(kept({ ...keep }), parts)).toEqual([...always, [what, 'keep', null]]);
  });

  test.each<[object, Parts, string[]]>([
    [{ labels: ['cosmetic'] }, { labels: ['bug', 'cosmetic'] }, ['remove the label cosmetic']],
    [{ types: ['Bug'] }, { type: 'Bug' }, ['make it another type than Bug']],
    [{ priorities: ['Minor'] }, { priority: 'Minor' }, ['give it another priority than Minor']],
    [{ title: ['Typo*'] }, { title: 'Typo in x' }, ['give it another title']],
    [{ title: ['*'] }, { title: 'x' }, []],
    [{ trackers: ['app'] }, {}, []],
  ])('where it is asked for %j', (criteria, parts, further) => {
    const expected = ['set a target release', ...further].map((what) => [what, 'keep', null]);
    expect(all(when({ ...criteria }), parts)).toEqual(expected);
  });

  test('a warning that has aged is cancelled by a person: it is warned anew', () => {
    const rules = ruleset({ policies: [policy({ when: { untargetedFor: '6w' }, warn: WEEK })] });
    expect(all(rules, { events: [warning(8)] })).toEqual([
      ['set a target release', 'keep', null],
      ['comment on it, or do anything else to it', 'warn', null],
    ]);
  });

  test('what helps against one policy only is no help where another one would act', () => {
    const guarded = policy({ name: 'guarded', keep: { assigned: true } });
    expect(words(rescues(old(), ruleset({ policies: [guarded] }), NOW))).toContain('assign it to somebody');
    expect(words(rescues(old(), ruleset({ policies: [guarded, policy()] }), NOW))).not.toContain('assign it to somebody');
  });

  test('there is nothing to keep a bug from that is kept', () => {
    expect(rescues(old({ createdAt: ago(1) }), ruleset(), NOW)).toEqual([]);
  });
});

describe('what it would take to propose a bug that is kept', () => {
  const takes = (rules: Ruleset, parts: Parts = {}) => {
    const { all, proposal } = conditions(old(parts), rules, NOW);
    return [...words(all), proposal && `${proposal.verdict} ${proposal.at.slice(0, 10)}`];
  };
  const guard = (keep: object) => kept({ ...keep });
  const quiet = 'no person acts on it until 2026-12-06';
  const untilNow = 'close 2026-11-22';

  test.each<[string, Ruleset, Parts, (string | null)[]]>([
    ['nothing', ruleset(), {}, [untilNow]],
    [
      'silence',
      ruleset(),
      { events: [{ at: ago(3), kind: 'commented', actor: MONA }] },
      ['no person acts on it until 2026-12-03', 'close 2026-12-03'],
    ],
    ['age', ruleset(), { createdAt: ago(30) }, ['no target release until 2026-12-04', 'close 2026-12-04']],
    ['time', when({ openFor: '6w' }), { createdAt: ago(30) }, ['wait until 2026-12-04', 'close 2026-12-04']],
    ['a label', guard({ labels: ['pinned'] }), { labels: ['pinned'] }, ['remove the label pinned', quiet, 'close 2026-12-06']],
    [
      'a priority',
      guard({ priorities: ['Blocker'] }),
      { priority: 'Blocker' },
      ['give it a lower priority than Blocker', untilNow],
    ],
    [
      'work',
      guard({ inProgress: true }),
      { inProgress: true },
      ['stop working on it, and let its status say so', quiet, 'close 2026-12-06'],
    ],
    [
      'linked work',
      guard({ linkedWork: true }),
      { linkedWork: [{ kind: 'child', name: 'ERP-2' }] },
      ['finish or unlink ERP-2', untilNow],
    ],
    ['an owner', guard({ assigned: true }), { assignees: [MONA] }, ['unassign mona', quiet, 'close 2026-12-06']],
    ['votes', guard({ votes: 10 }), { votes: 12 }, ['3 votes (+1) less', untilNow]],
    [
      'many comments',
      guard({ comments: 1 }),
      { events: [{ at: ago(60), kind: 'commented', actor: MONA }] },
      ['nothing on the bug changes that: 1 comment by people', null],
    ],
    [
      'a snooze for good',
      guard({ snoozed: true }),
      { events: [{ ...warning(60), mark: { run: 'r', action: 'snooze', policy: '' } }] },
      ['delete the comment that snoozed it', untilNow],
    ],
    [
      'a snooze',
      guard({ snoozed: true }),
      { events: [{ ...warning(60), mark: { run: 'r', action: 'snooze', policy: '', until: '2026-12-31' } }] },
      ['wait until 2027-01-01', 'close 2027-01-01'],
    ],
    [
      'a plan',
      ruleset(),
      {
        targets: [
          { name: 'v1', state: 'open' },
          { name: 'v2', state: 'open' },
        ],
      },
      ['take it out of v1 and v2', 'no target release until 2027-01-03', quiet, 'close 2027-01-03'],
    ],
    ['a type', when({ types: ['Bug', 'Defect'] }), { type: 'Task' }, ['make it of type Bug or Defect', untilNow]],
    ['a tracker', when({ trackers: ['erp'] }), {}, ['nothing on the bug changes that: tracker is none of erp', null]],
    ['more than anybody knows', ruleset(), { history: 'partial' }, ['clear up: its history could not be read completely', null]],
    [
      'silence, and more than anybody knows',
      ruleset(),
      { history: 'partial', events: [{ at: ago(3), kind: 'commented', actor: MONA }] },
      [
        'no person acts on it until 2026-12-03',
        'no target release until 2026-12-31',
        'clear up: its history could not be read completely',
        null,
      ],
    ],
    ['a project that plans', ruleset(), { targets: 'unplanned' }, ['plan a release in its project', untilNow]],
    [
      'permission',
      ruleset(),
      { obstacle: 'the repository is archived' },
      ['see to it that bugprune can close it: the repository is archived', untilNow],
    ],
    [
      'a bug that is open',
      ruleset(),
      { state: 'closed', status: 'closed' },
      ['reopen it', 'no target release until 2027-01-03', quiet, 'close 2027-01-03'],
    ],
  ])('%s', (_, rules, parts, expected) => {
    expect(takes(rules, parts)).toEqual(expected);
  });

  test('a reopening is for good, or for its time', () => {
    const closed = { ...warning(80), mark: { run: 'r', action: 'close', policy: 'untargeted' } as const };
    const events: Parts['events'] = [
      closed,
      { at: ago(80), kind: 'closed', actor: ROBOT },
      { at: ago(50), kind: 'reopened', actor: MONA },
    ];
    expect(takes(guard({ reopened: 'forever' }), { events })).toEqual([
      'nothing on the bug changes that: a person reopened it after bugprune had closed it',
      null,
    ]);
    expect(takes(guard({ reopened: '2mo' }), { events })).toEqual(['wait until 2026-12-03', 'close 2026-12-03']);
  });

  test('a bug that bugprune has closed would be protected as soon as it is reopened', () => {
    const closed = { ...warning(80), mark: { run: 'r', action: 'close', policy: 'untargeted' } as const };
    const rules = guard({ reopened: 'forever' });
    expect(takes(rules, { state: 'closed', events: [closed, { at: ago(80), kind: 'closed', actor: ROBOT }] })).toEqual([
      'reopen it',
      'nothing on the bug changes that: a person reopened it after bugprune had closed it',
      null,
    ]);
  });
});

describe('whatever the bug and the rules', () => {
  const alone = (rules: Ruleset): Ruleset[] => rules.policies.map((one: Policy) => ({ ...rules, policies: [one] }));

  test('nothing more is asked for where a policy proposes already, and something wherever it does not', () => {
    fc.assert(
      fc.property(bugs, rulesets, (bug, rules) => {
        for (const only of alone(rules)) {
          const { all, proposal } = conditions(bug, only, NOW);
          const done = proposes(judge(bug, only, NOW));
          expect(all.length === 0).toBe(done);
          if (done) expect(proposal?.at).toBe(NOW);
          if (all.every((one) => one.words.includes(' until '))) expect(proposal).toEqual(nextProposal(bug, only, NOW));
        }
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  test('what would keep a bug keeps it: nothing closes it before that is over', () => {
    let found = 0;
    fc.assert(
      fc.property(bugs, rulesets, (bug, rules) => {
        const before = judge(bug, rules, NOW);
        for (const { verdict, until } of rescues(bug, rules, NOW)) {
          found++;
          expect(proposes(before)).toBe(true);
          expect(verdict).not.toBe('close');
          if (verdict === 'warn') expect(before.verdict).toBe('close');
          if (until !== null) expect(until > NOW).toBe(true);
        }
      }),
      { numRuns: 400, seed: 13 },
    );
    expect(found).toBeGreaterThan(100);
  });
});
