import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Bug } from '../../../../src/model/bug.js';
import { reopenedByPeople } from '../../../../src/model/history.js';
import { aBug } from '../../../../src/testing/bug.js';
import { quietCall } from '../../../../src/testing/subject.js';
import { snapshotHeader } from '../../../../src/trackers/file/format.js';
import { openFileTracker } from '../../../../src/trackers/file/tracker.js';
import type { Receipt, Tracker, TrackerEvent } from '../../../../src/trackers/tracker.js';
import { aFile, all, anEnv, bugs, HEADER, MARK, NOW, snapshotText } from './given.js';

const call = quietCall();
const OURS = { id: 'bugprune', name: 'bugprune', kind: 'bot', self: true } as const;

interface Given {
  readonly tracker: Tracker;
  readonly path: string;
  text(): Promise<string>;
}

async function given(list: readonly Bug[], now = NOW): Promise<Given> {
  const { path } = await aFile(snapshotText(list));
  const tracker = openFileTracker({ type: 'file', path }, anEnv({ now: () => now }));
  return { tracker, path, text: () => readFile(path, 'utf8') };
}

describe('reading', () => {
  test('open bugs only, under the name of the opened tracker, and what was read is told', async () => {
    const [first, second, third] = bugs(3);
    if (!first || !second || !third) return expect.unreachable();
    const { tracker, path } = await given([first, { ...second, state: 'closed' }, third]);
    const events: TrackerEvent[] = [];
    const found = await all(tracker.search({ state: 'open' }, { ...call, on: (event) => events.push(event) }));
    expect(tracker.id).toBe(`file:${path}`);
    expect(found).toEqual([first, third].map((bug) => ({ ...bug, tracker: 'mine' })));
    expect(events).toEqual([{ type: 'read', count: 2 }]);
  });

  test('what was closed: only bugs to which something happened since the instant', async () => {
    const closed = (ref: string, updatedAt: string) => aBug({ ref, state: 'closed', status: 'closed', updatedAt });
    const { tracker } = await given([
      closed('acme/app#1', '2026-11-01T08:59:59Z'),
      closed('acme/app#2', '2026-11-01T09:00:00Z'),
      aBug({ ref: 'acme/app#3', updatedAt: '2026-11-20T00:00:00Z' }),
      closed('acme/app#4', '2026-11-21T00:00:00Z'),
    ]);
    const events: TrackerEvent[] = [];
    const listening = { ...call, on: (event: TrackerEvent) => events.push(event) };
    const found = await all(tracker.search({ state: 'closed', since: '2026-11-01T09:00:00Z' }, listening));
    expect(found.map(({ ref, tracker: name }) => [ref, name])).toEqual([
      ['acme/app#2', 'mine'],
      ['acme/app#4', 'mine'],
    ]);
    expect(events).toEqual([{ type: 'read', count: 2 }]);
  });

  test('a history that was saved is given as it is; one that was not cannot be loaded', async () => {
    const histories = ['complete', 'partial', 'unread'] as const;
    const { tracker } = await given(histories.map((history, index) => aBug({ ref: `acme/app#${index}`, history })));
    const listed = await all(tracker.search({ state: 'open' }, call));
    expect(listed.map(({ history }) => history)).toEqual(histories);
    expect((await tracker.loadHistory(listed, call)).map(({ history }) => history)).toEqual(['complete', 'partial', 'partial']);
    expect((await tracker.read('acme/app#2', call)).history).toBe('partial');
  });

  test('a bug that is not there', async () => {
    const { tracker, path } = await given(bugs(1));
    await expect(tracker.read('acme/app#7', call)).rejects.toMatchObject({
      kind: 'not-found',
      message: `${path}: there is no bug acme/app#7 in this snapshot`,
    });
  });

  test('who we are is only known where there is a snapshot', async () => {
    const tracker = openFileTracker({ type: 'file', path: 'none.ndjson' }, anEnv());
    await expect(tracker.identify(call)).rejects.toMatchObject({
      kind: 'not-found',
      message: 'none.ndjson: no such file or folder',
    });
  });
});

describe('a comment', () => {
  test('is added to the bug and to nothing else', async () => {
    const { tracker, text, path } = await given(bugs(3));
    const receipt = await tracker.comment(aBug({ ref: 'acme/app#2' }), 'Two\nlines', MARK, call);
    expect(receipt).toEqual({ action: 'comment', ref: 'acme/app#2', recorded: 'comment c1', detail: { comment: 'c1' } });
    const event = { at: NOW, kind: 'commented', actor: OURS, value: 'Two lines', id: 'c1', mark: MARK } as const;
    const changed = bugs(3).map((bug, index) => (index === 1 ? { ...bug, comments: 1, updatedAt: NOW, events: [event] } : bug));
    expect(parsed(await text())).toEqual([HEADER, ...changed].map((content) => JSON.parse(JSON.stringify(content))));
    expect(await readdir(dirname(path))).toEqual(['backlog.ndjson']);
  });

  test('has an id of its own, and is counted where comments are', async () => {
    const event = { at: NOW, kind: 'commented', actor: null, id: 'c7' } as const;
    const { tracker } = await given([aBug({ events: [event], comments: null })]);
    expect((await tracker.comment(aBug(), 'x', MARK, call)).detail).toEqual({ comment: 'c8' });
    expect((await tracker.read('acme/app#1', call)).comments).toBeNull();
  });

  test('comes after what is there already, even when the clock says otherwise', async () => {
    const { tracker } = await given([aBug({ updatedAt: '2026-12-24T00:00:00Z' })]);
    await tracker.comment(aBug(), 'x', MARK, call);
    const bug = await tracker.read('acme/app#1', call);
    expect([bug.updatedAt, bug.events[0]?.at]).toEqual(['2026-12-24T00:00:00Z', '2026-12-24T00:00:00Z']);
  });

  test('of our account on the tracker that the snapshot came from is found by its mark', async () => {
    const actor = { id: 'U_7', name: 'octocat', kind: 'human', self: true } as const;
    const { tracker } = await given([aBug({ events: [{ at: NOW, kind: 'commented', actor, id: 'IC_1', mark: MARK }] })]);
    expect((await tracker.findMark(aBug(), MARK, call))?.detail).toEqual({ comment: 'IC_1' });
  });

  test('of somebody who copied our mark is not ours', async () => {
    const actor = { id: 'U_8', name: 'user-0008', kind: 'human' } as const;
    const { tracker } = await given([aBug({ events: [{ at: NOW, kind: 'commented', actor, id: 'IC_1', mark: MARK }] })]);
    expect(await tracker.findMark(aBug(), MARK, call)).toBeUndefined();
  });
});

describe('closing', () => {
  test('is recorded', async () => {
    const { tracker } = await given(bugs(1));
    const receipt = await tracker.close(aBug(), MARK, call);
    expect(receipt).toEqual({
      action: 'close',
      ref: 'acme/app#1',
      recorded: 'closed as not planned',
      detail: { changed: true, status: 'open' },
    });
    expect(await tracker.read('acme/app#1', call)).toMatchObject({
      state: 'closed',
      status: 'closed',
      updatedAt: NOW,
      events: [{ at: NOW, kind: 'closed', actor: OURS, value: 'not planned', from: 'open' }],
    });
  });

  describe('found again without its receipt', () => {
    const prune = async (tracker: Tracker): Promise<Receipt> => {
      await tracker.comment(aBug(), 'Closed, because.', MARK, call);
      return tracker.close(aBug(), MARK, call);
    };

    test('gives the very same receipt', async () => {
      const { tracker } = await given([aBug({ status: 'In Review' })]);
      const receipt = await prune(tracker);
      expect(await tracker.findClosing(await tracker.read('acme/app#1', call), MARK, call)).toEqual(receipt);
    });

    test('not once it was taken back, whatever became of the bug then', async () => {
      const { tracker } = await given(bugs(1));
      await tracker.revert(await prune(tracker), call);
      expect(await tracker.findClosing(aBug(), MARK, call)).toBeUndefined();
      await tracker.close(aBug(), MARK, call);
      expect(await tracker.findClosing(aBug(), MARK, call)).toBeUndefined();
    });

    test('not when another program wrote it and did not say which status it ended: that could not be restored', async () => {
      const events = [
        { at: NOW, kind: 'commented', actor: OURS, id: 'c1', mark: MARK },
        { at: NOW, kind: 'closed', actor: OURS, value: 'not planned' },
      ] as const;
      const { tracker } = await given([aBug({ state: 'closed', status: 'closed', events: [...events] })]);
      expect(await tracker.findClosing(aBug(), MARK, call)).toBeUndefined();
    });
  });

  test('a closed bug changes nothing, and neither does taking that back', async () => {
    const { tracker, text } = await given([aBug({ state: 'closed', status: 'Done' })]);
    const before = await text();
    const receipt = await tracker.close(aBug(), MARK, call);
    expect(receipt).toMatchObject({ recorded: 'already closed', detail: { changed: false } });
    await tracker.revert(receipt, call);
    expect(await text()).toBe(before);
  });
});

describe('taking back', () => {
  test('reopens in the status that was, and says so in the comment', async () => {
    const { tracker } = await given([aBug({ status: 'In Review' })]);
    const comment = await tracker.comment(aBug(), 'Closed, because.', MARK, call);
    const close = await tracker.close(aBug(), MARK, call);
    await tracker.revert(close, call);
    await tracker.revert(comment, call);
    const bug = await tracker.read('acme/app#1', call);
    expect(bug).toMatchObject({ state: 'open', status: 'In Review', comments: 1 });
    expect(bug.events).toMatchObject([
      { kind: 'commented', id: 'c1', value: '[taken back] Closed, because.', mark: { ...MARK, action: 'undo' } },
      { kind: 'closed' },
      { kind: 'reopened', actor: OURS },
      { kind: 'edited', actor: OURS, value: 'comment c1' },
    ]);
    expect(reopenedByPeople(bug)).toEqual([]);
    expect(await tracker.findMark(bug, MARK, call)).toBeUndefined();
  });

  test('twice is as good as once', async () => {
    const { tracker, text } = await given(bugs(1));
    const receipts = [await tracker.comment(aBug(), 'x', MARK, call), await tracker.close(aBug(), MARK, call)];
    for (const receipt of receipts) await tracker.revert(receipt, call);
    const once = await text();
    for (const receipt of receipts) await tracker.revert(receipt, call);
    expect(await text()).toBe(once);
  });

  test('needs a receipt of ours', async () => {
    const { tracker } = await given(bugs(1));
    const foreign = { action: 'close', ref: 'acme/app#1', recorded: 'x', detail: { node: 'I_1' } } as const;
    await expect(tracker.revert(foreign, call)).rejects.toMatchObject({ kind: 'validation' });
  });
});

test('the name that a bug had when the snapshot was taken stays in the file', async () => {
  const { tracker, text } = await given([aBug({ tracker: 'original' })]);
  await tracker.close(aBug(), MARK, call);
  expect(parsed(await text())).toMatchObject([{ source: 'github:acme/app' }, { tracker: 'original', state: 'closed' }]);
});

test('a damaged file is not written to', async () => {
  const { path } = await aFile(`${snapshotText(bugs(2))}{"half`);
  const tracker = openFileTracker({ type: 'file', path }, anEnv());
  const before = await readFile(path, 'utf8');
  await expect(tracker.close(aBug(), MARK, call)).rejects.toMatchObject({
    kind: 'validation',
    message: `${path}:4: cut off: the file ends within this line`,
  });
  expect(await readFile(path, 'utf8')).toBe(before);
  expect(await readdir(dirname(path))).toEqual(['backlog.ndjson']);
});

test('the header stays as it is', async () => {
  const header = snapshotHeader({ source: 'jira:x', takenAt: '2020-01-01T00:00:00Z', account: 'me' });
  const { path } = await aFile(snapshotText(bugs(1), header));
  await openFileTracker({ type: 'file', path }, anEnv()).close(aBug(), MARK, call);
  expect(parsed(await readFile(path, 'utf8'))[0]).toEqual(header);
});

function parsed(text: string): unknown[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}
