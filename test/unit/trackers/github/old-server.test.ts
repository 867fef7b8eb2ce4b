import { describe, expect, test } from 'vitest';
import { report } from '../../../../src/use-cases/dry-run.js';
import { type GithubFakeOptions, githubStore, startGithub } from '../../../fakes/github/index.js';
import { loadContent } from '../../config/given.js';
import { found, openTracker, testCall, testEnv } from './world.js';

const NOW = '2026-11-22T09:00:00Z';
const CLOSERS = 'Issue.closedByPullRequestsReferences';
const COMMENT_ID = 'IssueComment.fullDatabaseId';

/** Two old bugs, the second with an unfinished child, and a planned one. */
function oldStore() {
  const store = githubStore({ now: () => NOW });
  store.addRepository('acme/app');
  store.addMilestone('acme/app', { title: 'v2' });
  const at = '2025-01-01T00:00:00Z';
  store.comment(store.addIssue('acme/app', { labels: ['bug'], createdAt: at }), { at });
  const parent = store.addIssue('acme/app', { labels: ['bug'], createdAt: at });
  store.addIssue('acme/app', { parent, createdAt: at });
  store.addIssue('acme/app', { labels: ['bug'], createdAt: at, milestone: 'v2' });
  return store;
}

/** A full report on a server, without its complaints about queries. */
async function reportOn(options: Omit<GithubFakeOptions, 'store'>, content: object = {}) {
  await using fake = await startGithub({ store: oldStore(), now: () => NOW, ...options });
  const config = await loadContent({ trackers: { app: { type: 'github', url: fake.url, repos: ['acme/app'] } }, ...content });
  const { signal } = new AbortController();
  const clean = (text: string) => text;
  const world = { ...testEnv(), now: NOW, signal, abort: signal, clean, random: () => 'c0ffee', on: () => undefined };
  const { report: document } = await report(config, world, []);
  expect(fake.violations).toEqual([]);
  const queries = fake.requests.map(({ body }) => JSON.stringify(body ?? ''));
  return {
    tracker: document.trackers[0],
    verdicts: document.bugs.map(({ ref, verdict }) => [ref, verdict]),
    // Of a bug that is kept anyway, the history is not read.
    unknown: document.bugs[0]?.reasons.filter(({ outcome }) => outcome === 'unknown').map(({ rule }) => rule),
    requests: fake.requests.length,
    probes: queries.filter((query) => query.includes('__type(')).length,
  };
}

const decided = [
  ['acme/app#1', 'close'],
  ['acme/app#2', 'keep'],
  ['acme/app#4', 'keep'],
];

describe('a full report', () => {
  test('of a server that has every field, in one request more than of github.com', async () => {
    const github = await reportOn({});
    const server = await reportOn({ enterprise: true });
    expect([github.verdicts, server.verdicts]).toEqual([decided, decided]);
    expect([github.probes, server.probes]).toEqual([0, 1]);
    expect(server.requests).toBe(github.requests + 1);
  });

  test.each([[[CLOSERS]], [[CLOSERS, COMMENT_ID]]])('of a server without %j: only linked work is unknown', async (lacks) => {
    const { tracker, verdicts, unknown, probes } = await reportOn({ enterprise: true, lacks });
    expect(tracker).toMatchObject({ complete: true, open: 3, problems: [] });
    expect(verdicts).toEqual([['acme/app#1', 'undecided'], ...decided.slice(1)]);
    expect(unknown).toEqual(['linkedWork']);
    expect(probes).toBe(1);
  });

  test.each([
    ['without the ids of comments', [COMMENT_ID], {}],
    ['without linked pull requests, for those who do not ask for them', [CLOSERS], { keep: { linkedWork: false } }],
  ])('of a server %s: everything is known', async (_, lacks, content) => {
    const { tracker, verdicts, unknown } = await reportOn({ enterprise: true, lacks }, content);
    expect(tracker).toMatchObject({ complete: true, problems: [] });
    expect(verdicts[0]).toEqual(['acme/app#1', 'close']);
    expect(unknown).toEqual([]);
  });
});

test('a history without the ids of comments is whole, also where it is long; a server is asked once what it has', async () => {
  const store = oldStore();
  const issue = store.issue('acme/app#1');
  for (let index = 0; index < 120; index++) store.comment(issue, { at: '2025-02-01T00:00:00Z' });
  await using fake = await startGithub({ store, now: () => NOW, enterprise: true, lacks: [CLOSERS, COMMENT_ID] });
  const tracker = await openTracker(fake.url);
  const [bug] = await tracker.loadHistory(await found(tracker), testCall());
  const read = await tracker.read('acme/app#1', testCall());
  for (const one of [bug, read]) {
    expect(one).toMatchObject({ history: 'complete', linkedWork: null, events: { length: 121 } });
    expect(one?.events.filter(({ id }) => id !== undefined)).toEqual([]);
  }
  expect(fake.requests.filter(({ body }) => JSON.stringify(body ?? '').includes('__type('))).toHaveLength(1);
  expect(fake.violations).toEqual([]);
});

test('a server that does not tell what it has is taken to have everything', async () => {
  const refusal = { status: 200, body: { errors: [{ message: 'Introspection is disabled' }] } };
  await using fake = await startGithub({
    store: oldStore(),
    now: () => NOW,
    enterprise: true,
    fault: ({ body }) => (JSON.stringify(body ?? '').includes('__type(') ? refusal : undefined),
  });
  const tracker = await openTracker(fake.url);
  const bugs = await tracker.loadHistory(await found(tracker), testCall());
  expect(bugs.map(({ history, linkedWork }) => [history, linkedWork?.length])).toEqual([
    ['complete', 0],
    ['complete', 1],
    ['complete', 0],
  ]);
});
