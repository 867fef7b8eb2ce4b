import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Deed, type Way, wayBack } from '../../../src/apply/way-back.js';
import type { Actor, Bug, BugEvent } from '../../../src/model/bug.js';
import { aBug } from '../../../src/testing.js';
import type { Receipt } from '../../../src/trackers/tracker.js';
import { APP, day, LEAD, MONA, mark, on, ROBOT, someEvents } from '../model/given.js';

const COMMENT: Receipt = { action: 'comment', ref: 'acme/app#1', recorded: 'commented', detail: {} };
const CLOSE: Receipt = { action: 'close', ref: 'acme/app#1', recorded: 'closed', detail: {} };
const NOTHING_BEFORE: Deed['earlier'] = { done: new Set(), pending: new Set(), finished: false };
const AFTER_REOPENING: Deed['earlier'] = { ...NOTHING_BEFORE, done: new Set(['reopen'] as const) };
const AFTER_TRYING: Deed['earlier'] = { ...NOTHING_BEFORE, pending: new Set(['reopen'] as const) };

function aDeed(parts: Partial<Deed> = {}): Deed {
  return {
    tracker: 'app',
    ref: 'acme/app#1',
    mark: mark('close'),
    receipts: [COMMENT, CLOSE],
    pending: null,
    lost: false,
    earlier: NOTHING_BEFORE,
    ...parts,
  };
}

/** Our comment and our closing on the tenth day, and what happened after that; the last of them says whether the bug is open. */
function closedByUs(later: readonly BugEvent[], by: Actor = APP, parts: Partial<Bug> = {}): Bug {
  const events = [on(10, 'commented', by, { mark: mark('close') }), on(10, 'closed', by), ...later];
  const state = events.findLast(({ kind }) => kind === 'closed' || kind === 'reopened')?.kind === 'closed' ? 'closed' : 'open';
  return aBug({ events, state, ...parts });
}

const BACK: Way = { kind: 'back', steps: ['reopen', 'disown'] };
const DISOWN: Way = { kind: 'back', steps: ['disown'] };
const REOPEN: Way = { kind: 'back', steps: ['reopen'] };
const ALREADY: Way = { kind: 'already' };
const left = (detail: string): Way => ({ kind: 'left', detail });

describe('a bug that is closed as the run left it', () => {
  test.each<[string, readonly BugEvent[]]>([
    ['nobody has touched it', []],
    ['a robot has', [on(11, 'commented', ROBOT), on(12, 'labeled', ROBOT, { value: 'stale' }), on(13, 'closed', ROBOT)]],
    [
      'the closing brought along a label, a move and an edit',
      [on(10, 'labeled', APP), on(10, 'moved', APP), on(10, 'edited', APP)],
    ],
    ['the workflow unassigned it in the transition', [on(10, 'unassigned', APP), on(10, 'untargeted', APP)]],
    ['our label came a moment later', [on(11, 'labeled', APP)]],
  ])('%s: reopened, then the comment', (_, later) => {
    expect(wayBack(closedByUs(later), aDeed())).toEqual(BACK);
  });

  test('what happened before our comment does not matter', () => {
    const bug = closedByUs([]);
    const before = [on(3, 'closed', MONA), on(4, 'reopened', MONA), on(9, 'commented', MONA)];
    expect(wayBack({ ...bug, events: [...before, ...bug.events] }, aDeed())).toEqual(BACK);
  });

  test('a comment that the tracker dates after its closing', () => {
    const bug = closedByUs([]);
    const events = [on(10, 'closed', APP), on(11, 'commented', APP, { mark: mark('close') })];
    expect(wayBack({ ...bug, events }, aDeed())).toEqual(BACK);
    const answered = [...events, on(12, 'commented', MONA)];
    expect(wayBack({ ...bug, events: answered }, aDeed())).toEqual(left(`mona commented on it on ${day(12)}`));
  });

  test('an undo that was cut short had taken our label off, and no more', () => {
    const bug = closedByUs([on(11, 'unlabeled', LEAD)], LEAD);
    expect(wayBack(bug, aDeed({ earlier: AFTER_TRYING }))).toEqual(BACK);
    expect(wayBack(bug, aDeed())).toEqual(left(`lead took a label off it on ${day(11)}`));
    expect(wayBack(bug, aDeed({ lost: true }))).toEqual(left(`lead took a label off it on ${day(11)}`));
    expect(wayBack(closedByUs([on(11, 'unlabeled', APP)]), aDeed({ lost: true }))).toEqual(BACK);
    const byAnother = closedByUs([on(11, 'unlabeled', MONA)], LEAD);
    expect(wayBack(byAnother, aDeed({ earlier: AFTER_TRYING }))).toEqual(left(`mona took a label off it on ${day(11)}`));
  });

  test('somebody deleted the comment', () => {
    const bug = closedByUs([]);
    expect(wayBack({ ...bug, events: bug.events.slice(1) }, aDeed())).toEqual(BACK);
    expect(wayBack({ ...bug, events: bug.events.slice(1) }, aDeed({ receipts: [CLOSE] }))).toEqual({
      kind: 'back',
      steps: ['reopen'],
    });
  });

  test('the run relied on what an earlier run had said', () => {
    const events = [on(5, 'commented', APP, { mark: { ...mark('close'), run: 'run-0' } }), on(10, 'closed', APP)];
    const bug = aBug({ state: 'closed', events });
    expect(wayBack(bug, aDeed())).toEqual(BACK);
    const touched = { ...bug, events: [...events, on(11, 'assigned', MONA)] };
    expect(wayBack(touched, aDeed())).toEqual(left(`mona assigned it on ${day(11)}`));
  });

  test('taken back by another account than the one that pruned', () => {
    const bug = closedByUs([], { id: '9', name: 'the-app', kind: 'bot' });
    expect(wayBack(bug, aDeed())).toEqual(BACK);
    const byPerson = closedByUs([], { id: '9', name: 'colleague', kind: 'human' });
    expect(wayBack(byPerson, aDeed())).toEqual(BACK);
    const andSaid = closedByUs(
      [on(11, 'commented', { id: '9', name: 'colleague', kind: 'human' })],
      byPerson.events[0]?.actor ?? APP,
    );
    expect(wayBack(andSaid, aDeed())).toEqual(left(`colleague commented on it on ${day(11)}`));
  });
});

describe('what people did since stands', () => {
  test.each<[string, readonly BugEvent[], string]>([
    ['commented', [on(11, 'commented', MONA)], `mona commented on it on ${day(11)}`],
    ['labelled', [on(11, 'labeled', MONA, { value: 'x' })], `mona labelled it on ${day(11)}`],
    ['edited a field', [on(11, 'edited', MONA)], `mona edited it on ${day(11)}`],
    ['an account that is gone', [on(11, 'targeted', null)], `somebody gave it a target on ${day(11)}`],
    ['after a robot', [on(11, 'commented', ROBOT), on(12, 'renamed', MONA)], `mona renamed it on ${day(12)}`],
    ['within the second of the closing', [on(10, 'labeled', MONA)], `mona labelled it on ${day(10)}`],
    ['closed it as well', [on(11, 'closed', MONA)], `mona closed it on ${day(11)}`],
    [
      'closed again',
      [on(11, 'reopened', MONA), on(12, 'closed', MONA)],
      `mona reopened it on ${day(11)}, and it was closed again`,
    ],
    [
      'closed again by a robot',
      [on(11, 'reopened', ROBOT), on(12, 'closed', ROBOT)],
      `stale-robot reopened it on ${day(11)}, and it was closed again`,
    ],
    [
      'closed again by us',
      [on(11, 'reopened', MONA), on(12, 'closed', APP)],
      `mona reopened it on ${day(11)}, and it was closed again`,
    ],
    ['copied our marker', [on(11, 'commented', MONA, { mark: mark('close') })], `mona commented on it on ${day(11)}`],
  ])('%s', (_, later, detail) => {
    expect(wayBack(closedByUs(later), aDeed())).toEqual(left(detail));
  });

  test.each<[BugEvent['kind'], string]>([
    ['commented', 'commented on it'],
    ['targeted', 'gave it a target'],
    ['assigned', 'assigned it'],
    ['renamed', 'renamed it'],
  ])('the owner of our own account %s', (kind, words) => {
    expect(wayBack(closedByUs([on(12, kind, LEAD)], LEAD), aDeed())).toEqual(left(`lead ${words} on ${day(12)}`));
  });

  test('of a confidential bug nobody is named', () => {
    const bug = closedByUs([on(11, 'commented', MONA)], APP, { confidential: true });
    expect(wayBack(bug, aDeed())).toEqual(left(`somebody commented on it on ${day(11)}`));
  });

  test('a history that cannot be read whole may hide a person', () => {
    const unread = left('its history could not be read completely, so nobody knows who has touched it since');
    expect(wayBack(closedByUs([], APP, { history: 'partial' }), aDeed())).toEqual(unread);
    expect(wayBack(closedByUs([on(11, 'reopened', APP)], APP, { history: 'partial' }), aDeed())).toEqual(unread);
  });

  test('a closing that is not in the history is not ours', () => {
    const bug = closedByUs([]);
    const events = [...bug.events.slice(0, 1), on(10, 'closed', ROBOT)];
    expect(wayBack({ ...bug, events }, aDeed())).toEqual(left('our closing cannot be found in its history'));
  });
});

describe('whatever happened', () => {
  const later = someEvents.map((events) =>
    events
      .map(({ mark: _, ...event }) => ({ ...event, at: event.at.replace('2026', '2027') }))
      .toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  );
  const isPerson = ({ actor }: BugEvent) => actor === null || (actor.kind === 'human' && !actor.self);

  test('no bug is reopened that a person has touched, or that was reopened before', () => {
    fc.assert(
      fc.property(later, (events) => {
        const way = wayBack(closedByUs(events), aDeed());
        const stands = events.some((event) => isPerson(event) || event.kind === 'reopened');
        if (way.kind === 'back' && way.steps.includes('reopen')) expect(stands).toBe(false);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test('what robots do keeps nobody from it', () => {
    const robots = later.map((events) =>
      events.map((event) => ({ ...event, actor: ROBOT })).filter(({ kind }) => kind !== 'reopened'),
    );
    fc.assert(
      fc.property(robots, (events) => {
        expect(wayBack(closedByUs(events), aDeed())).toEqual(BACK);
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});

describe('a bug that is open again', () => {
  test('a person reopened it: even the comment stays, for its marker remembers that', () => {
    const bug = closedByUs([on(11, 'reopened', MONA)]);
    expect(wayBack(bug, aDeed())).toEqual(left(`mona reopened it on ${day(11)}`));
    expect(wayBack(bug, aDeed({ earlier: AFTER_TRYING }))).toEqual(left(`mona reopened it on ${day(11)}`));
    expect(wayBack(bug, aDeed({ lost: true }))).toEqual(left(`mona reopened it on ${day(11)}`));
    expect(wayBack(bug, aDeed({ receipts: [COMMENT] }))).toEqual(left(`mona reopened it on ${day(11)}`));
  });

  test('nobody knows who reopened it', () => {
    expect(wayBack(closedByUs([], APP, { state: 'open' }), aDeed())).toEqual(left('it is open again'));
  });

  test.each<[string, Actor, Partial<Deed>, Way]>([
    ['our undo is known to have done it', LEAD, { earlier: AFTER_REOPENING }, DISOWN],
    ['our undo was about to, and may have more to bring back', LEAD, { earlier: AFTER_TRYING }, BACK],
    ['our undo was about to, and the comment was deleted', LEAD, { earlier: AFTER_TRYING, receipts: [CLOSE] }, REOPEN],
    ['by hand, as far as the journal knows', LEAD, {}, left(`lead reopened it on ${day(11)}`)],
    ['by a robot that does nothing else, and there is no journal', APP, { lost: true }, DISOWN],
    ['by a personal account, and there is no journal', LEAD, { lost: true }, left(`lead reopened it on ${day(11)}`)],
    ['by our robot, but there is a journal, which knows nothing of it', APP, {}, left(`bugprune reopened it on ${day(11)}`)],
    ['by another robot', ROBOT, { lost: true }, left(`stale-robot reopened it on ${day(11)}`)],
    ['our undo did, and the comment was deleted', APP, { earlier: AFTER_REOPENING, receipts: [CLOSE] }, ALREADY],
  ])('%s', (_, actor, parts, way) => {
    const bug = closedByUs([on(11, 'reopened', actor)], actor.self ? actor : APP);
    expect(wayBack(bug, aDeed(parts))).toEqual(way);
  });

  test('an undo that was cut short is finished whatever people did after it', () => {
    const bug = closedByUs([on(11, 'reopened', APP), on(12, 'closed', MONA), on(13, 'reopened', MONA)]);
    expect(wayBack(bug, aDeed({ earlier: AFTER_REOPENING }))).toEqual(DISOWN);
  });
});

describe('a bug that was only commented on', () => {
  const warned = (later: readonly BugEvent[], parts: Partial<Bug> = {}) =>
    aBug({ events: [on(10, 'commented', APP, { mark: mark('warn') }), ...later], ...parts });
  const warning = aDeed({ mark: mark('warn'), receipts: [COMMENT] });

  test('a warning is taken back whoever has spoken since, as long as the bug is open', () => {
    expect(wayBack(warned([]), warning)).toEqual(DISOWN);
    expect(wayBack(warned([on(11, 'commented', MONA), on(12, 'reopened', MONA)]), warning)).toEqual(DISOWN);
    expect(wayBack(warned([], { history: 'partial' }), warning)).toEqual(DISOWN);
  });

  test('what a bug was warned of has come about', () => {
    const later = [on(17, 'commented', APP, { mark: { ...mark('close'), run: 'run-2' } }), on(17, 'closed', APP)];
    expect(wayBack(warned(later, { state: 'closed' }), warning)).toEqual(left(`bugprune closed it on ${day(17)}`));
    expect(wayBack(warned([], { state: 'closed' }), warning)).toEqual(left('it was closed since'));
  });

  test('a closing that failed left its comment behind', () => {
    const bug = aBug({ events: [on(10, 'commented', APP, { mark: mark('close') }), on(11, 'commented', MONA)] });
    expect(wayBack(bug, aDeed({ receipts: [COMMENT] }))).toEqual(DISOWN);
    const closed = { ...bug, state: 'closed' as const, events: [...bug.events, on(12, 'closed', MONA)] };
    expect(wayBack(closed, aDeed({ receipts: [COMMENT] }))).toEqual(left(`mona closed it on ${day(12)}`));
  });

  test('nothing happened after all', () => {
    expect(wayBack(aBug(), aDeed({ receipts: [], pending: 'comment' }))).toEqual({ kind: 'nothing' });
  });
});

describe('a bug that was taken back', () => {
  const taken = (parts: Partial<Bug> = {}) =>
    aBug({
      events: [on(10, 'commented', APP, { mark: mark('undo') }), on(10, 'closed', APP), on(11, 'reopened', APP)],
      ...parts,
    });

  test('its own marker says so, or a journal', () => {
    expect(wayBack(taken(), aDeed())).toEqual(ALREADY);
    expect(wayBack(taken({ state: 'closed' }), aDeed())).toEqual(ALREADY);
    expect(wayBack(taken(), aDeed({ mark: mark('warn') }))).toEqual(ALREADY);
    const finished = { ...AFTER_REOPENING, finished: true };
    expect(wayBack(closedByUs([on(11, 'reopened', APP)]), aDeed({ earlier: finished }))).toEqual(ALREADY);
  });

  test('where nobody knows whether the comment says so as well, it is told again', () => {
    const earlier: Deed['earlier'] = { ...AFTER_REOPENING, pending: new Set(['disown'] as const) };
    expect(wayBack(taken(), aDeed({ earlier }))).toEqual(DISOWN);
    expect(wayBack(taken({ state: 'closed' }), aDeed({ earlier }))).toEqual(ALREADY);
  });
});
