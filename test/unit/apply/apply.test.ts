import { describe, expect, test } from 'vitest';
import { type Application, applyProposal } from '../../../src/apply/apply.js';
import { TrackerError } from '../../../src/errors.js';
import type { Bug } from '../../../src/model/bug.js';
import { reportEntry } from '../../../src/report/entry.js';
import { judge } from '../../../src/rules/judge.js';
import { aBug, type MemoryTracker, memoryTracker, quietCall } from '../../../src/testing.js';
import type { Tracker } from '../../../src/trackers/tracker.js';
import { tickingClock } from '../../contract/surroundings.js';
import { NOW, notedSteps, RULES } from './given.js';

/** Applies a close of one bug, on a tracker that may do some things otherwise than it should. */
async function apply(
  bug: Bug,
  otherwise: (real: MemoryTracker) => Partial<Tracker> = () => ({}),
  before: Parameters<typeof notedSteps>[0] = {},
) {
  const steps = notedSteps(before);
  const real = memoryTracker([bug], tickingClock('2026-11-22T08:00:00Z'));
  const pauses: number[] = [];
  let refusals = 0;
  const application: Application = {
    tracker: { ...real, ...otherwise(real) },
    rules: RULES,
    run: 'run-1',
    now: NOW,
    call: quietCall(),
    record: steps,
    prepare: (one) => one,
    onRefusal: () => {
      refusals++;
    },
    pause: (seconds) => {
      pauses.push(seconds);
      return Promise.resolve();
    },
  };
  const result = await applyProposal(reportEntry(bug, judge(bug, RULES, NOW), RULES, NOW), application);
  const after = real.bugs.get(bug.ref);
  return { result, pauses, refusals, steps: steps.noted, state: after?.state, kinds: after?.events.map(({ kind }) => kind) };
}

const limited = new TrackerError('rate-limit', 'Slow down.', { retryAfter: 600 });
const lost = new TrackerError('network', 'No answer.', { ambiguousWrite: true });

describe('closing a bug', () => {
  test('comment first, then the close', async () => {
    expect(await apply(aBug())).toMatchObject({ result: { status: 'closed' }, kinds: ['commented', 'closed'] });
  });

  test('each write is announced before it is sent, and noted when it is done', async () => {
    expect((await apply(aBug())).steps).toEqual(['intent comment', 'done comment', 'intent close', 'done close']);
  });

  test('a close whose answer was lost is looked up on the bug; where it is not closed, nothing is said of it', async () => {
    const arrived = await apply(aBug(), (real) => ({
      close: async (...args) => {
        await real.close(...args);
        throw lost;
      },
    }));
    expect(arrived).toMatchObject({ result: { status: 'closed' }, kinds: ['commented', 'closed'] });
    expect(arrived.steps.at(-1)).toBe('done close');
    const never = await apply(aBug(), () => ({ close: () => Promise.reject(lost) }));
    expect(never).toMatchObject({ result: { status: 'failed' }, state: 'open', kinds: ['commented'] });
    expect(never.steps).toEqual(['intent comment', 'done comment', 'intent close']);
  });

  test('a comment of an earlier run that is used goes into the journal: an undo has to know of it', async () => {
    const mark = { run: 'run-0', action: 'close', policy: 'untargeted' } as const;
    const us = { id: 'b', name: 'b', kind: 'bot', self: true } as const;
    const ours = { at: '2026-09-01T00:00:00Z', kind: 'commented', id: 'c1', mark, actor: us } as const;
    expect((await apply(aBug({ events: [ours] }))).steps).toEqual([
      'intent comment',
      'done comment',
      'intent close',
      'done close',
    ]);
  });

  test('what a bug that was closed before a crash still lacks in the journal is looked up', async () => {
    const mark = { run: 'run-1', action: 'close', policy: 'untargeted' } as const;
    const us = { id: 'b', name: 'b', kind: 'bot', self: true } as const;
    const events = [
      { at: '2026-11-22T07:00:00Z', kind: 'commented', id: 'c1', mark, actor: us },
      { at: '2026-11-22T07:00:01Z', kind: 'closed', from: 'open', actor: us },
    ] as const;
    const closed = aBug({ state: 'closed', status: 'closed', events: [...events] });
    const taken = await apply(closed, undefined, { pending: 'comment' });
    expect(taken.result.status).toBe('closed');
    expect(taken.steps).toEqual(['intent comment', 'done comment', 'intent close', 'done close']);
    const rest = await apply(closed, undefined, { known: ['comment'], pending: 'close' });
    expect(rest.steps).toEqual(['intent close', 'done close']);
    const others = await apply({ ...closed, events: closed.events.filter(({ kind }) => kind === 'closed') });
    expect(others).toMatchObject({ result: { status: 'already-closed' }, steps: [] });
  });

  test('a comment that fails leaves it open', async () => {
    const outcome = await apply(aBug(), () => ({ comment: () => Promise.reject(new TrackerError('network', 'Down.')) }));
    expect(outcome).toMatchObject({ result: { status: 'failed', detail: 'Down.' }, state: 'open', kinds: [] });
  });

  test('a comment whose answer was lost is looked up; where it is not there, nothing is closed', async () => {
    const arrived = await apply(aBug(), (real) => ({
      comment: async (...args) => {
        await real.comment(...args);
        throw lost;
      },
    }));
    expect(arrived).toMatchObject({ result: { status: 'closed' }, kinds: ['commented', 'closed'] });
    expect(await apply(aBug(), () => ({ comment: () => Promise.reject(lost) }))).toMatchObject({ state: 'open', kinds: [] });
  });

  test('what a failed close left behind is not said again, unless a person has answered it', async () => {
    const mark = { run: 'run-0', action: 'close', policy: 'untargeted' } as const;
    const ours = {
      at: '2026-09-01T00:00:00Z',
      kind: 'commented',
      mark,
      actor: { id: 'b', name: 'b', kind: 'bot', self: true },
    } as const;
    expect((await apply(aBug({ events: [ours] }))).kinds).toEqual(['commented', 'closed']);
    const answer = { at: '2026-09-02T00:00:00Z', kind: 'commented', actor: { id: 'mona', name: 'mona', kind: 'human' } } as const;
    expect((await apply(aBug({ events: [ours, answer] }))).kinds).toEqual(['commented', 'commented', 'commented', 'closed']);
  });

  test('after a pause everything is read and compared anew', async () => {
    const bug = aBug();
    let times = 0;
    const outcome = await apply(bug, (real) => ({
      comment: (...args) => {
        if (times++ > 0) return real.comment(...args);
        real.bugs.set(bug.ref, { ...bug, targets: [{ name: 'v2', state: 'open' }] });
        return Promise.reject(limited);
      },
    }));
    expect(outcome).toMatchObject({ pauses: [600], result: { status: 'skipped' }, state: 'open', kinds: [] });
  });

  test('pauses have an end', async () => {
    const outcome = await apply(aBug(), () => ({ close: () => Promise.reject(limited) }));
    expect(outcome.result).toEqual({ status: 'failed', detail: 'Slow down.' });
    expect(outcome.pauses).toEqual(Array(5).fill(600));
    expect(outcome.kinds).toEqual(['commented']);
    const forever = new TrackerError('rate-limit', 'Tomorrow.', { retryAfter: 86_400 });
    expect((await apply(aBug(), () => ({ comment: () => Promise.reject(forever) }))).pauses).toEqual([]);
  });

  test('a refusal for want of permission is told', async () => {
    const refused = new TrackerError('permission', 'No.');
    expect(await apply(aBug(), () => ({ comment: () => Promise.reject(refused) }))).toMatchObject({ refusals: 1, state: 'open' });
  });

  test('a defect is not taken for a failure of the tracker', async () => {
    await expect(apply(aBug(), () => ({ read: () => Promise.reject(new TypeError('oops')) }))).rejects.toThrow('oops');
  });
});
