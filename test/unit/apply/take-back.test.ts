import { describe, expect, test } from 'vitest';
import { look, type TakingBack, takeBack } from '../../../src/apply/take-back.js';
import type { Deed } from '../../../src/apply/way-back.js';
import { TrackerError } from '../../../src/errors.js';
import type { Bug, Mark } from '../../../src/model/bug.js';
import { reopenedByPeople, withBots } from '../../../src/model/history.js';
import { aBug, type MemoryTracker, memoryTracker, quietCall } from '../../../src/testing.js';
import type { Tracker } from '../../../src/trackers/tracker.js';
import { tickingClock } from '../../contract/surroundings.js';

const REF = 'acme/app#1';
const MONA = { id: 'mona', name: 'mona', kind: 'human' } as const;
const CLOSE: Mark = { run: 'run-1', action: 'close', policy: 'untargeted' };
const WARN: Mark = { ...CLOSE, action: 'warn' };

const limited = new TrackerError('rate-limit', 'Slow down.', { retryAfter: 600 });
const refused = new TrackerError('permission', 'No.');

/** A tracker with one bug on which the run did this, and what its journal says of it. */
async function pruned(mark: Mark = CLOSE, parts: Partial<Deed> = {}) {
  const tracker = memoryTracker([aBug({ ref: REF })], tickingClock('2026-11-22T08:00:00Z'));
  const bug = await tracker.read(REF, quietCall());
  const comment = await tracker.comment(bug, 'Closed.', mark, quietCall());
  const receipts = mark.action === 'close' ? [comment, await tracker.close(bug, mark, quietCall())] : [comment];
  const earlier = { done: new Set<never>(), pending: new Set<never>(), finished: false };
  const deed: Deed = { tracker: 'app', ref: REF, mark, receipts, pending: null, lost: false, earlier, ...parts };
  return { tracker, deed };
}

/** Takes it back, on a tracker that may do some things otherwise than it should; `journal` is what was written down. */
async function back(
  { tracker, deed }: { tracker: MemoryTracker; deed: Deed },
  otherwise: (real: MemoryTracker) => Partial<Tracker> = () => ({}),
  parts: Partial<TakingBack> = {},
) {
  const journal: string[] = [];
  const pauses: number[] = [];
  let refusals = 0;
  const taking: TakingBack = {
    tracker: { ...tracker, ...otherwise(tracker) },
    call: quietCall(),
    prepare: (bug) => bug,
    onRefusal: () => {
      refusals++;
    },
    pause: (seconds) => Promise.resolve(void pauses.push(seconds)),
    intent: (step) => Promise.resolve(void journal.push(`${step}?`)),
    done: (step) => Promise.resolve(void journal.push(step)),
    ...parts,
  };
  const result = await takeBack(deed, taking);
  const after = tracker.bugs.get(REF);
  return {
    result,
    journal,
    pauses,
    refusals,
    state: after?.state,
    marks: after?.events.flatMap(({ mark }) => mark?.action ?? []),
  };
}

const act = (tracker: MemoryTracker, change: Partial<Bug>, ...events: Bug['events']) => {
  const bug = tracker.bugs.get(REF);
  if (bug) tracker.bugs.set(REF, { ...bug, ...change, events: [...bug.events, ...events] });
};

const at = '2026-11-23T08:00:00Z';

describe('taking back one bug', () => {
  test('a bug that is open again without all that it had is open, and says what it lacks', async () => {
    const half = new TrackerError('conflict', 'It still has the resolution Done.');
    const outcome = await back(await pruned(), (real) => ({
      revert: async (receipt, call) => {
        await real.revert(receipt, call);
        if (receipt.action === 'close') throw half;
      },
    }));
    expect(outcome.result).toMatchObject({
      status: 'taken-back',
      detail: expect.stringMatching(/; It still has the resolution Done\.$/),
    });
    expect(outcome).toMatchObject({ state: 'open', marks: ['undo'], journal: ['reopen?', 'reopen', 'disown?', 'disown'] });
    const stays = await back(await pruned(), () => ({ revert: () => Promise.reject(half) }));
    expect(stays).toMatchObject({ result: { status: 'failed' }, state: 'closed', marks: ['close'], journal: ['reopen?'] });
  });

  test('it is reopened, then the comment says so, each step announced before it is taken', async () => {
    const given = await pruned();
    expect(await back(given)).toEqual({
      result: { status: 'taken-back', detail: 'reopened, the comment says that it was taken back' },
      journal: ['reopen?', 'reopen', 'disown?', 'disown'],
      pauses: [],
      refusals: 0,
      state: 'open',
      marks: ['undo'],
    });
    expect(reopenedByPeople(given.tracker.bugs.get(REF) ?? aBug())).toEqual([]);
  });

  test('once more: nothing is written', async () => {
    const given = await pruned();
    await back(given);
    expect(await back(given)).toMatchObject({ result: { status: 'taken-back', detail: 'was taken back before' }, journal: [] });
  });

  test('a warning', async () => {
    expect(await back(await pruned(WARN))).toMatchObject({
      result: { status: 'taken-back', detail: 'the warning says that it was taken back' },
      journal: ['disown?', 'disown'],
      marks: ['undo'],
    });
  });

  test('a bug that somebody has touched is left alone, comment and all', async () => {
    const given = await pruned();
    act(given.tracker, {}, { at, kind: 'commented', actor: MONA });
    expect(await back(given)).toMatchObject({
      result: { status: 'left', detail: `mona commented on it on ${at}` },
      journal: [],
      state: 'closed',
      marks: ['close'],
    });
  });

  test('the accounts that the configuration calls bots are none of these', async () => {
    const given = await pruned();
    act(given.tracker, {}, { at, kind: 'commented', actor: MONA });
    const prepare = (bug: Bug) => withBots(bug, (name) => name === 'mona');
    expect((await back(given, undefined, { prepare })).result.status).toBe('taken-back');
  });

  test('what cannot be written down is not done', async () => {
    const given = await pruned();
    const intent = () => Promise.reject(new Error('the disk is full'));
    await expect(back(given, undefined, { intent })).rejects.toThrow('the disk is full');
    expect(given.tracker.bugs.get(REF)?.state).toBe('closed');
  });
});

describe('what a crash of the run left unsaid is looked up', () => {
  test('a comment and a closing that nobody noted', async () => {
    const whole = await pruned();
    const onlyComment = whole.deed.receipts.slice(0, 1);
    const given = { ...whole, deed: { ...whole.deed, receipts: onlyComment, pending: 'close' as const } };
    expect((await back(given)).journal).toEqual(['reopen?', 'reopen', 'disown?', 'disown']);

    const warned = await pruned(WARN, { receipts: [], pending: 'comment' });
    expect((await back(warned)).journal).toEqual(['disown?', 'disown']);
  });

  test('everything, where the journal is lost', async () => {
    const given = await pruned(CLOSE, { receipts: [], lost: true });
    expect((await back(given)).journal).toEqual(['reopen?', 'reopen', 'disown?', 'disown']);
  });

  test('a write that never arrived', async () => {
    const tracker = memoryTracker([aBug({ ref: REF })], () => at);
    const { deed } = await pruned(CLOSE, { receipts: [], pending: 'comment' });
    const looking = {
      tracker,
      call: quietCall(),
      prepare: (bug: Bug) => bug,
      onRefusal: () => undefined,
      pause: () => Promise.resolve(),
    };
    expect(await look(deed, looking)).toMatchObject({ way: { kind: 'nothing' } });
  });
});

describe('when the tracker does not do it', () => {
  test('a reopening that fails leaves the comment as it is', async () => {
    const outcome = await back(await pruned(), () => ({
      revert: () => Promise.reject(new TrackerError('conflict', 'No way back.')),
    }));
    expect(outcome).toMatchObject({
      result: { status: 'failed', detail: 'No way back.' },
      journal: ['reopen?'],
      state: 'closed',
      marks: ['close'],
    });
  });

  test('a comment that cannot be edited is told apart, and is finished the next time', async () => {
    const given = await pruned();
    const outcome = await back(given, (real) => ({
      revert: (receipt, call) => (receipt.action === 'close' ? real.revert(receipt, call) : Promise.reject(refused)),
    }));
    expect(outcome).toMatchObject({
      result: { status: 'failed', detail: 'it was reopened, but its comment stands: No.' },
      journal: ['reopen?', 'reopen', 'disown?'],
      refusals: 1,
      state: 'open',
    });
    const earlier = { done: new Set(['reopen'] as const), pending: new Set(['disown'] as const), finished: false };
    expect(await back({ ...given, deed: { ...given.deed, earlier } })).toMatchObject({
      journal: ['disown?', 'disown'],
      marks: ['undo'],
    });
  });

  test('after a pause everything is read and compared anew', async () => {
    const given = await pruned();
    let times = 0;
    const outcome = await back(given, (real) => ({
      revert: (receipt, call) => {
        if (times++ > 0) return real.revert(receipt, call);
        act(real, {}, { at, kind: 'commented', actor: MONA });
        return Promise.reject(limited);
      },
    }));
    expect(outcome).toMatchObject({ pauses: [600], result: { status: 'left' }, state: 'closed' });
  });

  test('a pause between the two steps', async () => {
    const given = await pruned();
    let times = 0;
    const outcome = await back(given, (real) => ({
      revert: (receipt, call) => (++times === 2 ? Promise.reject(limited) : real.revert(receipt, call)),
    }));
    expect(outcome).toMatchObject({
      pauses: [600],
      result: { status: 'taken-back', detail: 'reopened, the comment says that it was taken back' },
      journal: ['reopen?', 'reopen', 'disown?', 'disown?', 'disown'],
    });
  });

  test('pauses have an end, and nobody waits for a day', async () => {
    const outcome = await back(await pruned(), () => ({ revert: () => Promise.reject(limited) }));
    expect(outcome.result).toEqual({ status: 'failed', detail: 'Slow down.' });
    expect(outcome.pauses).toEqual(Array(5).fill(600));
    const tomorrow = new TrackerError('rate-limit', 'Tomorrow.', { retryAfter: 86_400 });
    expect((await back(await pruned(), () => ({ revert: () => Promise.reject(tomorrow) }))).pauses).toEqual([]);
  });

  test('an interruption and a defect are no failures of the tracker', async () => {
    const stopped = quietCall(AbortSignal.abort());
    await expect(back(await pruned(), undefined, { call: stopped })).rejects.toThrow(/abort/i);
    await expect(back(await pruned(), () => ({ read: () => Promise.reject(new TypeError('oops')) }))).rejects.toThrow('oops');
  });
});
