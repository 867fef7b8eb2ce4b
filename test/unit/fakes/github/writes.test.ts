import { afterEach, describe, expect, test } from 'vitest';
import { type GithubFake, type GithubFakeOptions, githubStore, startGithub } from '../../../fakes/github/index.js';
import { allRows, send } from './client.js';

let fake: GithubFake;
afterEach(() => fake.close());

const ISSUE = '/repos/acme/app/issues/1';
const NOW = '2026-11-22T09:00:00Z';

async function start(repository: object = {}, issue: object = {}, options: Partial<GithubFakeOptions> = {}) {
  const store = githubStore({ now: () => NOW });
  store.addRepository('acme/app', repository);
  const bug = store.addIssue('acme/app', { labels: ['bug'], createdAt: '2026-01-01T00:00:00Z', ...issue });
  fake = await startGithub({ store, ...options });
  return { store, bug };
}

const patch = (body: object) => send(fake, ISSUE, { method: 'PATCH', body });
const comment = (body: string) => send(fake, `${ISSUE}/comments`, { method: 'POST', body: { body } });

describe('closing', () => {
  test('records reason, time and person, and leaves an event', async () => {
    const { bug } = await start();
    const reply = await patch({ state: 'closed', state_reason: 'not_planned' });
    expect(reply.body).toMatchObject({ state: 'closed', state_reason: 'not_planned', closed_at: NOW, updated_at: NOW });
    expect(reply.body.closed_by.login).toBe('octocat');
    expect(bug.events).toMatchObject([{ event: 'closed', reason: 'not_planned', at: NOW, actor: { login: 'octocat' } }]);
    expect(fake.violations).toEqual([]);
  });

  test('without a reason is completed, and the reason of a closed one stays', async () => {
    const { bug } = await start();
    expect((await patch({ state: 'closed' })).body.state_reason).toBe('completed');
    expect((await patch({ state: 'closed', state_reason: 'not_planned' })).body.state_reason).toBe('completed');
    expect(bug.events).toHaveLength(1);
  });

  test('loses the reason on a server that does not know it', async () => {
    await start({ knowsStateReason: false });
    const { body } = await patch({ state: 'closed', state_reason: 'not_planned' });
    expect(body.state).toBe('closed');
    expect(body).not.toHaveProperty('state_reason');
  });

  test('can be taken back', async () => {
    const { bug } = await start({}, { state: 'closed', stateReason: 'not_planned' });
    expect((await patch({ state: 'open' })).body).toMatchObject({ state: 'open', state_reason: 'reopened', closed_at: null });
    expect(bug.events.map(({ event }) => event)).toEqual(['reopened']);
  });

  test.each([
    ['an archived repository', { archived: true }, {}, {}, 403, 'Repository was archived so is read-only.'],
    ['a reader', {}, {}, { permission: 'READ' }, 403, 'Resource not accessible by personal access token'],
    [
      'an app that may only read',
      {},
      {},
      { permission: 'READ', viewer: { login: 'prune', type: 'Bot' } },
      403,
      'Resource not accessible by integration',
    ],
    ['a reader of a private repository', { private: true }, {}, { permission: 'READ' }, 404, 'Not Found'],
  ] as const)('is refused to %s', async (_, repository, issue, options, status, message) => {
    const { bug } = await start(repository, issue, options);
    const reply = await patch({ state: 'closed' });
    expect(reply).toMatchObject({ status, body: { message } });
    expect(bug.state).toBe('open');
    expect(fake.violations).toEqual([]);
  });

  test('is allowed to the author, whose labels are dropped silently', async () => {
    await start({}, { author: 'octocat' }, { permission: 'READ' });
    const { status, body } = await patch({ state: 'closed', labels: ['ntbf'] });
    expect(status).toBe(200);
    expect(body.labels.map(({ name }: { name: string }) => name)).toEqual(['bug']);
  });
});

describe('labels', () => {
  test('are added to the others, whatever their case, and removed', async () => {
    const { bug } = await start();
    const names = (reply: { body: { name: string }[] }) => reply.body.map(({ name }) => name);
    const add = await send(fake, `${ISSUE}/labels`, { method: 'POST', body: { labels: ['BUG', 'not to be fixed'] } });
    expect(names(add)).toEqual(['bug', 'not to be fixed']);
    expect(names(await send(fake, `${ISSUE}/labels/not%20to%20be%20fixed`, { method: 'DELETE' }))).toEqual(['bug']);
    const again = await send(fake, `${ISSUE}/labels/not%20to%20be%20fixed`, { method: 'DELETE' });
    expect(again).toMatchObject({ status: 404, body: { message: 'Label does not exist' } });
    expect(bug.events.map(({ event, label }) => [event, label])).toEqual([
      ['labeled', 'not to be fixed'],
      ['unlabeled', 'not to be fixed'],
    ]);
    expect(fake.violations).toEqual([]);
  });

  test('of a reader are dropped silently', async () => {
    await start({}, {}, { permission: 'READ' });
    const add = await send(fake, `${ISSUE}/labels`, { method: 'POST', body: { labels: ['ntbf'] } });
    expect(add).toMatchObject({ status: 200, body: [{ name: 'bug' }] });
  });
});

describe('comments', () => {
  test('are created, listed along pages, read and edited', async () => {
    const { store, bug } = await start({}, {}, { pageSize: 1 });
    const created = await comment('Closing this.');
    expect(created).toMatchObject({ status: 201, body: { body: 'Closing this.', user: { login: 'octocat' }, created_at: NOW } });
    store.comment(bug, { by: 'k8s-ci-robot', body: 'ok' });
    const { rows, pages } = await allRows(fake, `${ISSUE}/comments?per_page=100`);
    expect([rows.map(({ body }) => body), pages]).toEqual([['Closing this.', 'ok'], 2]);
    const one = `/repos/acme/app/issues/comments/${created.body.id}`;
    await send(fake, one, { method: 'PATCH', body: { body: 'Taken back.' } });
    expect((await send(fake, one)).body.body).toBe('Taken back.');
    expect((await send(fake, ISSUE)).body).toMatchObject({ comments: 2, updated_at: NOW });
    expect(fake.violations).toEqual([]);
  });

  test('have a length', async () => {
    await start();
    expect((await comment(' ')).body.errors[0].message).toBe("Body can't be blank");
    expect((await comment('x'.repeat(65_537))).status).toBe(422);
    expect((await comment('x'.repeat(65_536))).status).toBe(201);
  });

  test('on a locked issue are for those with a role', async () => {
    const { store, bug } = await start({ permission: 'READ' });
    expect((await comment('before')).status).toBe(201);
    store.lock(bug);
    expect(await comment('after')).toMatchObject({
      status: 403,
      body: { message: 'Unable to create comment because issue is locked.' },
    });
    store.repository('acme/app').permission = 'TRIAGE';
    expect((await comment('with a role')).status).toBe(201);
  });
});

describe('what is no longer there', () => {
  test('answers 410 when deleted, and 404 when it never was', async () => {
    const { store, bug } = await start();
    store.delete(bug);
    expect((await send(fake, ISSUE)).status).toBe(410);
    expect((await patch({ state: 'closed' })).status).toBe(410);
    expect((await comment('x')).status).toBe(410);
    expect((await send(fake, '/repos/acme/app/issues/99')).status).toBe(404);
    expect((await send(fake, '/repos/acme/app/issues')).body).toEqual([]);
  });

  test('redirects when transferred, and the other issue takes writes at its own address', async () => {
    const { store, bug } = await start();
    const lib = store.addRepository('acme/lib');
    const moved = store.transfer(bug, lib);
    const target = `${fake.url}/repositories/${lib.id}/issues/${moved.number}`;
    const read = await send(fake, ISSUE);
    expect([read.status, read.headers.get('location')]).toEqual([301, target]);
    const write = await comment('x');
    expect([write.status, write.headers.get('location')]).toEqual([307, `${target}/comments`]);
    expect(moved.events.map(({ event }) => event)).toEqual(['transferred']);
    expect((await send(fake, target)).body.repository_url).toBe(`${fake.url}/repos/acme/lib`);
  });

  test('redirects when the repository was renamed', async () => {
    const { store } = await start();
    const { id } = store.repository('acme/app');
    store.renameRepository('acme/app', 'acme/web');
    const list = await send(fake, '/repos/acme/app/issues?state=all');
    expect([list.status, list.headers.get('location')]).toEqual([301, `${fake.url}/repositories/${id}/issues?state=all`]);
    expect((await patch({ state: 'closed' })).status).toBe(307);
    expect((await send(fake, '/repos/acme/web')).body.full_name).toBe('acme/web');
    expect(store.issue('acme/web#1').state).toBe('open');
  });
});
