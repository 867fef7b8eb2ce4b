import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor, Bug, Target } from '../../../src/model/bug.js';
import { withBots } from '../../../src/model/history.js';
import { judge, type Policy, type Ruleset } from '../../../src/rules/judge.js';
import { aBug } from '../../../src/testing.js';
import { ago, bind, MONA, NOW, policy, ROBOT, US, WEEK } from './given.js';

const DAY = fc.integer({ min: 0, max: 120 });

const event = fc.record({
  at: DAY.map((days) => ago(days)),
  kind: fc.constantFrom('commented', 'labeled', 'targeted', 'untargeted', 'closed', 'reopened', 'edited'),
  actor: fc.constantFrom(MONA, ROBOT, US, null),
});
const marked = fc.record({
  at: DAY.map((days) => ago(days)),
  kind: fc.constant('commented'),
  actor: fc.constantFrom(US, MONA),
  mark: fc.record({ run: fc.constant('r'), action: fc.constantFrom('close', 'warn', 'undo'), policy: fc.constantFrom('a', 'b') }),
});
const target = fc.record({ name: fc.constantFrom('Backlog', 'v1'), state: fc.constantFrom('open', 'closed', 'unknown') });

/** Bugs of every kind, most of them such that something could be proposed. */
const bugs: fc.Arbitrary<Bug> = fc
  .record({
    state: fc.constantFrom('open', 'open', 'open', 'closed'),
    inProgress: fc.constantFrom(false, false, false, true),
    labels: fc.subarray(['pinned', 'bug']),
    priority: fc.constantFrom(null, 'Blocker', 'Minor'),
    assignees: fc.constantFrom<Actor[]>([], [], [MONA]),
    targets: fc.oneof(fc.constant<Target[]>([]), fc.array(target, { maxLength: 2 }), fc.constantFrom('unplanned', 'unreadable')),
    votes: fc.constantFrom(0, 9, 10, null),
    linkedWork: fc.constantFrom<Bug['linkedWork']>([], [], null, [{ kind: 'child', name: 'ERP-2' }]),
    obstacle: fc.constantFrom(null, null, null, 'read-only'),
    events: fc.array(fc.oneof(event, marked), { maxLength: 6 }),
    history: fc.constantFrom('complete', 'complete', 'partial', 'unread'),
  })
  .map((parts) => aBug({ createdAt: ago(120), ...parts }));

const GUARDS = {
  labels: ['pinned'],
  priorities: ['Blocker'],
  inProgress: true,
  linkedWork: true,
  reopened: 'forever',
  assigned: true,
  votes: 10,
  comments: 2,
} as const;
const keeps = fc
  .subarray(Object.keys(GUARDS) as (keyof typeof GUARDS)[], { maxLength: 3 })
  .map((ids) => Object.fromEntries(ids.map((id) => [id, GUARDS[id]])));
const whens = fc.constantFrom(
  { untargetedFor: '6w', idleFor: '2w' },
  { untargetedFor: '1w' },
  { openFor: '1mo', labels: ['bug'] },
);
const treatments = fc.constantFrom('attention' as const, 'untargeted' as const, 'targeted' as const);

const policies: fc.Arbitrary<Policy[]> = fc
  .array(fc.record({ when: whens, keep: keeps, warn: fc.constantFrom(null, WEEK) }), { minLength: 1, maxLength: 2 })
  .map((list) => list.map((written, index) => policy({ ...written, name: index === 0 ? 'a' : 'b' })));

const rulesets: fc.Arbitrary<Ruleset> = fc.record({
  isParked: fc.constant((name: string) => name === 'Backlog'),
  treat: fc.record({
    parked: treatments,
    slipped: treatments,
    unplanned: fc.constantFrom('undecided' as const, 'untargeted' as const),
  }),
  guards: keeps.map((written) => bind('guard', written)),
  policies,
});

const proposes = ({ verdict }: { verdict: string }) => verdict === 'close' || verdict === 'warn';
const always = (property: fc.IProperty<[Bug, Ruleset]>) => fc.assert(property, { numRuns: 1000 });

describe('whatever the bug and the rules', () => {
  test('the judgement is the same each time', () => {
    always(
      fc.property(bugs, rulesets, (bug, rules) => {
        expect(judge(structuredClone(bug), rules, NOW)).toEqual(judge(bug, rules, NOW));
      }),
    );
  });

  test('nothing is proposed for a bug that is closed, obstructed, or not known completely', () => {
    always(
      fc.property(bugs, rulesets, (bug, rules) => {
        const known = bug.state === 'open' && bug.history === 'complete' && bug.obstacle === null && bug.targets !== 'unreadable';
        if (!known) expect(proposes(judge(bug, rules, NOW))).toBe(false);
      }),
    );
  });

  test('one more guard, for every policy or in each of them, never closes what was kept', () => {
    fc.assert(
      fc.property(bugs, rulesets, keeps, (bug, rules, more) => {
        const before = judge(bug, rules, NOW);
        const added = bind('guard', more);
        const own = rules.policies.map((one) => ({ ...one, guards: [...one.guards, ...added] }));
        for (const stricter of [
          { ...rules, guards: [...rules.guards, ...added] },
          { ...rules, policies: own },
        ]) {
          const after = judge(bug, stricter, NOW);
          if (!proposes(before)) expect(proposes(after)).toBe(false);
          if (before.verdict === 'keep') expect(after.verdict).toBe('keep');
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('a proposal has grounds: every criterion of its policy matched, no guard did, and the clocks are known', () => {
    always(
      fc.property(bugs, rulesets, (bug, rules) => {
        const judgement = judge(bug, rules, NOW);
        expect(judgement.policy !== null).toBe(proposes(judgement));
        if (!proposes(judgement)) return;
        const concern = judgement.reasons.filter(({ policy: name }) => name === null || name === judgement.policy);
        expect(new Set(concern.map(({ kind, outcome }) => `${kind} ${outcome}`))).toEqual(
          new Set(concern.map(({ kind }) => (kind === 'criterion' ? 'criterion match' : 'guard no-match'))),
        );
        expect(judgement.attention).toBe(false);
      }),
    );
  });

  test('every rule has its say, once', () => {
    always(
      fc.property(bugs, rulesets, (bug, rules) => {
        const said = judge(bug, rules, NOW).reasons.map(({ rule, kind, policy: name }) => `${name}: ${kind} ${rule}`);
        const asked = [
          'null: criterion target',
          ...rules.guards.map(({ id, kind }) => `null: ${kind} ${id}`),
          ...rules.policies.flatMap((one) =>
            [...one.criteria, ...one.guards].map(({ id, kind }) => `${one.name}: ${kind} ${id}`),
          ),
        ];
        expect(said).toEqual(expect.arrayContaining(asked));
        expect(new Set(said).size).toBe(said.length);
      }),
    );
  });

  test('to know more people for robots never keeps a clock younger', () => {
    fc.assert(
      fc.property(bugs, (bug) => {
        const idle: Ruleset = {
          isParked: () => false,
          treat: { parked: 'untargeted', slipped: 'untargeted', unplanned: 'untargeted' },
          guards: [],
          policies: [policy({ when: { idleFor: '2w' } })],
        };
        if (judge(bug, idle, NOW).verdict === 'close')
          expect(
            judge(
              withBots(bug, (name) => name === MONA.name),
              idle,
              NOW,
            ).verdict,
          ).toBe('close');
      }),
    );
  });
});

test('the cases above are not idle: every verdict occurs', () => {
  const seen = new Set(
    fc.sample(fc.tuple(bugs, rulesets), { numRuns: 2000, seed: 1 }).map(([bug, rules]) => judge(bug, rules, NOW).verdict),
  );
  expect(seen).toEqual(new Set(['close', 'warn', 'keep', 'undecided']));
});
