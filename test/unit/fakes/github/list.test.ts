import { afterEach, describe, expect, test } from 'vitest';
import { type GithubFake, type GithubStore, githubStore, startGithub } from '../../../fakes/github/index.js';
import { allRows, nextPage, send } from './client.js';

let fake: GithubFake;
afterEach(() => fake.close());

function backlog(): GithubStore {
  const store = githubStore({ now: () => '2026-11-22T09:00:00Z' });
  store.addRepository('acme/app');
  store.addMilestone('acme/app', { title: '1.0' });
  store.addMilestone('acme/app', { title: '0.9', state: 'closed' });
  for (let day = 1; day <= 5; day++) store.addIssue('acme/app', { labels: ['bug'], createdAt: `2026-01-0${day}T00:00:00Z` });
  store.addPullRequest('acme/app', { labels: ['bug'], createdAt: '2026-01-06T00:00:00Z' });
  store.addIssue('acme/app', { labels: ['Bug', 'UI'], milestone: '1.0', type: 'Bug', createdAt: '2026-01-07T00:00:00Z' });
  store.addIssue('acme/app', { labels: ['bug'], state: 'closed', createdAt: '2026-01-08T00:00:00Z' });
  return store;
}

const numbers = (rows: readonly { number: number }[]) => rows.map(({ number }) => number);

describe('the list of issues', () => {
  test('mixes in pull requests, newest first, open ones only', async () => {
    fake = await startGithub({ store: backlog() });
    const { body } = await send(fake, '/repos/acme/app/issues');
    expect(numbers(body)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(body.map((row: object) => 'pull_request' in row)).toEqual([false, true, false, false, false, false, false]);
    expect(fake.violations).toEqual([]);
  });

  test('pages along cursors that survive rows leaving the list', async () => {
    const store = backlog();
    fake = await startGithub({ store, pageSize: 2 });
    const first = await send(fake, '/repos/acme/app/issues?direction=asc&per_page=100');
    expect(numbers(first.body)).toEqual([1, 2]);
    expect(first.headers.get('link')).toContain(`${fake.url}/repositories/`);
    expect(first.headers.get('link')).toMatch(/[?&]after=/);
    store.close(store.issue('acme/app#1'));
    store.close(store.issue('acme/app#2'));
    const { rows, pages } = await allRows(fake, nextPage(first) ?? '');
    expect(numbers(rows)).toEqual([3, 4, 5, 6, 7]);
    expect(pages).toBe(3);
    expect(fake.violations).toEqual([]);
  });

  test.each([
    ['state=all&milestone=none', [8, 6, 5, 4, 3, 2, 1]],
    ['milestone=*', [7]],
    ['milestone=1', [7]],
    ['labels=BUG,ui', [7]],
    ['type=bug', [7]],
    ['type=none&state=closed', [8]],
    ['since=2026-01-05T00:00:00Z', [7, 6, 5]],
    ['sort=updated&direction=asc&per_page=2', [1, 2]],
    ['labels=bug&creator=nobody', []],
  ])('filters by %s', async (query, expected) => {
    fake = await startGithub({ store: backlog() });
    expect(numbers((await send(fake, `/repos/acme/app/issues?${query}`)).body)).toEqual(expected);
    expect(fake.violations).toEqual([]);
  });

  test('refuses a milestone that does not exist, and to count very far', async () => {
    fake = await startGithub({ store: backlog() });
    expect((await send(fake, '/repos/acme/app/issues?milestone=9')).status).toBe(422);
    const far = await send(fake, '/repos/acme/app/issues?page=101&per_page=100');
    expect(far.status).toBe(422);
    expect(far.body.message).toContain('cursor based pagination');
  });

  test('shows only pull requests where issues are switched off', async () => {
    const store = backlog();
    store.repository('acme/app').issuesEnabled = false;
    fake = await startGithub({ store });
    expect(numbers((await send(fake, '/repos/acme/app/issues')).body)).toEqual([6]);
    expect((await send(fake, '/repos/acme/app/issues/1')).status).toBe(410);
  });
});

test('milestones are listed by state, with numbered pages', async () => {
  fake = await startGithub({ store: backlog(), pageSize: 1 });
  const open = await send(fake, '/repos/acme/app/milestones');
  expect(open.body).toMatchObject([{ number: 1, title: '1.0', state: 'open', open_issues: 1, closed_issues: 0 }]);
  const { rows, pages } = await allRows(fake, '/repos/acme/app/milestones?state=all');
  expect(rows.map(({ title }) => title)).toEqual(['1.0', '0.9']);
  expect(pages).toBe(2);
  expect(fake.violations).toEqual([]);
});
