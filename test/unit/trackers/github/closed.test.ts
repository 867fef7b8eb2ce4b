import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GithubFakeOptions, githubStore, startGithub } from '../../../fakes/github/index.js';
import { found, openTracker, testCall } from './world.js';

const now = () => '2026-11-22T09:00:00Z';
const EVER = '1970-01-01T00:00:00Z';

/** A minute of 2026-10-01, by its number. */
const minute = (number: number) => new Date(Date.UTC(2026, 9, 1, 0, number)).toISOString().replace('.000', '');

function acme() {
  const store = githubStore({ now });
  store.addRepository('acme/app');
  store.addMilestone('acme/app', { title: 'v2' });
  return store;
}

/** The closed bugs that changed since an instant, and what was asked for them. */
async function closed(options: GithubFakeOptions, since: string = EVER, settings: Record<string, unknown> = {}) {
  await using fake = await startGithub({ now, ...options });
  const tracker = await openTracker(fake.url, settings);
  const call = testCall();
  const bugs = await found(tracker, call, { state: 'closed', since });
  expect(fake.violations).toEqual([]);
  expect(call.events.filter(({ type }) => type === 'problem')).toEqual([]);
  const lists = fake.requests.filter(({ path }) => path.endsWith('/issues'));
  return { bugs, refs: bugs.map(({ ref }) => ref), lists };
}

/** So many closed bugs, each a minute after the one before it. */
function withClosed(count: number, updatedAt: (index: number) => string = minute) {
  const store = acme();
  for (let index = 0; index < count; index++) {
    store.addIssue('acme/app', { labels: ['bug'], state: 'closed', createdAt: minute(0), updatedAt: updatedAt(index) });
  }
  return store;
}

describe('the closed bugs', () => {
  test('are those with a label or type of a bug, each once, and no pull request', async () => {
    const store = acme();
    store.addIssue('acme/app', { labels: ['Bug'], type: 'Bug', state: 'closed' });
    store.addIssue('acme/app', { labels: ['feature'], state: 'closed' });
    store.addIssue('acme/app', { type: 'bug', state: 'closed' });
    store.addIssue('acme/app', { labels: ['bug'] });
    store.addPullRequest('acme/app', { labels: ['bug'], state: 'closed' });
    const { refs, lists } = await closed({ store });
    expect(refs).toEqual(['acme/app#1', 'acme/app#3']);
    expect(lists).toHaveLength(2);
  });

  test('are those that changed at that instant or later', async () => {
    const { refs } = await closed({ store: withClosed(5) }, minute(3));
    expect(refs).toEqual(expect.arrayContaining(['acme/app#4', 'acme/app#5']));
    expect(refs).not.toContain('acme/app#3');
  });

  test('with a label that cannot be asked for, of a repository without the type', async () => {
    const store = acme();
    store.addIssue('acme/app', { labels: ['bug, confirmed'], state: 'closed' });
    store.addIssue('acme/app', { labels: ['ui'], state: 'closed' });
    expect((await closed({ store }, EVER, { bugs: { labels: ['bug, confirmed'] } })).refs).toEqual(['acme/app#1']);
    const fault: GithubFakeOptions['fault'] = ({ query }) =>
      query.has('type') ? { status: 422, body: { message: 'Validation Failed' } } : undefined;
    expect((await closed({ store, fault })).refs).toEqual([]);
  });

  test.each([{ enterprise: false }, { enterprise: true }])('are what reading each of them gives (%j)', async (options) => {
    const store = acme();
    const issue = store.addIssue('acme/app', { labels: ['bug', 'in progress'], milestone: 'v2', createdAt: minute(0) });
    store.comment(issue, { at: minute(1) });
    store.close(issue, { at: minute(2), reason: 'not_planned' });
    const child = store.addIssue('acme/app', { labels: ['bug'], parent: issue, createdAt: minute(0), locked: true });
    store.close(child, { at: minute(3), reason: 'duplicate', by: null });
    store.close(store.addIssue('acme/app', { labels: ['bug'], createdAt: minute(0) }), { at: minute(4), reason: null });
    await using fake = await startGithub({ store, now, ...options });
    const tracker = await openTracker(fake.url);
    const listed = await found(tracker, testCall(), { state: 'closed', since: EVER });
    const loaded = await tracker.loadHistory(listed, testCall());
    expect(loaded).toMatchObject([
      { ref: 'acme/app#1', state: 'closed', status: 'closed', history: 'complete' },
      { ref: 'acme/app#2', state: 'closed', status: 'closed', history: 'complete' },
      { ref: 'acme/app#3', state: 'closed', status: 'closed', history: 'complete' },
    ]);
    for (const bug of loaded) expect(await tracker.read(bug.ref, testCall())).toEqual(bug);
    expect(loaded[0]?.events).toMatchObject([{ kind: 'commented' }, { kind: 'closed', value: 'not_planned' }]);
    expect(fake.violations).toEqual([]);
  });
});

describe('page after page', () => {
  test.each([true, false])('on a server with cursors: %s', async (cursors) => {
    const { refs, lists } = await closed({ store: withClosed(250), cursors });
    expect(refs).toEqual(Array.from({ length: 250 }, (_, index) => `acme/app#${index + 1}`));
    // Three pages for the label, one for the type; where pages meet, a row comes twice.
    expect(lists.map(({ query }) => query.get('since'))).toEqual([EVER, ...[99, 198].map(justBefore), EVER]);
  });

  test.each([true, false])('also where more changed at once than fits on one (cursors: %s)', async (cursors) => {
    const store = withClosed(12, (index) => minute(index < 9 ? 0 : index));
    const { refs } = await closed({ store, cursors, pageSize: 3 });
    expect(refs.toSorted()).toEqual(Array.from({ length: 12 }, (_, index) => `acme/app#${index + 1}`).toSorted());
    expect(new Set(refs).size).toBe(12);
  });

  test('not for ever when a page links to itself', async () => {
    const store = withClosed(1);
    await using fake = await startGithub({ store, now });
    const url = `${fake.url}/repos/acme/app/issues?state=closed`;
    const body: unknown = await (await fetch(url, { headers: { authorization: 'token test-token' } })).json();
    await using broken = await startGithub({
      store,
      now,
      fault: ({ path }) =>
        path.endsWith('/issues')
          ? { status: 200, body, headers: { link: '</repos/acme/app/issues?page=2>; rel="next"' } }
          : undefined,
    });
    const tracker = await openTracker(broken.url);
    const call = testCall();
    expect(await found(tracker, call, { state: 'closed', since: EVER })).toHaveLength(1);
    const error = { kind: 'unexpected', message: expect.stringContaining('acme/app do not end') };
    expect(call.events.filter(({ type }) => type === 'problem')).toMatchObject([{ error }]);
  });
});

/** A second before a minute, at which the next page begins. */
const justBefore = (number: number) => minute(number - 1).replace(':00Z', ':59Z');

const COUNT = 14;
const change = fc.record({
  before: fc.integer({ min: 1, max: 10 }),
  bug: fc.integer({ min: 1, max: COUNT }),
  kind: fc.constantFrom('comment', 'reopen', 'close', 'unlabel', 'label', 'delete'),
});

test.each([true, false])('no bug is lost while people go on working (cursors: %s)', async (cursors) => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
      const store = withClosed(COUNT);
      const touched = new Set<number>();
      let page = 0;
      let time = 100;
      const fault: GithubFakeOptions['fault'] = ({ path }) => {
        if (!path.endsWith('/issues')) return undefined;
        page++;
        for (const { bug, kind } of changes.filter(({ before }) => before === page)) {
          const issue = store.issue(`acme/app#${bug}`);
          const at = minute(time++);
          if (kind !== 'comment') touched.add(bug);
          if (kind === 'comment') store.comment(issue, { at });
          else if (kind === 'reopen') store.reopen(issue, { at });
          else if (kind === 'close') store.close(issue, { at });
          else if (kind === 'unlabel') store.unlabel(issue, 'bug', { at });
          else if (kind === 'label') store.label(issue, 'bug', { at });
          else store.delete(issue);
        }
        return undefined;
      };
      const { refs } = await closed({ store, fault, cursors, pageSize: 3 });
      expect(new Set(refs).size).toBe(refs.length);
      for (let number = 1; number <= COUNT; number++) {
        if (!touched.has(number)) expect(refs).toContain(`acme/app#${number}`);
      }
    }),
    { seed: 20261122, numRuns: 30 },
  );
});
