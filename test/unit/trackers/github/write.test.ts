import { describe, expect, test } from 'vitest';
import { formatMarker, withMarker } from '../../../../src/trackers/github/writing/marker.js';
import { type GithubFakeOptions, startGithub } from '../../../fakes/github/index.js';
import { mark, now, start } from './one-bug.js';
import { openTracker, rejection, testCall } from './world.js';

const isPost =
  (end: string) =>
  ({ method, path }: { method: string; path: string }) =>
    method === 'POST' && path.endsWith(end);

describe('a comment', () => {
  test('is posted once, with the marker as its last line', async () => {
    await using world = await start();
    const receipt = await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
    const [posted, ...others] = world.comments();
    expect(others).toEqual([]);
    expect(posted?.body).toBe(`Closed.\n\n${formatMarker(mark)}`);
    expect(receipt).toEqual({
      action: 'comment',
      ref: 'acme/app#1',
      recorded: `comment ${posted?.id}`,
      detail: { comment: String(posted?.id), url: expect.stringContaining(String(posted?.id)) },
    });
    expect(JSON.parse(JSON.stringify(receipt))).toEqual(receipt);
    expect(world.lines()).toEqual(['POST /repos/acme/app/issues/1/comments']);
  });

  test('is ours when it is read again', async () => {
    await using world = await start({ viewer: { login: 'pruner', type: 'Bot' } });
    await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
    const again = await world.tracker.read('acme/app#1', testCall());
    expect(again.events).toMatchObject([{ kind: 'commented', mark, actor: { name: 'pruner', kind: 'bot', self: true } }]);
  });

  test.each(['before', 'after'] as const)(
    'whose answer is lost (%s it took effect) is not sent again, but can be found',
    async (drop) => {
      await using world = await start({ fault: (request) => (isPost('/comments')(request) ? { drop } : undefined) });
      const error = await rejection(world.tracker.comment(world.bug, 'Closed.', mark, testCall()));
      expect(error).toMatchObject({ name: 'TrackerError', ambiguousWrite: true });
      expect(world.lines()).toEqual(['POST /repos/acme/app/issues/1/comments']);
      const found = await world.tracker.findMark(world.bug, mark, testCall());
      expect(found?.detail.comment).toBe(drop === 'after' ? String(world.comments()[0]?.id) : undefined);
    },
  );

  test.each([
    ['accepted, but not created', { status: 200, body: { id: 1, html_url: '', created_at: now(), body: withMarker('', mark) } }],
    ['created without the marker', { status: 201, body: { id: 1, html_url: '', created_at: now(), body: 'Closed.' } }],
    ['created without a trace', { status: 201, body: {} }],
  ])('is not believed to be there when it was %s', async (_, answer) => {
    await using world = await start({ fault: (request) => (isPost('/comments')(request) ? answer : undefined) });
    const error = await rejection(world.tracker.comment(world.bug, 'Closed.', mark, testCall()));
    expect(error).toMatchObject({ kind: 'unexpected', ambiguousWrite: true });
  });

  test('on a locked issue is refused without the write role', async () => {
    const viewer = { login: 'ci', type: 'Bot' } as const;
    await using world = await start({ permission: 'READ', viewer }, {}, { locked: true });
    const error = await rejection(world.tracker.comment(world.bug, 'Closed.', mark, testCall()));
    expect(error).toMatchObject({ kind: 'permission', ambiguousWrite: false, message: expect.stringContaining('locked') });
  });

  test('is not sent by a person who may only read: no closing could follow it', async () => {
    await using world = await start({ permission: 'READ' });
    const error = await rejection(world.tracker.comment(world.bug, 'Closed.', mark, testCall()));
    expect(error).toMatchObject({ kind: 'permission', message: expect.stringContaining('may only read acme/app#') });
    expect(world.comments()).toEqual([]);
  });

  test.each([
    [
      'archived',
      'permission',
      (world: Awaited<ReturnType<typeof start>>) => Object.assign(world.store.repository('acme/app'), { archived: true }),
    ],
    ['deleted', 'gone', (world: Awaited<ReturnType<typeof start>>) => world.store.delete(world.issue)],
    ['renamed', 'gone', (world: Awaited<ReturnType<typeof start>>) => world.store.renameRepository('acme/app', 'acme/new')],
  ])('is not written where all was %s meanwhile', async (_, kind, change) => {
    await using world = await start();
    change(world);
    const error = await rejection(world.tracker.comment(world.bug, 'Closed.', mark, testCall()));
    expect(error).toMatchObject({ kind, ambiguousWrite: false });
    expect(world.comments()).toEqual([]);
    expect(world.lines()).toHaveLength(1);
  });

  test('does not follow a transferred issue to its new place', async () => {
    await using world = await start();
    const moved = world.store.transfer(world.issue, world.store.addRepository('acme/lib'));
    expect(await rejection(world.tracker.comment(world.bug, 'Closed.', mark, testCall()))).toMatchObject({ kind: 'gone' });
    expect(await rejection(world.tracker.close(world.bug, mark, testCall()))).toMatchObject({ kind: 'gone' });
    expect(moved).toMatchObject({ state: 'open' });
    expect(moved.events.filter(({ event }) => event === 'commented')).toEqual([]);
  });
});

describe('closing', () => {
  test('records not planned, in one request', async () => {
    await using world = await start();
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    expect(world.issue).toMatchObject({ state: 'closed', stateReason: 'not_planned' });
    expect(receipt).toEqual({
      action: 'close',
      ref: 'acme/app#1',
      recorded: 'closed as not_planned',
      detail: { closedAt: now(), reason: 'not_planned' },
    });
    expect(world.lines()).toEqual(['PATCH /repos/acme/app/issues/1']);
  });

  test('keeps its pace: comment, close, comment', async () => {
    await using world = await start({}, { pace: '1.5s' });
    const call = testCall();
    await world.tracker.comment(world.bug, 'Closed.', mark, call);
    await world.tracker.close(world.bug, mark, call);
    await world.tracker.comment(world.bug, 'Again.', mark, call);
    expect(world.env.slept).toEqual([1500, 1500]);
    expect(call.events).toMatchObject([
      { type: 'wait', seconds: 1.5 },
      { type: 'wait', seconds: 1.5 },
    ]);
  });

  test('whose answer was lost is sent again, which changes nothing', async () => {
    let lost = false;
    await using world = await start({
      fault: ({ method }) => {
        if (method !== 'PATCH' || lost) return undefined;
        lost = true;
        return { drop: 'after' };
      },
    });
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    expect(receipt.recorded).toBe('closed as not_planned');
    expect(world.lines()).toHaveLength(2);
    expect(world.issue.events.filter(({ event }) => event === 'closed')).toHaveLength(1);
  });

  test('by a server that drops the reason is told as what it is', async () => {
    await using world = await start({ enterprise: true });
    world.store.repository('acme/app').knowsStateReason = false;
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    expect(receipt.recorded).toMatch(/^closed as .*, not as not_planned$/);
    expect(receipt.recorded).not.toMatch(/^closed as not_planned/);
  });

  test('what somebody else has closed meanwhile is not ours to take back: it is told, and not labelled', async () => {
    await using world = await start({}, { closeAs: { label: 'ntbf' } });
    world.store.close(world.issue, { reason: 'completed', by: 'mona' });
    const error = await rejection(world.tracker.close(world.bug, mark, testCall()));
    expect(error).toMatchObject({ kind: 'conflict', ambiguousWrite: false });
    expect(error).toMatchObject({ message: 'acme/app#1 was closed by mona meanwhile, as completed.' });
    expect(world.issue).toMatchObject({ state: 'closed', stateReason: 'completed', labels: [{ name: 'bug' }] });
  });

  test('what our account has closed before gives the receipt that it gave then', async () => {
    await using world = await start({ viewer: { login: 'pruner', type: 'Bot' } });
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    expect(await world.tracker.close(world.bug, mark, testCall())).toEqual(receipt);
    expect(world.issue.events.filter(({ event }) => event === 'closed')).toHaveLength(1);
  });

  test('is not believed when the issue is still open', async () => {
    await using world = await start();
    const row = await fetch(`${world.fake.url}/repos/acme/app/issues/1`, { headers: { authorization: 'token test-token' } });
    const body: unknown = await row.json();
    await using broken = await startGithub({
      store: world.store,
      fault: ({ method }) => (method === 'PATCH' ? { status: 200, body } : undefined),
    });
    const error = await rejection((await openTracker(broken.url)).close(world.bug, mark, testCall()));
    expect(error).toMatchObject({ kind: 'conflict', ambiguousWrite: true });
  });

  test.each([
    ['READ', 'permission'],
    ['TRIAGE', undefined],
  ] as const)('with the role %s', async (permission, kind) => {
    await using world = await start({ permission });
    const result = await world.tracker.close(world.bug, mark, testCall()).catch((error: unknown) => error);
    expect(result).toMatchObject(kind ? { kind, ambiguousWrite: false } : { action: 'close' });
  });
});

describe('the label', () => {
  const settings = { closeAs: { label: 'ntbf' } };

  test('is put on after closing', async () => {
    await using world = await start({}, settings);
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    expect(receipt).toMatchObject({ recorded: 'closed as not_planned', detail: { label: 'ntbf' } });
    expect(world.issue.labels.map(({ name }) => name)).toEqual(['bug', 'ntbf']);
    expect(world.lines()).toEqual(['PATCH /repos/acme/app/issues/1', 'POST /repos/acme/app/issues/1/labels']);
  });

  test('that is there already is not ours to take away', async () => {
    await using world = await start({}, settings, { labels: ['bug', 'NTBF'] });
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    expect(receipt.detail).not.toHaveProperty('label');
    await world.tracker.revert(receipt, testCall());
    expect(world.issue.labels.map(({ name }) => name)).toEqual(['bug', 'NTBF']);
  });

  test.each([
    ['dropped', { status: 200, body: [{ name: 'bug' }] }, /did not keep the label ntbf/],
    ['refused', { status: 403, body: { message: 'no' } }, /without the label ntbf.*no/],
  ] as const)('that is %s is mentioned, and the bug is closed all the same', async (_, trouble, recorded) => {
    await using world = await start({ fault: (request) => (isPost('/labels')(request) ? trouble : undefined) }, settings);
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    expect(receipt.recorded).toMatch(/^closed as not_planned/);
    expect(receipt.recorded).toMatch(recorded);
    expect(receipt.detail).not.toHaveProperty('label');
  });

  test.each([{ drop: 'before' }, { drop: 'after' }, { status: 502, body: { message: 'Server Error' } }] as const)(
    'of which nobody knows whether it is on (%o) is put on by closing once more',
    async (trouble) => {
      let isBroken = true;
      const fault: GithubFakeOptions['fault'] = (request) => (isBroken && isPost('/labels')(request) ? trouble : undefined);
      await using world = await start({ fault }, settings);
      await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
      const close = async () => world.tracker.close(await world.tracker.read('acme/app#1', testCall()), mark, testCall());
      await expect(close()).rejects.toMatchObject({ ambiguousWrite: true });
      expect(world.issue.state).toBe('closed');
      isBroken = false;
      expect(await close()).toMatchObject({ recorded: 'closed as not_planned', detail: { label: 'ntbf' } });
      expect(world.issue.labels.map(({ name }) => name)).toEqual(['bug', 'ntbf']);
      expect(world.issue.events.filter(({ event }) => event === 'labeled')).toHaveLength(1);
    },
  );
});

describe('our mark is found', () => {
  test('the latest of ours, among more comments than fit on a page', async () => {
    await using world = await start();
    const body = withMarker('Closed.', mark);
    const first = world.store.comment(world.issue, { by: 'octocat', body });
    for (let index = 0; index < 120; index++) world.store.comment(world.issue, { body: 'me too' });
    const last = world.store.comment(world.issue, { by: 'octocat', body });
    world.store.comment(world.issue, { body });
    world.store.comment(world.issue, { by: null, body });
    const found = await world.tracker.findMark(world.bug, mark, testCall());
    expect(found).toMatchObject({ action: 'comment', ref: 'acme/app#1', detail: { comment: String(last.id) } });
    expect(found?.detail.comment).not.toBe(String(first.id));
    expect(world.lines().filter((line) => line.includes('comments'))).toHaveLength(2);
  });

  test.each([
    ['of another account', { by: 'mona', body: withMarker('Closed.', mark) }],
    ['that is quoted', { by: 'octocat', body: `> Closed.\n> ${formatMarker(mark)}\n\nNo!` }],
    ['of another run', { by: 'octocat', body: withMarker('Closed.', { ...mark, run: 'r2' }) }],
    ['of another action', { by: 'octocat', body: withMarker('Closed.', { ...mark, action: 'warn' }) }],
  ])('none %s', async (_, comment) => {
    await using world = await start();
    world.store.comment(world.issue, comment);
    expect(await world.tracker.findMark(world.bug, mark, testCall())).toBeUndefined();
  });

  test('of an app', async () => {
    await using world = await start({ viewer: { login: 'pruner', type: 'Bot' } });
    const receipt = await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
    expect(await world.tracker.findMark(world.bug, mark, testCall())).toEqual(receipt);
  });
});

test.each([false, true])('a bug is closed in four requests, the reading included (enterprise: %s)', async (enterprise) => {
  await using world = await start({ enterprise });
  const bug = await world.tracker.read('acme/app#1', testCall());
  await world.tracker.comment(bug, 'Closed.', mark, testCall());
  await world.tracker.close(bug, mark, testCall());
  expect(world.lines()).toHaveLength(4);
  expect(world.issue.state).toBe('closed');
});
