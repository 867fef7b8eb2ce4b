import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BugEvent } from '../../../src/model/bug.js';
import {
  humanComments,
  isHumanActivity,
  lastHumanActivity,
  reopenedByPeople,
  snoozedUntil,
  standingMark,
  untargetedSince,
  withBots,
} from '../../../src/model/history.js';
import { nameMatcher } from '../../../src/model/text.js';
import { aBug } from '../../../src/testing.js';
import { APP, day, KINDS, LEAD, MONA, mark, on, ROBOT, shuffled, someEvents } from './given.js';

const bugWith = (events: BugEvent[], parts: Parameters<typeof aBug>[0] = {}) => aBug({ createdAt: day(1), events, ...parts });

describe('who counts as a person', () => {
  test.each(KINDS)('%s', (kind) => {
    const counts = kind !== 'edited';
    expect(isHumanActivity(on(2, kind, MONA))).toBe(counts);
    expect(isHumanActivity(on(2, kind, null))).toBe(counts);
    expect(isHumanActivity(on(2, kind, LEAD))).toBe(counts);
    expect(isHumanActivity(on(2, kind, ROBOT))).toBe(false);
    expect(isHumanActivity(on(2, kind, APP))).toBe(false);
  });

  test.each([
    ['our own account with our marker', LEAD, 'close', false],
    ['our own account with a marker that was taken back', LEAD, 'undo', false],
    ['somebody who pasted our marker', MONA, 'close', true],
    ['a robot that pasted our marker', ROBOT, 'warn', false],
    ['a missing author with our marker', null, 'close', true],
  ] as const)('%s', (_who, actor, action, counts) => {
    const bug = bugWith([on(5, 'commented', actor, { mark: mark(action) })]);
    expect(humanComments(bug)).toBe(counts ? 1 : 0);
    expect(lastHumanActivity(bug)).toBe(counts ? day(5) : day(1));
  });
});

describe('last human activity', () => {
  test.each([
    ['opened by a person', MONA, [], day(1)],
    ['opened by a missing author', null, [], day(1)],
    ['opened by a robot, and nobody came', ROBOT, [on(2, 'commented', ROBOT)], null],
    ['opened by a robot, then labeled by a person', ROBOT, [on(2, 'labeled', MONA)], day(2)],
    [
      'the latest counts, wherever it stands',
      MONA,
      [on(9, 'moved', MONA), on(3, 'commented', MONA), on(12, 'edited', MONA)],
      day(9),
    ],
  ] as const)('%s', (_case, author, events, expected) => {
    expect(lastHumanActivity(bugWith([...events], { author }))).toBe(expected);
  });

  test('whatever robots and markers of ours do changes no clock of people', () => {
    const noise = someEvents.map((events) => events.map((event) => ({ ...event, actor: event.mark ? LEAD : ROBOT })));
    fc.assert(
      fc.property(someEvents, noise, (events, more) => {
        const quiet = bugWith(events);
        const noisy = bugWith([...events, ...more]);
        expect(lastHumanActivity(noisy)).toBe(lastHumanActivity(quiet));
        expect(humanComments(noisy)).toBe(humanComments(quiet));
      }),
    );
  });

  test.each([
    ['login', 'K8S-ci-robot', 'k8s-ci-robot', 'x'],
    ['account id', '5b10a2844c20165700ede21g', 'CI', '5b10a2844c20165700ede21g'],
    ['display name', 'build*', 'Build Service', null],
  ])('configured machine users are no people, by %s', (_by, configured, name, id) => {
    const machine = { id, name, kind: 'human' } as const;
    const bug = bugWith([on(5, 'commented', machine), on(3, 'commented', MONA), on(4, 'labeled', null)], { author: machine });
    const judged = withBots(bug, nameMatcher([configured]));
    expect(lastHumanActivity(bug)).toBe(day(5));
    expect(lastHumanActivity(judged)).toBe(day(4));
    expect(lastHumanActivity({ ...judged, events: [] })).toBeNull();
    expect(humanComments(judged)).toBe(1);
  });
});

describe('untargeted since', () => {
  const none = { targets: [] };
  test.each([
    ['nothing happened: its creation', [], none, 1],
    ['its last target was taken away', [on(2, 'targeted', MONA), on(7, 'untargeted', MONA)], none, 7],
    ['taken away by a robot, which counts as well', [on(2, 'targeted', MONA), on(7, 'untargeted', ROBOT)], none, 7],
    ['reopened after that', [on(7, 'untargeted', MONA), on(8, 'closed', MONA), on(9, 'reopened', MONA)], none, 9],
    ['reopened twice, told in any order', [on(9, 'reopened', MONA), on(4, 'reopened', MONA)], none, 9],
    ['reopened before that', [on(3, 'closed', MONA), on(4, 'reopened', MONA), on(7, 'untargeted', MONA)], none, 7],
    ['comments and labels are none of its business', [on(7, 'commented', MONA), on(8, 'labeled', MONA)], none, 1],
    ['a target vanished without a word: its last change', [on(2, 'targeted', MONA), on(9, 'commented', ROBOT)], none, 9],
    [
      'the same where the project has no releases left',
      [on(2, 'targeted', MONA), on(9, 'commented', ROBOT)],
      { targets: 'unplanned' },
      9,
    ],
    [
      'one of two targets vanished',
      [on(2, 'targeted', MONA), on(3, 'targeted', MONA), on(5, 'untargeted', MONA), on(9, 'edited', MONA)],
      none,
      9,
    ],
    [
      'exchanged within one second, and the new one vanished',
      [on(2, 'targeted', MONA), on(5, 'untargeted', MONA), on(5, 'targeted', MONA), on(9, 'edited', MONA)],
      none,
      9,
    ],
    [
      'set at its creation, exchanged, and the new one vanished',
      [on(5, 'untargeted', MONA), on(5, 'targeted', MONA), on(9, 'edited', MONA)],
      none,
      9,
    ],
    // Seen on GitHub: milestoned 0.22.0, demilestoned 22.0.
    [
      'renamed in between',
      [on(2, 'targeted', MONA, { value: '0.22.0' }), on(5, 'untargeted', MONA, { value: '22.0' }), on(9, 'edited', MONA)],
      none,
      5,
    ],
    [
      'it still has a target, slipped or parked: it was being planned when that was set',
      [on(2, 'targeted', MONA), on(9, 'edited', MONA)],
      { targets: [{ name: 'v1', state: 'closed' }] },
      2,
    ],
  ] as const)('%s', (_case, events, { targets }, expected) => {
    expect(untargetedSince(bugWith([...events], { targets: typeof targets === 'string' ? targets : [...targets] }))).toBe(
      day(expected),
    );
  });
});

describe('reopened by people', () => {
  const ours = on(5, 'commented', APP, { mark: mark('close') });
  const closed = on(5, 'closed', APP);
  const reopened = (actor = MONA) => on(7, 'reopened', actor);
  test.each([
    ['after we closed it', [ours, closed, reopened()], [7]],
    ['by a missing account', [ours, closed, on(7, 'reopened', null)], [7]],
    ['by our own account, without a word of ours', [ours, closed, reopened(LEAD)], [7]],
    ['by a robot', [ours, closed, reopened(ROBOT)], []],
    ['after a person closed it', [closed, reopened()], []],
    ['after we closed it under another account', [{ ...ours, actor: ROBOT }, closed, reopened()], [7]],
    ['after we warned, and a person closed it', [{ ...ours, mark: mark('warn') }, closed, reopened()], []],
    ['after an undo, which rewrites the marker', [{ ...ours, mark: mark('undo') }, closed, reopened()], []],
    ['a tracker that records closings twice', [ours, closed, closed, on(6, 'closed', ROBOT), reopened()], [7]],
    ['a comment within the closing that is dated after it', [on(4, 'closed', APP), ours, reopened()], [7]],
    ['again, after a person closed it', [ours, closed, reopened(), on(8, 'closed', MONA), on(9, 'reopened', MONA)], [7]],
    [
      'twice',
      [ours, closed, reopened(), on(8, 'commented', APP, { mark: mark('close') }), on(8, 'closed', APP), on(9, 'reopened', MONA)],
      [7, 9],
    ],
  ] as const)('%s', (_case, events, expected) => {
    expect(reopenedByPeople(bugWith([...events]))).toEqual(expected.map(day));
  });
});

describe('the mark that stands', () => {
  const warning = on(5, 'commented', APP, { mark: mark('warn') });
  test.each([
    ['is ours', [warning], true],
    ['is not pasted by somebody', [{ ...warning, actor: MONA }], false],
    ['is not that of another action', [{ ...warning, mark: mark('close') }], false],
    ['outlives comments and labels', [warning, on(6, 'commented', MONA), on(7, 'labeled', MONA)], true],
    ['ends with a closing, also within its second', [warning, on(5, 'closed', APP)], false],
    ['ends with a closing', [warning, on(6, 'closed', MONA)], false],
    ['ends with a reopening', [warning, on(6, 'reopened', MONA)], false],
    ['ends with the loss of a target', [warning, on(6, 'targeted', MONA), on(7, 'untargeted', MONA)], false],
    ['ends with a snooze: whoever grants time has answered', [warning, on(6, 'commented', APP, { mark: mark('snooze') })], false],
    ['does not end with an earlier snooze', [on(4, 'commented', APP, { mark: mark('snooze') }), warning], true],
    ['begins after a reopening', [on(3, 'closed', MONA), on(4, 'reopened', MONA), warning], true],
  ] as const)('%s', (_case, events, stands) => {
    expect(standingMark(bugWith([...events]), 'warn')).toEqual(stands ? warning : undefined);
  });

  test('is the last of several', () => {
    const later = on(9, 'commented', APP, { mark: mark('warn', 'second') });
    expect(standingMark(bugWith([later, warning]), 'warn')).toEqual(later);
  });
});

describe('a snooze', () => {
  const snooze = (day: number, until?: string, actor = APP) =>
    on(day, 'commented', actor, { mark: { ...mark('snooze'), ...(until === undefined ? {} : { until }) } });
  test.each<[string, BugEvent[], string | null]>([
    ['never', [on(5, 'commented', APP, { mark: mark('warn') }), on(6, 'commented', MONA)], null],
    ['until a day', [snooze(5, '2027-03-01')], '2027-03-01'],
    ['several times: the longest counts', [snooze(5, '2027-03-01'), snooze(6, '2027-01-01')], '2027-03-01'],
    ['for good, whatever came later', [snooze(5, 'forever'), snooze(6, '2027-01-01')], 'forever'],
    ['for good after a day', [snooze(5, '2027-03-01'), snooze(6, 'forever')], 'forever'],
    ['by an adapter that forgets until when', [snooze(5)], 'forever'],
    ['from the account of a person who went through the list', [snooze(5, '2027-03-01', MONA)], '2027-03-01'],
    ['taken back', [on(5, 'commented', APP, { mark: { ...mark('undo'), until: '2027-03-01' } })], null],
  ])('%s', (_case, events, until) => {
    expect(snoozedUntil(bugWith(events))).toBe(until);
  });
});

test('the order in which events are given changes no clock', () => {
  const clocks = (events: BugEvent[]) => {
    const bug = bugWith(events);
    return [
      untargetedSince(bug),
      lastHumanActivity(bug),
      humanComments(bug),
      reopenedByPeople(bug),
      standingMark(bug, 'warn'),
      standingMark(bug, 'close'),
      snoozedUntil(bug),
    ];
  };
  fc.assert(
    fc.property(shuffled, ([one, other]) => {
      expect(clocks(other)).toEqual(clocks(one));
    }),
    { numRuns: 500 },
  );
});
