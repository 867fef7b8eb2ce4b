import { describe, expect, test } from 'vitest';
import { parseMarker } from '../../../../src/trackers/github/writing/marker.js';
import type { Receipt } from '../../../../src/trackers/tracker.js';
import { mark, start } from './one-bug.js';
import { rejection, testCall } from './world.js';

const labelled = { closeAs: { label: 'ntbf' } };

describe('taking back a closing', () => {
  test('opens the bug and takes our label off, and nothing else', async () => {
    await using world = await start({}, labelled, { labels: ['bug', 'ui'], milestone: 'v2', assignees: ['hubot'] });
    const { title, labels, milestone, assignees } = world.issue;
    const before = structuredClone({ title, labels, milestone, assignees, state: 'open' });
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    await world.tracker.revert(JSON.parse(JSON.stringify(receipt)) as Receipt, testCall());
    expect(world.issue).toMatchObject({ ...before, stateReason: 'reopened' });
    expect(world.lines().slice(2)).toEqual([
      'GET /repos/acme/app/issues/1',
      'DELETE /repos/acme/app/issues/1/labels/ntbf',
      'PATCH /repos/acme/app/issues/1',
    ]);
  });

  test('for the second time does nothing, whatever people did meanwhile', async () => {
    await using world = await start({}, labelled);
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    await world.tracker.revert(receipt, testCall());
    world.store.label(world.issue, 'ntbf');
    const before = world.lines().length;
    await world.tracker.revert(receipt, testCall());
    expect(world.lines().slice(before)).toEqual(['GET /repos/acme/app/issues/1']);
    expect(world.issue.labels.map(({ name }) => name)).toEqual(['bug', 'ntbf']);
    world.store.close(world.issue, { at: '2026-11-22T09:01:00Z' });
    await world.tracker.revert(receipt, testCall());
    expect(world.issue).toMatchObject({ state: 'closed', stateReason: 'completed' });
    expect(world.lines().slice(before)).toHaveLength(2);
  });

  test('that a person took back already changes nothing', async () => {
    await using world = await start();
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    world.store.reopen(world.issue);
    await world.tracker.revert(receipt, testCall());
    expect(world.lines()).toEqual(['PATCH /repos/acme/app/issues/1', 'GET /repos/acme/app/issues/1']);
  });

  test('leaves the later closing of a person as it is', async () => {
    await using world = await start({}, labelled);
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    world.store.reopen(world.issue);
    world.store.close(world.issue, { at: '2026-11-22T09:00:06Z' });
    await world.tracker.revert(receipt, testCall());
    expect(world.issue).toMatchObject({ state: 'closed', stateReason: 'completed' });
    expect(world.lines().slice(2)).toEqual(['GET /repos/acme/app/issues/1']);
  });

  test('is not believed when the bug is still closed', async () => {
    const row: { body?: unknown } = {};
    await using world = await start({
      fault: ({ method, body }) =>
        method === 'PATCH' && JSON.stringify(body).includes('open') ? { status: 200, ...row } : undefined,
    });
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    const headers = { authorization: 'token test-token' };
    row.body = await (await fetch(`${world.fake.url}/repos/acme/app/issues/1`, { headers })).json();
    const error = await rejection(world.tracker.revert(receipt, testCall()));
    expect(error).toMatchObject({ kind: 'conflict', ambiguousWrite: true });
  });

  test('is refused without the rights, and then the label stays too', async () => {
    await using world = await start({}, labelled);
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    world.store.repository('acme/app').permission = 'READ';
    const error = await rejection(world.tracker.revert(receipt, testCall()));
    expect(error).toMatchObject({ kind: 'permission', ambiguousWrite: false });
    expect(world.issue).toMatchObject({ state: 'closed', labels: [{ name: 'bug' }, { name: 'ntbf' }] });
  });
});

describe('taking back a comment', () => {
  test('says that it was taken back, to people and to us', async () => {
    await using world = await start();
    const receipt = await world.tracker.comment(world.bug, 'Closed, @mona.', mark, testCall());
    await world.tracker.revert(receipt, testCall());
    const [comment] = world.comments();
    expect(comment?.body).toMatch(/^\*\*This was taken back\.\*\*[\s\S]*Closed, @mona\./);
    expect(parseMarker(comment?.body ?? '')).toEqual({ ...mark, action: 'undo' });
    expect(await world.tracker.findMark(world.bug, mark, testCall())).toBeUndefined();
    const before = world.lines().length;
    await world.tracker.revert(receipt, testCall());
    expect(world.lines().slice(before)).toHaveLength(1);
  });

  test('keeps the words of whoever edited it and left our marker', async () => {
    await using world = await start();
    const receipt = await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
    const [comment] = world.comments();
    if (!comment) throw new Error('no comment');
    // The web form sends line breaks of its own.
    world.store.editComment(comment, `Closed, alas.\n${comment.body}\nSorry!`.replaceAll('\n', '\r\n'));
    await world.tracker.revert(receipt, testCall());
    expect(comment.body).toMatch(/^\*\*This was taken back\.\*\*[\s\S]*Closed, alas\.[\s\S]*Sorry!$/);
    expect(parseMarker(comment.body ?? '')).toEqual({ ...mark, action: 'undo' });
  });

  test('that somebody deleted or rewrote changes nothing', async () => {
    await using world = await start();
    const deleted = await world.tracker.comment(world.bug, 'One.', mark, testCall());
    const rewritten = await world.tracker.comment(world.bug, 'Two.', mark, testCall());
    const [first, second] = world.comments();
    if (!first || !second) throw new Error('no comments');
    world.store.deleteComment(first);
    world.store.editComment(second, 'Mine.');
    await world.tracker.revert(deleted, testCall());
    await world.tracker.revert(rewritten, testCall());
    expect(second.body).toBe('Mine.');
    expect(world.lines().filter((line) => line.startsWith('PATCH'))).toEqual([]);
  });

  test.each([
    ['hidden from us', 'not-found', (world: World) => Object.assign(world.store.repository('acme/app'), HIDDEN)],
    ['transferred', 'gone', (world: World) => world.store.transfer(world.issue, world.store.addRepository('acme/lib'))],
  ])('is not thought done where all was %s meanwhile', async (_, kind, change) => {
    await using world = await start();
    const receipt = await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
    change(world);
    expect(await rejection(world.tracker.revert(receipt, testCall()))).toMatchObject({ kind });
  });

  test('is not believed when GitHub kept it as it was', async () => {
    const kept: { body?: unknown } = {};
    await using world = await start({ fault: ({ method }) => (method === 'PATCH' ? { status: 200, ...kept } : undefined) });
    const receipt = await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
    const [comment] = world.comments();
    kept.body = { id: comment?.id, html_url: '', created_at: comment?.at, body: comment?.body };
    const error = await rejection(world.tracker.revert(receipt, testCall()));
    expect(error).toMatchObject({ kind: 'unexpected', ambiguousWrite: true });
  });

  test('a receipt that is none is refused', async () => {
    await using world = await start();
    const receipt: Receipt = { action: 'comment', ref: 'acme/app#1', recorded: '', detail: { comment: '../../x' } };
    expect(await rejection(world.tracker.revert(receipt, testCall()))).toMatchObject({ kind: 'unexpected' });
    expect(world.lines()).toEqual([]);
  });
});

type World = Awaited<ReturnType<typeof start>>;
const HIDDEN = { private: true, permission: null };

describe('taking back keeps the pace of all writes', () => {
  test('between any two of them', async () => {
    await using world = await start({}, { ...labelled, pace: '1.5s' });
    const comment = await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
    const close = await world.tracker.close(world.bug, mark, testCall());
    expect(world.env.slept).toEqual([1500, 1500]);
    await world.tracker.revert(close, testCall());
    await world.tracker.revert(comment, testCall());
    expect(world.env.slept).toEqual([1500, 1500, 1500, 1500, 1500]);
  });

  test('and counts for what GitHub allows in a minute', async () => {
    await using world = await start({}, { pace: '0s' });
    const comment = await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
    let receipt = await world.tracker.close(world.bug, mark, testCall());
    for (let writes = 2; writes < 80; writes += 2) {
      await world.tracker.revert(receipt, testCall());
      receipt = await world.tracker.close(world.bug, mark, testCall());
    }
    expect(world.env.slept).toEqual([]);
    const call = testCall();
    await world.tracker.revert(receipt, call);
    await world.tracker.revert(comment, call);
    expect(call.events).toEqual([{ type: 'wait', seconds: 60, reason: expect.stringContaining('80 writes') }]);
  });
});
