import fc from 'fast-check';
import { type Schedule, schedule } from '../../../src/backtest/schedule.js';
import type { Actor, Bug, BugEvent, Target } from '../../../src/model/bug.js';
import { toInstant } from '../../../src/model/instant.js';
import type { Policy, Ruleset } from '../../../src/rules/judge.js';
import { aBug } from '../../../src/testing.js';
import { bind, MONA, policy, ROBOT, US } from '../rules/given.js';

/** Sunday by Sunday: `week(3)` is the third run after the first; the seconds are added. */
const FROM = '2026-02-01T00:00:00Z';
export const week = (number: number, seconds = 0): string =>
  toInstant(Date.parse(FROM) + number * 7 * 86_400_000 + seconds * 1000) ?? '';

const RUNS = 40;
export const WEEKLY: Schedule = schedule(FROM, week(RUNS - 1), { count: 1, unit: 'w' });

/** Moments on a run, a second beside it, and between two; some before the first run, some after the last. */
const moments = fc
  .record({ number: fc.integer({ min: -12, max: RUNS + 4 }), seconds: fc.constantFrom(0, 0, -1, 1, 86_400, 300_000) })
  .map(({ number, seconds }) => week(number, seconds));

const actors = fc.constantFrom<(Actor | null)[]>(MONA, MONA, ROBOT, ROBOT, US, null);
const names = fc.constantFrom('v1', 'v2', 'Backlog', 'pinned', 'mona', 'wip');

const happenings: fc.Arbitrary<BugEvent> = fc.record({
  at: moments,
  kind: fc.constantFrom(
    'commented',
    'labeled',
    'unlabeled',
    'assigned',
    'unassigned',
    'targeted',
    'untargeted',
    'renamed',
    'moved',
    'edited',
    'closed',
    'reopened',
  ),
  actor: actors,
  value: names,
});

/** What real runs have left: comments with our marker, by an account of ours or by one that was ours. */
const marks: fc.Arbitrary<BugEvent> = fc.record({
  at: moments,
  kind: fc.constant('commented'),
  actor: fc.constantFrom(US, US, MONA),
  mark: fc.record({
    run: fc.constant('real'),
    action: fc.constantFrom('close', 'warn', 'undo'),
    policy: fc.constantFrom('a', 'b'),
  }),
});

const targets = fc.array(fc.record({ name: fc.constantFrom('v1', 'Backlog'), state: fc.constantFrom('open', 'closed') }), {
  maxLength: 1,
});

/** Histories that no tracker would write, the present that they end in included: what was taken back may never have been there. */
export const nastyBugs: fc.Arbitrary<Bug> = fc
  .record({
    createdAt: fc.oneof(fc.constant(week(-12)), moments),
    updatedAt: fc.option(moments, { nil: undefined, freq: 3 }),
    state: fc.constantFrom('open', 'open', 'open', 'closed'),
    author: actors,
    labels: fc.subarray(['pinned', 'bug']),
    assignees: fc.constantFrom<Actor[]>([], [], [MONA]),
    targets: fc.oneof({ weight: 4, arbitrary: fc.constant<Target[]>([]) }, targets, fc.constantFrom('unplanned' as const)),
    priority: fc.constantFrom(null, null, 'Blocker'),
    inProgress: fc.constantFrom(false, false, false, true),
    votes: fc.constantFrom(0, 10, null),
    linkedWork: fc.constantFrom<Bug['linkedWork']>([], [], [], null, [{ kind: 'change', name: 'acme/app#2' }]),
    events: fc.array(fc.oneof({ weight: 3, arbitrary: happenings }, marks), { maxLength: 8 }),
  })
  .map(({ updatedAt, ...parts }) => aBug({ ...parts, ...(updatedAt === undefined ? {} : { updatedAt }) }));

const KEEPS = {
  labels: ['pinned'],
  priorities: ['Blocker'],
  inProgress: true,
  linkedWork: true,
  assigned: true,
  votes: 10,
  comments: 3,
} as const;

const keeps = fc
  .record({
    ids: fc.subarray(Object.keys(KEEPS) as (keyof typeof KEEPS)[], { maxLength: 2 }),
    reopened: fc.constantFrom(undefined, 'forever', '3w', '8w'),
  })
  .map(({ ids, reopened }) => ({ ...Object.fromEntries(ids.map((id) => [id, KEEPS[id]])), ...(reopened && { reopened }) }));

const whens = fc.constantFrom(
  { untargetedFor: '6w', idleFor: '2w' },
  { untargetedFor: '1w' },
  { untargetedFor: '10d' },
  { idleFor: '1mo' },
  { openFor: '3mo', labels: ['bug'] },
  { untargetedFor: '20w' },
);

const warns = fc.constantFrom(null, null, { count: 1, unit: 'w' }, { count: 10, unit: 'd' }, { count: 12, unit: 'w' } as const);

const policies: fc.Arbitrary<Policy[]> = fc
  .array(fc.record({ when: whens, keep: keeps, warn: warns }), { minLength: 1, maxLength: 3 })
  .map((list) => list.map((written, index) => policy({ ...written, name: ['a', 'b', 'c'][index] ?? 'd' })));

const treatments = fc.constantFrom('attention' as const, 'untargeted' as const, 'targeted' as const);

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
