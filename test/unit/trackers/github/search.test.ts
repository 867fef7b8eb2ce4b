import { describe, expect, test } from 'vitest';
import type { Selection } from '../../../../src/trackers/tracker.js';
import { type GithubFake, type GithubFakeOptions, githubStore, startGithub } from '../../../fakes/github/index.js';
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
async function search(options: GithubFakeOptions, settings: Record<string, unknown> = {}, what?: Selection) {
  await using fake = await startGithub({ now, ...options });
  const call = testCall();
  const tracker = await openTracker(fake.url, settings);
  const bugs = await found(tracker, call, what);
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

  test('when GitHub is out of reach those that were not begun are not asked, and the first of all that are missing are named', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `acme/lib${String(index).padStart(2, '0')}`);
    const store = acme(...names);
    for (const name of ['acme/app', ...names]) store.addIssue(name, { labels: ['bug'] });
    const fault: GithubFakeOptions['fault'] = ({ body }) =>
      JSON.stringify(body ?? '').includes('"lib02"') ? { drop: 'before' } : undefined;
    const { refs, problems, requests } = await search({ store, fault }, { repos: ['acme/app', ...names] });
    expect(refs).toEqual(['acme/app#1', 'acme/lib00#1', 'acme/lib01#1']);
    const missing = 'Not read either: acme/lib03, acme/lib04, acme/lib05, acme/lib06, acme/lib07 and 22 more.';
    expect(problems).toMatchObject([{ kind: 'network' }, { kind: 'network', message: missing }]);
    const asked = JSON.stringify(requests.map(({ path, body }) => [path, body]));
    expect(asked).toContain('lib03');
    // The failing one is asked four times; what is read meanwhile stays within eight.
    for (const name of names.slice(12)) expect(asked).not.toContain(name.slice('acme/'.length));
  });
});

test('a limit that stays used up: what was read stands, and it says when to come back and what is missing', async () => {
  const names = Array.from({ length: 400 }, (_, index) => `acme/lib${String(index).padStart(3, '0')}`);
  const store = acme(...names);
  for (const name of names) store.addIssue(name, { labels: ['bug'] });
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102448400', date: 'Fri, 01 Jan 2100 00:00:00 GMT' };
  const usedUp = { status: 403, headers, body: { message: 'API rate limit exceeded for user ID 1.' } };
  let lists = 0;
  const fault: GithubFakeOptions['fault'] = ({ kind }) => (kind === 'rest' && ++lists > 60 ? usedUp : undefined);
  const { refs, problems, requests } = await search({ store, fault }, { org: 'acme', bugs: { labels: ['bug'] } });
  expect(refs.length).toBeGreaterThan(50);
  expect(refs).toEqual(names.slice(0, refs.length).map((name) => `${name}#1`));
  const [first, second, ...more] = problems.map(({ message }) => message);
  expect(first).toMatch(/the hourly limit of requests to GitHub is used up; GET \S+ was given up\. Try again in 61 min\.$/);
  expect(second).toBe(
    `Not read either: ${names.slice(refs.length + 1, refs.length + 6).join(', ')} and ${400 - refs.length - 6} more.`,
  );
  expect([more, problems[0]?.kind, problems[1]?.kind]).toEqual([[], 'rate-limit', 'rate-limit']);
  // Eight were under way, and each was refused five times at most.
  expect(requests.filter(({ kind }) => kind === 'rest').length).toBeLessThanOrEqual(60 + 8 * 5);
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

  test('those without an open issue are not listed, unless it is for the closed ones', async () => {
    const store = acme('acme/busy', 'acme/done', 'acme/changes');
    store.addIssue('acme/busy', { labels: ['bug'] });
    store.addIssue('acme/done', { labels: ['bug'], state: 'closed' });
    store.addPullRequest('acme/changes', { labels: ['bug'] });
    const lists = ({ requests }: Pick<GithubFake, 'requests'>) =>
      requests.filter(({ kind }) => kind === 'rest').map(({ path }) => path);
    const open = await search({ store }, { org: 'acme', bugs: { labels: ['bug'] } });
    expect([open.refs, lists(open)]).toEqual([['acme/busy#1'], ['/repos/acme/busy/issues']]);
    expect(open.requests).toHaveLength(3);
    const closed = { state: 'closed', since: '2020-01-01T00:00:00Z' } as const;
    const all = await search({ store }, { org: 'acme', bugs: { labels: ['bug'] } }, closed);
    expect(all.refs).toEqual(['acme/done#1']);
    expect(lists(all).toSorted()).toEqual(['app', 'busy', 'changes', 'done'].map((name) => `/repos/acme/${name}/issues`));
  });

  test('what is left out is told in one note for each reason', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `acme/old${index}`);
    const store = acme(...names, 'acme/wiki', 'acme/book', 'acme/lib');
    for (const name of names) store.repository(name).archived = true;
    for (const name of ['acme/wiki', 'acme/book']) store.repository(name).issuesEnabled = false;
    for (const name of ['acme/app', 'acme/lib']) store.addIssue(name, { labels: ['bug'] });
    const { messages } = await search({ store, permission: 'READ' }, { org: 'acme' });
    expect(messages).toEqual([
      'acme/old0, acme/old1, acme/old2, acme/old3, acme/old4 and 4 more are left out: they are archived.',
      'acme/book and acme/wiki are left out: their issues are switched off.',
      'acme/app and acme/lib: this token may only read, GitHub says; closing takes the triage role.',
    ]);
  });

  test('none that is wanted is told', async () => {
    const { messages } = await search({ store: acme() }, { org: 'acme', include: ['none'] });
    expect(messages).toEqual([expect.stringContaining('no repository')]);
  });
});

describe('only within some repositories', () => {
  const within = (place: string) => place !== 'acme/app';

  test.each([
    ['named ones', { repos: ['acme/app', 'acme/lib'] }],
    ['those of an organization', { org: 'acme' }],
  ])('%s: nothing is asked about the others', async (_, settings) => {
    const store = acme('acme/lib');
    for (const name of ['acme/app', 'acme/lib']) store.addIssue(name, { labels: ['bug'] });
    store.repository('acme/app').archived = true;
    const { refs, messages, requests } = await search({ store }, settings, { state: 'open', within });
    expect([refs, messages]).toEqual([['acme/lib#1'], []]);
    expect(requests.filter(({ path, body }) => `${path} ${JSON.stringify(body)}`.includes('app'))).toEqual([]);
  });

  test('none of which holds it: nothing is found, and nothing is wrong', async () => {
    for (const settings of [{ repos: ['acme/app'] }, { org: 'acme' }]) {
      const { refs, events } = await search({ store: acme() }, settings, { state: 'open', within: () => false });
      expect([refs, events]).toEqual([[], []]);
    }
  });
});

describe('several repositories at a time', () => {
  const names = Array.from({ length: 40 }, (_, index) => `acme/lib${String(index).padStart(2, '0')}`);

  function filled() {
    const store = acme(...names);
    for (const [index, name] of names.entries()) {
      for (let bug = 0; bug < (index % 7 === 0 ? 250 : 2); bug++) store.addIssue(name, { labels: ['bug'] });
    }
    return store;
  }

  test('come in their order, whichever answers first', async () => {
    const store = filled();
    const expected = names.flatMap((name) => [...store.repository(name).issues.keys()].map((number) => `${name}#${number}`));
    let turn = 0;
    const fault: GithubFakeOptions['fault'] = () => ({ delay: (turn++ * 7) % 20 });
    await using fake = await startGithub({ store, now, fault });
    const tracker = await openTracker(fake.url, { org: 'acme', bugs: { labels: ['bug'] } });
    expect((await found(tracker)).map(({ ref }) => ref)).toEqual(expected);
    expect(fake.load.atOnce).toBeGreaterThan(4);
    expect(fake.load.atOnce).toBeLessThanOrEqual(8);
    expect(fake.violations).toEqual([]);
  });

  test('are read no further in advance than some pages each', async () => {
    const store = acme('acme/aaa');
    for (let bug = 0; bug < 700; bug++) store.addIssue('acme/aaa', { labels: ['bug'] });
    for (let bug = 0; bug < 2000; bug++) store.addIssue('acme/app', { labels: ['bug'] });
    await using fake = await startGithub({ store, now, pageSize: 10 });
    const tracker = await openTracker(fake.url, { org: 'acme', bugs: { labels: ['bug'] } });
    const bugs = tracker.search({ state: 'open' }, testCall())[Symbol.asyncIterator]();
    for (let bug = 0; bug < 600; bug++) await bugs.next();
    const pages = fake.requests.filter(({ path }) => /app|repositories/.test(path) && path.endsWith('/issues'));
    expect(pages.length).toBeLessThan(70);
    await bugs.return?.();
  });

  test('end with what they were read for, and with an interruption', async () => {
    await using fake = await startGithub({
      store: filled(),
      now,
      fault: ({ kind }) => (kind === 'rest' ? { delay: 5 } : undefined),
    });
    const reason = new Error('Ctrl-C');
    const abort = new AbortController();
    const tracker = await openTracker(fake.url, { org: 'acme' });
    for await (const _ of tracker.search({ state: 'open' }, testCall())) break;
    const stopped = async () => {
      for await (const _ of tracker.search({ state: 'open' }, testCall(abort.signal))) abort.abort(reason);
    };
    expect(await rejection(stopped())).toBe(reason);
    const asked = fake.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(fake.requests.length).toBeLessThanOrEqual(asked + 8);
    expect(fake.requests.length).toBeLessThan(40);
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
