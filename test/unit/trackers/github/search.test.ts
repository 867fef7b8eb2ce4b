import { describe, expect, test } from 'vitest';
import { type GithubFakeOptions, githubStore, startGithub } from '../../../fakes/github/index.js';
import { found, openTracker, rejection, testCall, testEnv } from './world.js';

const now = () => '2026-11-22T09:00:00Z';

function acme(...names: readonly string[]) {
  const store = githubStore({ now });
  for (const name of ['acme/app', ...names]) {
    store.addRepository(name);
    store.addMilestone(name, { title: 'v2' });
  }
  return store;
}

/** The refs that a search gives, with what it told and asked meanwhile. */
async function search(options: GithubFakeOptions, settings: Record<string, unknown> = {}) {
  await using fake = await startGithub({ now, ...options });
  const call = testCall();
  const tracker = await openTracker(fake.url, settings);
  const bugs = await found(tracker, call);
  expect(fake.violations).toEqual([]);
  const messages = call.events.flatMap((event) => (event.type === 'note' ? [event.message] : []));
  const problems = call.events.flatMap((event) => (event.type === 'problem' ? [event.error] : []));
  return { bugs, refs: bugs.map(({ ref }) => ref), messages, problems, events: call.events, requests: fake.requests };
}

describe('one repository', () => {
  test('open issues with a label or type of a bug, each once, and no pull request', async () => {
    const store = acme();
    store.addIssue('acme/app', { labels: ['Bug'], type: 'Bug', milestone: 'v2' });
    store.addIssue('acme/app', { labels: ['feature'] });
    store.addIssue('acme/app', { type: 'bug' });
    store.addIssue('acme/app', { labels: ['bug'], state: 'closed' });
    store.addPullRequest('acme/app', { labels: ['bug'] });
    store.addIssue('acme/app', { labels: ['ui', 'bug'] });
    const { bugs, refs, events } = await search({ store });
    expect(refs).toEqual(['acme/app#1', 'acme/app#6', 'acme/app#3']);
    expect(bugs[0]).toMatchObject({ tracker: 'app', targets: [{ name: 'v2', state: 'open' }], history: 'unread', events: [] });
    expect(bugs[1]).toMatchObject({ targets: [], author: { name: 'mona', kind: 'human' } });
    expect(events).toEqual([
      { type: 'read', count: 2 },
      { type: 'read', count: 1 },
    ]);
  });

  test.each([{ enterprise: false }, { enterprise: true }])('more than a page of them, in few requests (%j)', async (options) => {
    const store = acme();
    for (let index = 0; index < 250; index++) store.addIssue('acme/app', { labels: ['bug'] });
    const { refs, requests } = await search({ store, ...options });
    expect(refs).toEqual(Array.from({ length: 250 }, (_, index) => `acme/app#${index + 1}`));
    // Three pages of labels, one of types, the viewer and the repository.
    expect(requests).toHaveLength(6);
  });

  test('labels of any spelling, and one that cannot be asked for', async () => {
    const store = acme();
    store.addIssue('acme/app', { labels: ['bug, confirmed'] });
    store.addIssue('acme/app', { labels: ['confirmed', 'bug'] });
    const { refs } = await search({ store }, { bugs: { labels: ['bug, confirmed'] } });
    expect(refs).toEqual(['acme/app#1']);
  });

  test('a repository that does not know the type is not an error', async () => {
    const store = acme();
    store.addIssue('acme/app', { labels: ['bug'] });
    const body = { message: 'Validation Failed', errors: [{ resource: 'Issue', field: 'type', code: 'invalid' }] };
    const { refs, problems } = await search({
      store,
      fault: ({ query }) => (query.has('type') ? { status: 422, body } : undefined),
    });
    expect(refs).toEqual(['acme/app#1']);
    expect(problems).toEqual([]);
  });

  test('a repository without milestones plans nothing', async () => {
    const store = githubStore({ now });
    store.addRepository('acme/app');
    store.addIssue('acme/app', { labels: ['bug'] });
    expect((await search({ store })).bugs).toMatchObject([{ targets: 'unplanned' }]);
  });

  test('its name as GitHub writes it is the one in refs', async () => {
    const store = acme();
    store.addIssue('acme/app', { labels: ['bug'] });
    expect((await search({ store }, { repos: ['Acme/App', 'acme/app'] })).refs).toEqual(['acme/app#1']);
  });

  test('a token that may only read is told, and no more', async () => {
    const store = acme();
    store.addIssue('acme/app', { labels: ['bug'] });
    const { bugs, messages } = await search({ store, permission: 'READ' });
    expect(bugs).toMatchObject([{ obstacle: null }]);
    expect(messages).toEqual([expect.stringMatching(/acme\/app.*triage/)]);
  });

  test.each([
    ['archived', { archived: true }],
    ['switched off', { issuesEnabled: false }],
  ])('left out when %s', async (word, fields) => {
    const store = githubStore({ now });
    store.addRepository('acme/app', fields);
    const { refs, messages, problems } = await search({ store });
    expect([refs, problems]).toEqual([[], []]);
    expect(messages).toEqual([expect.stringContaining(word)]);
  });
});

describe('what cannot be read', () => {
  async function failure(options: GithubFakeOptions, settings: Record<string, unknown> = {}, token = 'test-token') {
    await using fake = await startGithub({ now, ...options });
    const tracker = await openTracker(fake.url, settings, testEnv({ variables: { GITHUB_TOKEN: token } }));
    const error = await rejection(found(tracker));
    expect(fake.violations).toEqual([]);
    return error;
  }

  test('the only repository, when it is not there', async () => {
    expect(await failure({ store: acme() }, { repos: ['acme/none'] })).toMatchObject({ kind: 'not-found', code: 'credentials' });
  });

  test('the only repository, when it has another name by now', async () => {
    const store = acme();
    store.renameRepository('acme/app', 'acme/new');
    expect(await failure({ store })).toMatchObject({ kind: 'gone', message: 'acme/app is now acme/new.' });
  });

  test('anything, with a wrong token', async () => {
    expect(await failure({ store: acme() }, {}, 'wrong')).toMatchObject({
      kind: 'auth',
      message: expect.not.stringContaining('wrong'),
    });
  });

  test('an organization that is not there', async () => {
    expect(await failure({ store: acme() }, { org: 'nobody' })).toMatchObject({ kind: 'not-found' });
  });

  test('the list itself', async () => {
    const fault: GithubFakeOptions['fault'] = ({ path }) =>
      path.endsWith('/issues') ? { status: 403, body: { message: 'Resource not accessible by integration' } } : undefined;
    expect(await failure({ store: acme(), fault })).toMatchObject({ kind: 'permission' });
  });

  test('the list of a label, which is no missing type', async () => {
    const fault: GithubFakeOptions['fault'] = ({ query }) =>
      query.has('labels') ? { status: 422, body: { message: 'Validation Failed' } } : undefined;
    expect(await failure({ store: acme(), fault })).toMatchObject({ kind: 'validation' });
  });

  test('one repository of several is a problem, and the others are read', async () => {
    const store = acme('acme/lib');
    store.addIssue('acme/app', { labels: ['bug'] });
    store.addIssue('acme/lib', { labels: ['bug'] });
    const { refs, problems } = await search({ store }, { repos: ['acme/app', 'acme/none', 'acme/lib'] });
    expect(refs).toEqual(['acme/app#1', 'acme/lib#1']);
    expect(problems).toMatchObject([{ kind: 'not-found', message: expect.stringContaining('acme/none') }]);
  });

  test('a later page is a problem, and what came before stays', async () => {
    const store = acme();
    for (let index = 0; index < 150; index++) store.addIssue('acme/app', { labels: ['bug'] });
    const fault: GithubFakeOptions['fault'] = ({ query }) =>
      query.get('page') === '2' || query.has('after') ? { status: 502, body: '<html>' } : undefined;
    const { refs, problems } = await search({ store, fault });
    expect(refs).toHaveLength(100);
    expect(problems).toMatchObject([{ kind: 'network' }]);
  });

  test('when GitHub is out of reach the other repositories are named and not asked', async () => {
    const store = acme('acme/lib', 'acme/ui');
    store.addIssue('acme/app', { labels: ['bug'] });
    const fault: GithubFakeOptions['fault'] = ({ body }) =>
      JSON.stringify(body ?? '').includes('"lib"') ? { drop: 'before' } : undefined;
    const { refs, problems, requests } = await search({ store, fault }, { repos: ['acme/app', 'acme/lib', 'acme/ui'] });
    expect(refs).toEqual(['acme/app#1']);
    expect(problems).toMatchObject([{ kind: 'network' }, { kind: 'network', message: 'Not read either: acme/ui.' }]);
    expect(JSON.stringify(requests)).not.toContain('"ui"');
  });
});

describe('an organization', () => {
  test('all its repositories that can be read', async () => {
    const store = acme('acme/lib', 'acme/old', 'acme/wiki', 'other/app');
    store.repository('acme/old').archived = true;
    store.repository('acme/wiki').issuesEnabled = false;
    for (const name of ['acme/app', 'acme/lib', 'acme/old', 'other/app']) store.addIssue(name, { labels: ['bug'] });
    const { refs, messages } = await search({ store }, { org: 'acme' });
    expect(refs).toEqual(['acme/app#1', 'acme/lib#1']);
    expect(messages).toEqual(['acme/old is left out: it is archived.', 'acme/wiki is left out: its issues are switched off.']);
  });

  test('only those whose names are wanted', async () => {
    const store = acme('acme/app-api', 'acme/app-docs', 'acme/lib');
    for (const name of ['acme/app', 'acme/app-api', 'acme/app-docs', 'acme/lib']) store.addIssue(name, { labels: ['bug'] });
    const { refs } = await search({ store }, { org: 'acme', include: ['app*'], exclude: ['*-docs', 'acme/app'] });
    expect(refs).toEqual(['acme/app-api#1']);
  });

  test('more of them than fit into one answer', async () => {
    const names = Array.from({ length: 130 }, (_, index) => `acme/lib${String(index).padStart(3, '0')}`);
    const store = acme(...names);
    for (const name of names) store.addIssue(name, { labels: ['bug'] });
    const { refs, requests } = await search({ store }, { org: 'acme', bugs: { labels: ['bug'] } });
    expect(refs).toEqual(names.map((name) => `${name}#1`));
    expect(requests.filter(({ kind }) => kind === 'graphql')).toHaveLength(3);
  });

  test('none that is wanted is told', async () => {
    const { messages } = await search({ store: acme() }, { org: 'acme', include: ['none'] });
    expect(messages).toEqual([expect.stringContaining('no repository')]);
  });
});

describe('who we are', () => {
  test.each([
    [{ login: 'octocat', type: 'User' as const }, 'octocat'],
    [{ login: 'github-actions[bot]', type: 'Bot' as const }, 'github-actions[bot]'],
  ])('%j', async (viewer, name) => {
    await using fake = await startGithub({ store: acme(), viewer });
    const tracker = await openTracker(fake.url);
    expect(await tracker.identify(testCall())).toEqual({ name });
    expect(await tracker.identify(testCall())).toEqual({ name });
    expect(fake.requests).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  });

  test('nobody, with a token that GitHub does not know', async () => {
    await using fake = await startGithub({ store: acme() });
    const tracker = await openTracker(fake.url, {}, testEnv({ variables: { GITHUB_TOKEN: 'wrong' } }));
    expect(await rejection(tracker.identify(testCall()))).toMatchObject({ kind: 'auth' });
    expect(fake.violations).toEqual([]);
  });
});

test('a tracker is called by what it reads', async () => {
  expect((await openTracker('http://127.0.0.1:1', { repos: ['acme/app', 'acme/lib'] })).id).toBe('github:acme/app,acme/lib');
  expect((await openTracker('http://127.0.0.1:1', { org: 'acme' })).id).toBe('github:acme');
});
