import assert from 'node:assert/strict';
import type { Mark } from '../model/bug.js';
import { humanComments, isOurs, lastHumanActivity, reopenedByPeople, snoozedUntil, standingMark } from '../model/history.js';
import { assertJson, type Check, MARK, searchAll, TEXT } from './subject.js';
/** What every adapter owes to whoever writes, and to whoever takes that back. */
export const WRITING: Readonly<Record<string, Check>> = {
  'finds what was closed since an instant, and nothing that is open': async ({ tracker, refs, first, call }) => {
    const bug = await tracker.read(first, call);
    await tracker.comment(bug, TEXT, MARK, call);
    await tracker.close(bug, MARK, call);
    const found = await searchAll(tracker, call, { state: 'closed', since: bug.updatedAt });
    assert.ok(found.every(({ state }) => state === 'closed'));
    assert.equal(found.filter(({ ref }) => ref === first).length, 1);
    const everything = await searchAll(tracker, call, { state: 'closed', since: '1970-01-01T00:00:00Z' });
    assert.deepEqual(everything.map(({ ref }) => ref).toSorted(), [first, refs[2]].toSorted());
    assert.deepEqual(
      (await tracker.loadHistory(everything, call)).map(({ history }) => history),
      ['complete', 'complete'],
    );
  },

  'leaves a comment that is known as ours, and as no human activity': async ({ tracker, first, call }) => {
    const before = await tracker.read(first, call);
    const receipt = await tracker.comment(before, TEXT, MARK, call);
    assertJson(receipt);
    const bug = await tracker.read(first, call);
    const ours = bug.events.filter(isOurs);
    assert.deepEqual(
      ours.map(({ mark }) => mark),
      [MARK],
    );
    assert.equal(humanComments(bug), 0);
    assert.equal(lastHumanActivity(bug), lastHumanActivity(before));
    assert.deepEqual(standingMark(bug, 'close')?.mark, MARK);
  },

  'finds its own mark again, and no other': async ({ tracker, first, call }) => {
    const bug = await tracker.read(first, call);
    assert.equal(await tracker.findMark(bug, MARK, call), undefined);
    const receipt = await tracker.comment(bug, TEXT, MARK, call);
    assert.deepEqual((await tracker.findMark(bug, MARK, call))?.detail, receipt.detail);
    assert.equal(await tracker.findMark(bug, { ...MARK, run: 'another' }, call), undefined);
    assert.equal(await tracker.findMark(bug, { ...MARK, action: 'warn' }, call), undefined);
  },

  'remembers until when a bug is to be left alone': async ({ tracker, first, call }) => {
    const mark: Mark = { ...MARK, action: 'snooze', until: '2027-03-01' };
    const receipt = await tracker.comment(await tracker.read(first, call), TEXT, mark, call);
    assert.equal(snoozedUntil(await tracker.read(first, call)), '2027-03-01');
    assert.deepEqual((await tracker.findMark(await tracker.read(first, call), mark, call))?.detail, receipt.detail);
    await tracker.revert(receipt, call);
    assert.equal(snoozedUntil(await tracker.read(first, call)), null);
  },

  'closes, says what was recorded, and finds the bug no more': async ({ tracker, first, call }) => {
    const bug = await tracker.read(first, call);
    await tracker.comment(bug, TEXT, MARK, call);
    const receipt = await tracker.close(bug, MARK, call);
    assertJson(receipt);
    assert.match(receipt.recorded, /\S/);
    const closed = await tracker.read(first, call);
    assert.equal(closed.state, 'closed');
    assert.ok(closed.events.some(({ kind }) => kind === 'closed'));
    assert.ok((await searchAll(tracker, call)).every(({ ref }) => ref !== first));
  },

  'remembers that a person reopened what we closed': async ({ tracker, first, personReopens, call }) => {
    const bug = await tracker.read(first, call);
    await tracker.comment(bug, TEXT, MARK, call);
    await tracker.close(bug, MARK, call);
    await personReopens(first);
    const reopened = await tracker.read(first, call);
    assert.equal(reopened.state, 'open');
    assert.equal(reopenedByPeople(reopened).length, 1);
    assert.equal(standingMark(reopened, 'close'), undefined);
  },

  'takes back what it did': async ({ tracker, first, call }) => {
    const bug = await tracker.read(first, call);
    const comment = await tracker.comment(bug, TEXT, MARK, call);
    const close = await tracker.close(bug, MARK, call);
    await tracker.revert(close, call);
    await tracker.revert(comment, call);
    const back = await tracker.read(first, call);
    assert.equal(back.state, 'open');
    assert.equal(back.status, bug.status);
    assert.deepEqual(
      back.events.filter(isOurs).map(({ mark }) => mark?.action),
      ['undo'],
    );
    assert.equal(reopenedByPeople(back).length, 0);
    assert.equal(await tracker.findMark(back, MARK, call), undefined);
  },

  'finds its own closing again, as good for taking it back as the receipt': async ({ tracker, first, call }) => {
    const bug = await tracker.read(first, call);
    await tracker.comment(bug, TEXT, MARK, call);
    assert.equal(await tracker.findClosing(await tracker.read(first, call), MARK, call), undefined);
    await tracker.close(bug, MARK, call);
    const closed = await tracker.read(first, call);
    assert.equal(await tracker.findClosing(closed, { ...MARK, run: 'another' }, call), undefined);
    const found = await tracker.findClosing(closed, MARK, call);
    assert.ok(found);
    assert.equal(found.action, 'close');
    assertJson(found);
    const again = await tracker.close(closed, MARK, call);
    assert.deepEqual(again.detail, found.detail, 'closing what we have closed changes nothing');
    assert.equal((await tracker.read(first, call)).events.length, closed.events.length);
    await tracker.revert(found, call);
    const back = await tracker.read(first, call);
    assert.deepEqual([back.state, back.status, back.labels], ['open', bug.status, bug.labels]);
  },

  'finds no closing of its own once a person has reopened': async ({ tracker, first, personReopens, call }) => {
    const bug = await tracker.read(first, call);
    await tracker.comment(bug, TEXT, MARK, call);
    await tracker.close(bug, MARK, call);
    await personReopens(first);
    assert.equal(await tracker.findClosing(await tracker.read(first, call), MARK, call), undefined);
  },

  'tells what happened oldest first, and nothing later than the last change': async ({ tracker, first, call }) => {
    const bug = await tracker.read(first, call);
    await tracker.comment(bug, TEXT, MARK, call);
    await tracker.revert(await tracker.close(bug, MARK, call), call);
    const { events, updatedAt } = await tracker.read(first, call);
    const instants = events.map(({ at }) => at);
    assert.ok(instants.length >= 3, 'a comment, a closing and a reopening');
    assert.deepEqual(instants, instants.toSorted());
    assert.ok((instants.at(-1) ?? '') <= updatedAt, 'a bug without a change since a cutoff has no event since either');
  },
};
