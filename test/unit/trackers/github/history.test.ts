import { describe, expect, test } from 'vitest';
import { type GithubFakeOptions, githubStore, type Issue, startGithub } from '../../../fakes/github/index.js';
import { found, openTracker, rejection, testCall } from './world.js';

const now = () => '2026-11-22T09:00:00Z';

function acme() {
  const store = githubStore({ now });
  store.addRepository('acme/app');
  store.addMilestone('acme/app', { title: 'v2' });
  return store;
}

type Store = ReturnType<typeof acme>;

/** A day of 2026, by its number. */
function day(number: number): string {
  return new Date(Date.UTC(2026, 0, 1 + number)).toISOString();
}

async function load(options: GithubFakeOptions) {
  await using fake = await startGithub({ now, ...options });
  const call = testCall();
  const tracker = await openTracker(fake.url);
  const bugs = await found(tracker, call);
  const before = fake.requests.length;
  const loaded = await tracker.loadHistory(bugs, call);
  expect(fake.violations).toEqual([]);
  const problems = call.events.flatMap((event) => (event.type === 'problem' ? [event.error] : []));
  return { bugs, loaded, problems, requests: fake.requests.slice(before) };
}

test('all kinds of events, oldest first', async () => {
  const store = acme();
  const issue = store.addIssue('acme/app', { labels: ['bug'], createdAt: day(0) });
  store.label(issue, 'ui', { at: day(1) });
  store.unlabel(issue, 'ui', { at: day(2) });
  store.assign(issue, 'hubot', { at: day(3) });
  store.unassign(issue, 'hubot', { at: day(4) });
  store.milestone(issue, 'v2', { at: day(5) });
  store.milestone(issue, null, { at: day(6) });
  store.rename(issue, 'Crash', { at: day(7) });
  store.close(issue, { at: day(8), by: 'github-actions[bot]', reason: 'not_planned' });
  store.reopen(issue, { at: day(9), by: null });
  store.comment(issue, { at: day(10), by: 'octocat', body: 'Still here' });
  store.happen(issue, { event: 'subscribed', at: day(11) });
  const { loaded } = await load({ store });
  expect(loaded).toMatchObject([{ history: 'complete', linkedWork: [], title: 'Crash' }]);
  expect(loaded[0]?.events.map(({ kind, value, actor }) => [kind, value, actor?.name])).toEqual([
    ['labeled', 'ui', 'mona'],
    ['unlabeled', 'ui', 'mona'],
    ['assigned', 'hubot', 'mona'],
    ['unassigned', 'hubot', 'mona'],
    ['targeted', 'v2', 'mona'],
    ['untargeted', 'v2', 'mona'],
    ['renamed', 'Crash', 'mona'],
    ['closed', 'not_planned', 'github-actions'],
    ['reopened', undefined, undefined],
    ['commented', undefined, 'octocat'],
  ]);
  expect(loaded[0]?.events.at(-1)).toMatchObject({
    at: '2026-01-11T00:00:00Z',
    actor: { self: true },
    id: expect.stringMatching(/^\d+$/),
  });
});

test('many bugs in few requests, in the order they were given', async () => {
  const store = acme();
  for (let index = 0; index < 60; index++) store.comment(store.addIssue('acme/app', { labels: ['bug'] }));
  const { bugs, loaded, requests } = await load({ store });
  expect(loaded.map(({ ref }) => ref)).toEqual(bugs.map(({ ref }) => ref));
  expect(loaded.every(({ history, events }) => history === 'complete' && events.length === 1)).toBe(true);
  expect(requests).toHaveLength(3);
});

test('long histories are read to their beginning, together', async () => {
  const store = acme();
  for (const count of [250, 3, 120]) {
    const issue = store.addIssue('acme/app', { labels: ['bug'], createdAt: day(0) });
    for (let index = 0; index < count; index++) store.comment(issue, { at: day(index), body: `comment ${index}` });
  }
  const { loaded, requests } = await load({ store });
  expect(loaded.map(({ events, history }) => [events.length, history])).toEqual([
    [250, 'complete'],
    [3, 'complete'],
    [120, 'complete'],
  ]);
  const times = loaded[0]?.events.map(({ at }) => at) ?? [];
  expect(times).toEqual(times.toSorted());
  expect(requests).toHaveLength(3);
});

test('a history without end is partial', async () => {
  const store = acme();
  const issue = store.addIssue('acme/app', { labels: ['bug'], createdAt: day(0) });
  for (let index = 0; index < 2101; index++) store.comment(issue, { at: day(0) });
  const { loaded, requests } = await load({ store });
  expect(loaded).toMatchObject([{ history: 'partial' }]);
  expect(requests).toHaveLength(21);
});

test('open pull requests that will close it, children, and what it blocks', async () => {
  const store = acme();
  const issue = store.addIssue('acme/app', { labels: ['bug'] });
  store.addIssue('acme/app', { parent: issue });
  store.addPullRequest('acme/app', { closes: [issue] });
  store.addPullRequest('acme/app', { closes: [issue], state: 'closed' });
  const { bugs, loaded } = await load({ store });
  const child = { kind: 'child', name: 'an open sub-issue' };
  expect(bugs[0]?.linkedWork).toEqual([child]);
  expect(loaded[0]?.linkedWork).toEqual([child, { kind: 'change', name: 'acme/app#3' }]);
});

describe('partial', () => {
  test('what is deleted or transferred meanwhile, and only that', async () => {
    const store = acme();
    const other = store.addRepository('acme/lib');
    for (let index = 0; index < 4; index++) store.addIssue('acme/app', { labels: ['bug'] });
    await using fake = await startGithub({ store, now });
    const tracker = await openTracker(fake.url);
    const bugs = await found(tracker);
    store.delete(store.issue('acme/app#2'));
    store.transfer(store.issue('acme/app#3'), other);
    const loaded = await tracker.loadHistory(bugs, testCall());
    expect(loaded.map(({ history }) => history)).toEqual(['complete', 'partial', 'partial', 'complete']);
    expect(fake.violations).toEqual([]);
  });

  test('all of them, when all are gone', async () => {
    const store = acme();
    store.addIssue('acme/app', { labels: ['bug'] });
    await using fake = await startGithub({ store, now });
    const tracker = await openTracker(fake.url);
    const bugs = await found(tracker);
    store.delete(store.issue('acme/app#1'));
    const call = testCall();
    expect(await tracker.loadHistory(bugs, call)).toMatchObject([{ history: 'partial' }]);
    expect(call.events).toEqual([]);
  });

  const isHistories = (body: unknown) => JSON.stringify(body ?? '').includes('query Histories');
  const idsIn = (body: unknown) =>
    JSON.stringify(body ?? '')
      .match(/"ids":\[([^\]]*)\]/)?.[1]
      ?.split(',').length ?? 0;

  test('what is too much at once is asked for in smaller parts', async () => {
    const store = acme();
    for (let index = 0; index < 12; index++) store.addIssue('acme/app', { labels: ['bug'] });
    const fault: GithubFakeOptions['fault'] = ({ body }) => (idsIn(body) > 5 ? { status: 502, body: '<html>' } : undefined);
    const { loaded, problems } = await load({ store, fault });
    expect(loaded.every(({ history }) => history === 'complete')).toBe(true);
    expect(problems).toEqual([]);
  });

  test('an error in one place of the answer concerns that bug', async () => {
    const store = acme();
    for (let index = 0; index < 2; index++) store.addIssue('acme/app', { labels: ['bug'] });
    await using fake = await startGithub({ store, now });
    const tracker = await openTracker(fake.url);
    const bugs = await found(tracker);
    const node = {
      __typename: 'Issue',
      closedByPullRequestsReferences: { nodes: [] },
      timelineItems: { pageInfo: { hasPreviousPage: false, startCursor: null }, nodes: [] },
    };
    const errors = [{ type: 'RESOURCE_LIMITS_EXCEEDED', path: ['nodes', 0, 'timelineItems'], message: 'too much' }];
    await using broken = await startGithub({
      store,
      now,
      fault: ({ body }) => (isHistories(body) ? { status: 200, body: { data: { nodes: [node, node] }, errors } } : undefined),
    });
    const loaded = await (await openTracker(broken.url)).loadHistory(bugs, testCall());
    expect(loaded.map(({ history }) => history)).toEqual(['partial', 'complete']);
  });

  test('everything, soon, when GitHub does not answer', async () => {
    const store = acme();
    for (let index = 0; index < 200; index++) store.addIssue('acme/app', { labels: ['bug'] });
    const { loaded, problems, requests } = await load({
      store,
      fault: ({ body }) => (isHistories(body) ? { drop: 'before' } : undefined),
    });
    expect(loaded).toHaveLength(200);
    expect(loaded.every(({ history }) => history === 'partial')).toBe(true);
    expect(problems).toHaveLength(3);
    expect(requests.length).toBeLessThan(20);
  });

  test('everything at once, when GitHub wants no more requests', async () => {
    const store = acme();
    for (let index = 0; index < 30; index++) store.addIssue('acme/app', { labels: ['bug'] });
    const fault: GithubFakeOptions['fault'] = ({ body }) =>
      isHistories(body) ? { status: 429, headers: { 'retry-after': '90000' }, body: { message: 'no' } } : undefined;
    const { loaded, problems, requests } = await load({ store, fault });
    expect(loaded.every(({ history }) => history === 'partial')).toBe(true);
    expect(problems).toMatchObject([{ kind: 'rate-limit' }]);
    expect(requests).toHaveLength(1);
  });

  test('what is too long, when its earlier parts cannot be read', async () => {
    const store = acme();
    for (const count of [120, 1]) {
      const issue = store.addIssue('acme/app', { labels: ['bug'], createdAt: day(0) });
      for (let index = 0; index < count; index++) store.comment(issue, { at: day(index) });
    }
    const fault: GithubFakeOptions['fault'] = ({ body }) =>
      JSON.stringify(body ?? '').includes('query Earlier') ? { status: 502, body: '<html>' } : undefined;
    const { loaded, problems } = await load({ store, fault });
    expect(loaded.map(({ history }) => history)).toEqual(['partial', 'complete']);
    expect(problems).toMatchObject([{ kind: 'network' }]);
  });
});

describe('reading one bug', () => {
  async function read(ref: string, prepare: (store: ReturnType<typeof acme>) => void, settings: Record<string, unknown> = {}) {
    const store = acme();
    prepare(store);
    await using fake = await startGithub({ store, now });
    const tracker = await openTracker(fake.url, settings);
    await tracker.identify(testCall());
    const before = fake.requests.length;
    const result = await tracker.read(ref, testCall()).catch((error: unknown) => error);
    expect(fake.violations).toEqual([]);
    return { result, requests: fake.requests.slice(before) };
  }

  test('as it is now, closed and without its label too, in two requests', async () => {
    const { result, requests } = await read('Acme/App#1', (store) => {
      const issue = store.addIssue('acme/app', { milestone: 'v2', labels: ['ui'] });
      store.comment(issue);
      store.close(issue);
    });
    expect(result).toMatchObject({ ref: 'acme/app#1', state: 'closed', history: 'complete', targets: [{ name: 'v2' }] });
    expect(result).toMatchObject({ obstacle: expect.stringContaining('not a bug any more') });
    expect(result).toMatchObject({ events: [{ kind: 'commented' }, { kind: 'closed' }] });
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /repos/Acme/App/issues/1', 'POST /graphql']);
  });

  test.each([
    [
      'a bot took its label away',
      { labels: ['bug'] },
      (issue: Issue, store: Store) => store.unlabel(issue, 'bug', { by: 'ci[bot]' }),
    ],
    ['its type was changed', { type: 'Bug' }, (issue: Issue) => Object.assign(issue, { type: 'Feature' })],
  ])('what is no bug any more has an obstacle: %s', async (_, fields, change) => {
    const { result: before } = await read('acme/app#1', (store) => void store.addIssue('acme/app', fields));
    expect(before).toMatchObject({ obstacle: null });
    const { result } = await read('acme/app#1', (store) => void change(store.addIssue('acme/app', fields), store));
    expect(result).toMatchObject({ state: 'open', obstacle: 'it is not a bug any more (label or type)' });
  });

  test('whole, however long its history is', async () => {
    const { result } = await read('acme/app#1', (store) => {
      const issue = store.addIssue('acme/app');
      for (let index = 0; index < 150; index++) store.comment(issue);
    });
    expect(result).toMatchObject({ history: 'complete', comments: 150, events: { length: 150 } });
  });

  test('not another one than was asked for', async () => {
    const store = acme();
    store.addIssue('acme/app');
    store.addIssue('acme/app');
    await using fake = await startGithub({ store, now });
    const headers = { authorization: 'token test-token' };
    const other: unknown = await (await fetch(`${fake.url}/repos/acme/app/issues/2`, { headers })).json();
    const fault: GithubFakeOptions['fault'] = ({ method }) => (method === 'GET' ? { status: 200, body: other } : undefined);
    await using wrong = await startGithub({ store, now, fault });
    const error = await rejection((await openTracker(wrong.url)).read('acme/app#1', testCall()));
    expect(error).toMatchObject({ kind: 'gone', message: 'acme/app#1 is now acme/app#2.' });
  });

  test('with what its repository says', async () => {
    const { result } = await read(
      'acme/old#1',
      (store) => {
        store.addRepository('acme/old', { archived: true });
        store.addIssue('acme/old');
      },
      { repos: ['acme/old'] },
    );
    expect(result).toMatchObject({ targets: 'unplanned', obstacle: expect.stringContaining('archived') });
  });

  test.each([
    ['that is not there', 'acme/app#9', 'not-found', () => {}],
    ['of another repository', 'acme/lib#1', 'not-found', () => {}],
    ['that is no ref', 'ERP-12', 'not-found', () => {}],
    ['that was deleted', 'acme/app#1', 'gone', (store: ReturnType<typeof acme>) => store.delete(store.addIssue('acme/app'))],
    ['that is a pull request', 'acme/app#1', 'validation', (store: ReturnType<typeof acme>) => store.addPullRequest('acme/app')],
  ])('not one %s', async (_, ref, kind, prepare) => {
    const { result } = await read(ref, prepare);
    expect(result).toMatchObject({ name: 'TrackerError', kind });
  });

  test('not one that was transferred: its new place is named', async () => {
    const { result } = await read('acme/app#1', (store) => {
      store.transfer(store.addIssue('acme/app'), store.addRepository('acme/lib'));
    });
    expect(result).toMatchObject({ kind: 'gone', message: expect.stringContaining('acme/lib#1') });
  });

  test('not one of a repository that was renamed', async () => {
    const { result } = await read('acme/app#1', (store) => {
      store.addIssue('acme/app');
      store.renameRepository('acme/app', 'acme/new');
    });
    expect(result).toMatchObject({ kind: 'gone', message: expect.stringContaining('acme/new#1') });
  });

  test('only of the repositories of an organization that are wanted', async () => {
    const prepare = (store: ReturnType<typeof acme>) => void store.addIssue('acme/app');
    expect((await read('acme/app#1', prepare, { org: 'Acme' })).result).toMatchObject({ ref: 'acme/app#1' });
    expect((await read('acme/app#1', prepare, { org: 'acme', exclude: ['app'] })).result).toMatchObject({ kind: 'not-found' });
    expect((await read('acme/app#1', prepare, { org: 'other' })).result).toMatchObject({ kind: 'not-found' });
  });
});

test('an interruption ends it', async () => {
  const store = acme();
  store.addIssue('acme/app', { labels: ['bug'] });
  await using fake = await startGithub({ store, now });
  const tracker = await openTracker(fake.url);
  const bugs = await found(tracker);
  const reason = new Error('Ctrl-C');
  expect(await rejection(tracker.loadHistory(bugs, testCall(AbortSignal.abort(reason))))).toBe(reason);
});
