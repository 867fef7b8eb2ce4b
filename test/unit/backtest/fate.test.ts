import { describe, expect, test } from 'vitest';
import { echoesOf, fatesOf } from '../../../src/backtest/fate.js';
import type { Actor, BugEvent, EventKind } from '../../../src/model/bug.js';
import { isFix, NOT_FIXED } from '../../../src/model/fix.js';
import { aBug } from '../../../src/testing.js';
import { MONA, ROBOT, US } from '../rules/given.js';
import { week } from './given.js';

const on = (number: number, kind: EventKind, actor: Actor | null, more: Partial<BugEvent> = {}): BugEvent => ({
  at: week(number),
  kind,
  actor,
  ...more,
});
const ourComment = (number: number) => on(number, 'commented', US, { mark: { run: 'r', action: 'close', policy: 'p' } });
const fates = (...events: BugEvent[]) =>
  fatesOf(aBug({ createdAt: week(-1), events }), { isParked: (name) => name === 'Backlog', notFixed: NOT_FIXED }).map(
    ({ kind, at, sure }) => `${kind} ${at.slice(5, 10)}${sure ? '' : ' ?'}`,
  );

describe('a bug turns out to matter', () => {
  test('when it is closed as fixed', () => {
    expect(fates(on(1, 'closed', MONA, { value: 'completed' }))).toEqual(['fixed 02-08']);
    expect(fates(on(1, 'closed', MONA, { value: 'not_planned' }))).toEqual([]);
  });

  test('when it is closed and nobody says how, or by a robot, but that is not sure', () => {
    expect(fates(on(1, 'closed', MONA))).toEqual(['fixed 02-08 ?']);
    expect(fates(on(1, 'closed', ROBOT, { value: 'completed' }))).toEqual(['fixed 02-08 ?']);
    expect(fates(on(1, 'closed', ROBOT, { value: 'stale' }))).toEqual([]);
  });

  test('not when we closed it, whatever the tracker calls that; but when a person did after our comment', () => {
    expect(fates(ourComment(1), on(1, 'closed', US, { value: 'Done' }))).toEqual([]);
    expect(fates(ourComment(1), on(2, 'closed', MONA, { value: 'Done' }))).toEqual(['fixed 02-15']);
    expect(fates(on(1, 'closed', US, { value: 'Done' }))).toEqual(['fixed 02-08']);
  });

  test('when a person gives it a target; a parked one, or one set by a robot, is no promise', () => {
    expect(fates(on(1, 'targeted', MONA, { value: 'v2' }))).toEqual(['targeted 02-08']);
    expect(fates(on(1, 'targeted', null, { value: 'v2' }))).toEqual(['targeted 02-08']);
    expect(fates(on(1, 'targeted', MONA, { value: 'Backlog' }))).toEqual([]);
    expect(fates(on(1, 'targeted', ROBOT, { value: 'v2' }))).toEqual([]);
  });

  test('a target set with the closing, or on a closed bug, only says in which release it was settled', () => {
    const target = (number: number) => on(number, 'targeted', MONA, { value: 'v2' });
    expect(fates(target(1), on(1, 'closed', MONA, { value: 'Fixed' }))).toEqual(['fixed 02-08']);
    expect(fates(target(1), on(1, 'closed', MONA, { value: "Won't Fix" }))).toEqual([]);
    expect(fates(on(1, 'closed', MONA, { value: "Won't Fix" }), target(2))).toEqual([]);
    expect(fates(on(1, 'closed', MONA, { value: "Won't Fix" }), on(2, 'reopened', MONA), target(3))).toEqual(['targeted 02-22']);
  });

  test('when a person reopens it after we had closed it', () => {
    const closed = [ourComment(1), on(1, 'closed', US, { value: 'not_planned' })];
    expect(fates(...closed, on(2, 'reopened', MONA))).toEqual(['reopened 02-15']);
    expect(fates(...closed, on(2, 'reopened', ROBOT))).toEqual([]);
    expect(fates(on(1, 'closed', MONA, { value: 'not_planned' }), on(2, 'reopened', MONA))).toEqual([]);
  });

  test('oldest first, in whatever order the events come', () => {
    const events = [on(5, 'closed', MONA, { value: 'Fixed' }), on(2, 'targeted', MONA, { value: 'v2' })];
    expect(fates(...events)).toEqual(['targeted 02-15', 'fixed 03-08']);
  });
});

describe('ways of closing', () => {
  test.each([
    'not_planned',
    'duplicate',
    'not planned',
    "Won't Fix",
    'Won’t Do',
    'WONTFIX',
    'Invalid',
    'Incomplete',
    'Cannot Reproduce',
    "Can't Reproduce",
    'Declined',
    'Obsolete',
    'Not Our Bug',
    'Needs more info',
    'Hold',
    'Works for Me',
  ])('%s is no fix', (way) => expect(isFix(way, NOT_FIXED)).toBe(false));

  test.each(['completed', 'Fixed', 'Done', 'Resolved', 'Implemented', 'Notiert'])('%s is one', (way) =>
    expect(isFix(way, NOT_FIXED)).toBe(true),
  );

  test('nobody knows without a word, and the words can be other ones', () => {
    expect([isFix(null, NOT_FIXED), isFix(undefined, NOT_FIXED), isFix('', NOT_FIXED)]).toEqual([null, null, null]);
    expect([isFix('无法重现', ['无法重现']), isFix('not_planned', ['无法重现'])]).toEqual([false, true]);
  });
});

test('people who speak up later are counted: comments, and reopenings that are no regret', () => {
  const bug = aBug({
    createdAt: week(-1),
    events: [
      on(1, 'commented', MONA),
      on(2, 'commented', MONA),
      on(3, 'commented', ROBOT),
      ourComment(3),
      on(4, 'reopened', MONA),
      on(5, 'labeled', MONA),
      on(6, 'commented', null),
    ],
  });
  expect(echoesOf(bug, week(1), null)).toBe(3);
  expect(echoesOf(bug, week(1), week(6))).toBe(2);
});
