import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bug, BugEvent } from '../../../src/model/bug.js';
import { asOf } from '../../../src/model/history.js';
import { toInstant } from '../../../src/model/instant.js';
import { aBug } from '../../../src/testing.js';
import { day, MONA, on } from './given.js';

/** What of a bug has a history. */
interface State {
  title: string;
  status: string;
  state: Bug['state'];
  labels: string[];
  assignees: string[];
  targets: string[];
  comments: number;
}

const stateOf = ({ title, status, state, labels, assignees, targets, comments }: Bug) => ({
  title,
  status,
  state,
  labels: labels.toSorted(),
  assignees: assignees.map(({ name }) => name).toSorted(),
  targets: Array.isArray(targets) ? targets.map(({ name }) => name).toSorted() : targets,
  comments,
});

const START: State = {
  title: 'It broke',
  status: 'open',
  state: 'open',
  labels: ['bug'],
  assignees: [],
  targets: [],
  comments: 0,
};

type Happening = Pick<BugEvent, 'kind' | 'value' | 'from'>;
/** What people do to a bug, forwards: the state changes in place, and the events are those that a tracker records. */
type Deed = (now: State, name: string) => Happening[];

const toggled = (here: BugEvent['kind'], away: BugEvent['kind'], list: string[], value: string): Happening[] => {
  const index = list.indexOf(value);
  if (index < 0) list.push(value);
  else list.splice(index, 1);
  return [{ kind: index < 0 ? here : away, value }];
};

const enter = (now: State, status: string): Happening[] => {
  const [from, before] = [now.status, now.state];
  now.status = status;
  now.state = status === 'Done' ? 'closed' : 'open';
  const move: Happening = { kind: 'moved', value: status, from };
  return now.state === before ? [move] : [move, { kind: now.state === 'closed' ? 'closed' : 'reopened' }];
};

const common: Deed[] = [
  (now, name) => toggled('labeled', 'unlabeled', now.labels, name),
  (now, name) => toggled('assigned', 'unassigned', now.assignees, name),
  (now, name) => toggled('targeted', 'untargeted', now.targets, name),
  (now, name) => {
    const from = now.title;
    now.title = name;
    return [{ kind: 'renamed', value: name, from }];
  },
  (now) => {
    now.comments++;
    return [{ kind: 'commented' }];
  },
  () => [{ kind: 'edited', value: 'description' }],
  // One release for another, within one second.
  (now, name) => {
    const old = now.targets.splice(0);
    now.targets.push(`next ${name}`);
    return [...old.map((value): Happening => ({ kind: 'untargeted', value })), { kind: 'targeted', value: `next ${name}` }];
  },
];

/** Bugs are open or closed, and a comment may come with the closing. */
const plain: Deed[] = [
  (now) => {
    const closing = now.state === 'open';
    now.state = closing ? 'closed' : 'open';
    now.status = now.state;
    now.comments++;
    return [{ kind: 'commented' }, { kind: closing ? 'closed' : 'reopened' }];
  },
];

/** Bugs have statuses with names, and some of these are done. */
const workflow: Deed[] = ['To Do', 'In Progress', 'Done'].map(
  (status) => (now) => (now.status === status ? [] : enter(now, status)),
);

const START_AT = Date.parse(day(2));
const second = (seconds: number) => toInstant(START_AT + seconds * 1000) ?? '';

/** A life of a bug, played forwards: its events, and how it stood at each of their instants. */
const lives = fc.constantFrom(plain, workflow).chain((flavour) =>
  fc.array(
    fc.record({
      deed: fc.constantFrom(...common, ...flavour, ...flavour),
      name: fc.constantFrom('a', 'b', 'c'),
      pause: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 12 },
  ),
);

function play(life: readonly { deed: Deed; name: string; pause: number }[]) {
  const now = structuredClone(START);
  const events: BugEvent[] = [];
  const stands: { at: string; state: State }[] = [{ at: day(1), state: structuredClone(now) }];
  let clock = 0;
  for (const { deed, name, pause } of life) {
    clock += pause;
    const at = second(clock);
    events.push(...deed(now, name).map((happening) => ({ ...happening, at, actor: MONA })));
    stands.push({ at, state: structuredClone(now) });
  }
  const bug = aBug({
    ...now,
    createdAt: day(1),
    events,
    assignees: now.assignees.map((name) => ({ id: null, name, kind: 'human' })),
    targets: now.targets.map((name) => ({ name, state: 'open' })),
  });
  return { bug, stands, end: second(clock) };
}

const sorted = (state: State) => ({
  ...state,
  labels: state.labels.toSorted(),
  assignees: state.assignees.toSorted(),
  targets: state.targets.toSorted(),
});

describe('a bug as it was', () => {
  test('agrees with its life played forwards, at every instant', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { bug, stands } = play(life);
        for (const { at, state } of stands) {
          const past = asOf(bug, at);
          expect(past && stateOf(past), at).toEqual(sorted(state));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is the bug itself at the end, and nothing of it is changed by looking back', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 0, max: 40 }), (life, seconds) => {
        const { bug, end } = play(life);
        const before = structuredClone(bug);
        asOf(bug, second(seconds));
        expect(bug).toEqual(before);
        expect(asOf(bug, end)).toEqual(bug);
      }),
    );
  });

  test('shows nothing of what came later', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 0, max: 40 }), (life, seconds) => {
        const { bug } = play(life);
        const at = second(seconds);
        const past = asOf(bug, at);
        expect(past?.events).toEqual(bug.events.filter((event) => event.at <= at));
        expect(past && past.updatedAt <= at).toBe(true);
      }),
    );
  });

  test('from a later past is the same', () => {
    fc.assert(
      fc.property(lives, fc.nat(40), fc.nat(40), (life, a, b) => {
        const { bug } = play(life);
        const later = asOf(bug, second(Math.max(a, b)));
        const at = second(Math.min(a, b));
        expect(later && asOf(later, at)).toEqual(asOf(bug, at));
      }),
    );
  });

  test('did not exist before it was reported', () => {
    expect(asOf(aBug({ createdAt: day(5) }), day(4))).toBeNull();
    expect(asOf(aBug({ createdAt: day(5) }), day(5))).not.toBeNull();
  });

  test('keeps its last change in the past, also one that left no event', () => {
    const bug = aBug({ createdAt: day(1), events: [on(3, 'commented', MONA), on(9, 'labeled', MONA)], updatedAt: day(10) });
    expect([2, 3, 5, 9, 10, 11].map((number) => asOf(bug, day(number))?.updatedAt)).toEqual([1, 3, 3, 9, 10, 10].map(day));
  });

  test('leaves alone what could not be read', () => {
    const bug = aBug({
      createdAt: day(1),
      targets: 'unreadable',
      comments: null,
      events: [on(3, 'targeted', MONA), on(4, 'commented', MONA)],
    });
    expect(asOf(bug, day(2))).toMatchObject({ targets: 'unreadable', comments: null });
  });
});
