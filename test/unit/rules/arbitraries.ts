import fc from 'fast-check';
import type { Actor, Bug, Target } from '../../../src/model/bug.js';
import type { Policy, Ruleset } from '../../../src/rules/judge.js';
import { aBug } from '../../../src/testing.js';
import { ago, bind, MONA, policy, ROBOT, US } from './given.js';

const age = fc
  .tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 86_399 }))
  .map(([days, seconds]) => ago(days, seconds));

const event = fc.record({
  at: age,
  kind: fc.constantFrom('commented', 'labeled', 'targeted', 'untargeted', 'closed', 'reopened', 'edited'),
  actor: fc.constantFrom(MONA, ROBOT, US, null),
});
const marked = fc.record({
  at: age,
  kind: fc.constant('commented'),
  actor: fc.constantFrom(US, US, MONA),
  mark: fc.record({
    run: fc.constant('r'),
    action: fc.constantFrom('close', 'warn', 'warn', 'undo', 'snooze'),
    policy: fc.constantFrom('a', 'b'),
    until: fc.constantFrom(undefined, '2026-11-22', '2026-12-31', 'forever'),
  }),
});
const target = fc.record({ name: fc.constantFrom('Backlog', 'v1'), state: fc.constantFrom('open', 'closed') });

/** The first of the values nine times of ten. */
function mostly<Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

/** Bugs on which time works: most of them open, untargeted and known, with clocks at different hours. */
export const bugs: fc.Arbitrary<Bug> = fc
  .record({
    createdAt: age,
    state: mostly('open' as const, 'closed' as const),
    inProgress: mostly(false, true),
    labels: fc.subarray(['pinned', 'bug']),
    priority: fc.constantFrom(null, 'Blocker', 'Minor'),
    assignees: fc.constantFrom<Actor[]>([], [], [MONA]),
    targets: fc.oneof(
      { weight: 12, arbitrary: fc.constant<Target[]>([]) },
      { weight: 2, arbitrary: fc.array(target, { maxLength: 2 }) },
      { weight: 1, arbitrary: fc.constantFrom('unplanned', 'unreadable') },
    ),
    votes: fc.constantFrom(0, 9, 10, null),
    linkedWork: mostly<Bug['linkedWork']>([], null, [{ kind: 'child', name: 'ERP-2' }]),
    obstacle: mostly(null, 'read-only'),
    confidential: mostly(false, true),
    events: fc.array(fc.oneof(event, marked), { maxLength: 5 }),
    history: mostly('complete' as const, 'partial' as const, 'unread' as const),
  })
  .map((parts) => aBug({ ...parts, events: parts.events.filter(({ at }) => at >= parts.createdAt) }));

const KEEPS = [
  { labels: ['pinned'] },
  { priorities: ['Blocker'] },
  { inProgress: true },
  { linkedWork: true },
  { reopened: 'forever' },
  { reopened: '2w' },
  { reopened: '1mo' },
  { snoozed: true },
  { assigned: true },
  { votes: 10 },
  { comments: 2 },
];
const keeps = fc.subarray(KEEPS, { maxLength: 2 }).map((chosen) => Object.assign({}, ...chosen) as Record<string, unknown>);
const whens = fc.constantFrom(
  { untargetedFor: '6w', idleFor: '2w' },
  { untargetedFor: '36h' },
  { untargetedFor: '3mo', idleFor: '10d' },
  { openFor: '1mo', labels: ['bug'] },
);
const treatments = fc.constantFrom('attention' as const, 'untargeted' as const);
const warns = fc.constantFrom(null, { count: 1, unit: 'w' } as const, { count: 20, unit: 'd' } as const);

const policies: fc.Arbitrary<Policy[]> = fc
  .array(fc.record({ when: whens, keep: keeps, warn: warns }), { minLength: 1, maxLength: 3 })
  .map((list) => list.map((written, index) => policy({ ...written, name: 'abc'[index] ?? 'd' })));

/** Rules of up to three policies, with and without warnings. */
export const rulesets: fc.Arbitrary<Ruleset> = fc.record({
  isParked: fc.constant((name: string) => name === 'Backlog'),
  treat: fc.record({
    parked: treatments,
    slipped: treatments,
    unplanned: fc.constantFrom('undecided' as const, 'untargeted' as const),
  }),
  guards: keeps.map((written) => bind('guard', written)),
  policies,
});
