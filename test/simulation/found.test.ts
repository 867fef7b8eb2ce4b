import { describe, expect, test } from 'vitest';
import { applyProposal } from '../../src/apply/apply.js';
import type { BugEvent } from '../../src/model/bug.js';
import { closingAfter, reopenedByPeople, standingMark, untargetedSince } from '../../src/model/history.js';
import { reportEntry } from '../../src/report/entry.js';
import { judge } from '../../src/rules/judge.js';
import { aBug, memoryTracker, quietCall } from '../../src/testing.js';
import { NOW, notedSteps, RULES } from '../unit/apply/given.js';
import { day, LEAD, MONA, mark, on, ROBOT } from '../unit/model/given.js';

/** Our comment of a run. */
const says = (at: number, run: string, action: 'close' | 'warn' | 'undo'): BugEvent =>
  on(at, 'commented', LEAD, { mark: { ...mark(action), run }, id: `c${at}` });

describe('what simulated years have found, in as few words as possible', () => {
  test('a robot that comments does not supersede a warning on a bug whose target was deleted', () => {
    const events = [on(2, 'targeted', MONA), says(9, 'run-1', 'warn'), on(12, 'commented', ROBOT)];
    const bug = aBug({ createdAt: day(1), events });
    expect(untargetedSince(bug)).toBe(day(9));
    expect(standingMark(bug, 'warn')?.at).toBe(day(9));
    // What was planned anew may have lost its target as late as it changed.
    const anew = aBug({ createdAt: day(1), events: [...events, on(13, 'targeted', MONA), on(15, 'commented', ROBOT)] });
    expect(untargetedSince(anew)).toBe(day(15));
  });

  test('an undo is no comeback, though a comment stands whose closing had failed', () => {
    const closing = [on(6, 'closed', LEAD), on(7, 'reopened', LEAD)];
    const events = [says(2, 'run-1', 'close'), on(3, 'labeled', MONA), says(5, 'run-2', 'undo'), ...closing];
    expect(reopenedByPeople(aBug({ createdAt: day(1), events }))).toEqual([]);
    const pasted = { ...says(5, 'run-2', 'undo'), actor: MONA };
    const forged = [says(2, 'run-1', 'close'), on(3, 'closed', LEAD), pasted, on(7, 'reopened', MONA)];
    expect(reopenedByPeople(aBug({ createdAt: day(1), events: forged }))).toEqual([day(7)]);
  });

  test('a closing is not that of a run whose own had failed, when another one announced it anew', () => {
    const events = [says(2, 'run-1', 'close'), on(3, 'labeled', MONA), says(5, 'run-2', 'close'), on(5, 'closed', LEAD)];
    const bug = aBug({ createdAt: day(1), state: 'closed', events });
    expect(closingAfter(bug, { ...mark('close'), run: 'run-1' })).toBeUndefined();
    expect(closingAfter(bug, { ...mark('close'), run: 'run-2' })?.at).toBe(day(5));
  });

  test('a run that closed under the comment of another one, and died before it said so, still knows that it did', async () => {
    const proposal = reportEntry(aBug(), judge(aBug(), RULES, NOW), RULES, NOW);
    const events = [says(2, 'run-1', 'close'), on(3, 'closed', LEAD, { from: 'open' })];
    const tracker = memoryTracker([aBug({ state: 'closed', status: 'not planned', events })], () => NOW);
    const record = notedSteps({ known: ['comment', 'close'] });
    const patience = { prepare: <Bug>(bug: Bug) => bug, onRefusal: () => undefined, pause: () => Promise.resolve() };
    const application = { tracker, rules: RULES, run: 'run-2', now: NOW, call: quietCall(), record, ...patience };
    expect(await applyProposal(proposal, application)).toMatchObject({ status: 'closed' });
    expect(record.noted).toEqual([]);
  });
});
