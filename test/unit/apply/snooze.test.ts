import { describe, expect, test } from 'vitest';
import { applyProposal } from '../../../src/apply/apply.js';
import { TrackerError } from '../../../src/errors.js';
import type { Bug } from '../../../src/model/bug.js';
import { snoozedUntil } from '../../../src/model/history.js';
import type { ReportBug } from '../../../src/report/document.js';
import { reportEntry } from '../../../src/report/entry.js';
import { judge } from '../../../src/rules/judge.js';
import { aBug, type MemoryTracker, memoryTracker, quietCall } from '../../../src/testing.js';
import type { Tracker } from '../../../src/trackers/tracker.js';
import { tickingClock } from '../../contract/surroundings.js';
import { NOW, notedSteps, RULES } from './given.js';

const US = { id: 'b', name: 'b', kind: 'bot', self: true } as const;
const MONA = { id: 'mona', name: 'mona', kind: 'human' } as const;
const UNTIL = '2027-03-01';

/** What a reviewer made of a proposal to close this bug. */
const snoozed = (bug: Bug): ReportBug => ({
  ...reportEntry(bug, judge(bug, RULES, NOW), RULES, NOW),
  verdict: 'keep',
  snooze: UNTIL,
});

/** Snoozes a bug as it is now, on a tracker that may do some things otherwise than it should. */
async function snooze(
  now: Bug,
  otherwise: (real: MemoryTracker) => Partial<Tracker> = () => ({}),
  before: Parameters<typeof notedSteps>[0] = {},
) {
  const steps = notedSteps(before);
  const real = memoryTracker([now], tickingClock('2026-11-22T08:00:00Z'));
  const result = await applyProposal(snoozed(aBug()), {
    tracker: { ...real, ...otherwise(real) },
    rules: RULES,
    run: 'run-1',
    now: NOW,
    call: quietCall(),
    record: steps,
    prepare: (one) => one,
    onRefusal: () => undefined,
    pause: () => Promise.resolve(),
  });
  return { result, steps: steps.noted, after: real.bugs.get(now.ref) };
}

describe('snoozing a bug', () => {
  test('is a comment that says so, with a mark that the guard understands, and leaves it open', async () => {
    const { result, steps, after } = await snooze(aBug());
    expect(result.status).toBe('snoozed');
    expect(steps).toEqual(['intent comment', 'done comment']);
    expect(after).toMatchObject({ state: 'open', status: 'open' });
    expect(after?.events.map(({ kind, mark }) => [kind, mark])).toEqual([
      ['commented', { run: 'run-1', action: 'snooze', policy: 'untargeted', until: UNTIL }],
    ]);
    expect(after?.events[0]?.value).toContain(`leave it open until ${UNTIL}`);
    expect(after && snoozedUntil(after)).toBe(UNTIL);
  });

  test('is right whatever a person has done with it since', async () => {
    const events = [{ at: '2026-11-22T07:00:00Z', kind: 'commented', actor: MONA } as const];
    const now = aBug({ events, labels: ['pinned'], targets: [{ name: 'v2', state: 'open' }] });
    expect((await snooze(now)).result.status).toBe('snoozed');
  });

  test('but not of one that is closed, or another bug by now', async () => {
    expect(await snooze(aBug({ state: 'closed', status: 'Done' }))).toMatchObject({
      result: { status: 'already-closed', detail: 'is Done already' },
      steps: [],
    });
    const other = await snooze(aBug({ createdAt: '2025-01-01T00:00:00Z' }));
    expect(other.result.status).toBe('skipped');
    expect(other.after?.events).toEqual([]);
  });

  test('is not said twice: after a lost answer, or in a run that is taken up again', async () => {
    const lost = await snooze(aBug(), (real) => ({
      comment: async (...args) => {
        await real.comment(...args);
        throw new TrackerError('network', 'No answer.', { ambiguousWrite: true });
      },
    }));
    expect(lost.result.status).toBe('snoozed');
    expect(lost.after?.events).toHaveLength(1);
    const again = await snooze(lost.after ?? aBug(), undefined, { pending: 'comment' });
    expect(again).toMatchObject({ result: { status: 'snoozed' }, steps: ['intent comment', 'done comment'] });
    expect(again.after?.events).toHaveLength(1);
  });

  test('again, once it is over, is said again', async () => {
    const mark = { run: 'run-0', action: 'snooze', policy: 'untargeted', until: '2026-10-01' } as const;
    const { after } = await snooze(
      aBug({ events: [{ at: '2026-09-01T00:00:00Z', kind: 'commented', id: 'c1', mark, actor: US }] }),
    );
    expect(after?.events.map((event) => event.mark?.until)).toEqual(['2026-10-01', UNTIL]);
  });

  test('a comment that fails is a failure like any other', async () => {
    const failed = await snooze(aBug(), () => ({ comment: () => Promise.reject(new TrackerError('network', 'Down.')) }));
    expect(failed).toMatchObject({ result: { status: 'failed', detail: 'Down.' }, steps: ['intent comment'] });
  });
});
