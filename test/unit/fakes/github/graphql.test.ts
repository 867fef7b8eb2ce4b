import { afterEach, describe, expect, test } from 'vitest';
import { type GithubFake, githubStore, startGithub } from '../../../fakes/github/index.js';
import { ask, send } from './client.js';

let fake: GithubFake;
afterEach(() => fake.close());

const TIMELINE = `query($id: ID!, $last: Int!, $before: String, $since: DateTime) {
  node(id: $id) { ... on Issue { state stateReason
    timelineItems(last: $last, before: $before, since: $since, itemTypes: [ISSUE_COMMENT, CLOSED_EVENT, REOPENED_EVENT, LABELED_EVENT]) {
      totalCount filteredCount pageInfo { hasPreviousPage startCursor }
      nodes { __typename
        ... on IssueComment { createdAt body viewerDidAuthor author { __typename login } }
        ... on ClosedEvent { createdAt stateReason actor { __typename login } }
        ... on ReopenedEvent { createdAt actor { login } }
        ... on LabeledEvent { label { name } actor { login } } } } } } }`;

describe('a timeline', () => {
  test('holds what was done through REST, and what people did', async () => {
    let minute = 10;
    const store = githubStore({ now: () => `2026-11-22T09:${minute++}:00Z` });
    store.addRepository('acme/app');
    const bug = store.addIssue('acme/app', {
      events: [{ event: 'labeled', label: 'bug', at: '2026-01-01T00:00:00Z', actor: null }],
    });
    fake = await startGithub({ store, viewer: { login: 'prune', type: 'Bot' } });
    await send(fake, '/repos/acme/app/issues/1/comments', { method: 'POST', body: { body: 'Closing.' } });
    await send(fake, '/repos/acme/app/issues/1', { method: 'PATCH', body: { state: 'closed', state_reason: 'not_planned' } });
    store.reopen(bug, { by: 'alice' });
    store.milestone(bug, store.addMilestone('acme/app', { title: '1.0' }), { by: 'alice' });

    const { body } = await ask(fake, TIMELINE, { id: bug.nodeId, last: 100 });
    expect(body.data.node).toMatchObject({ state: 'OPEN', stateReason: 'REOPENED' });
    expect(body.data.node.timelineItems.nodes).toMatchObject([
      { __typename: 'LabeledEvent', label: { name: 'bug' }, actor: null },
      { __typename: 'IssueComment', body: 'Closing.', viewerDidAuthor: true, author: { __typename: 'Bot', login: 'prune' } },
      { __typename: 'ClosedEvent', stateReason: 'NOT_PLANNED', actor: { login: 'prune' } },
      { __typename: 'ReopenedEvent', actor: { login: 'alice' } },
    ]);
    expect(fake.violations).toEqual([]);
  });

  test('is read backwards in slices, to its beginning', async () => {
    const store = githubStore();
    store.addRepository('acme/app');
    const comments = ['one', 'two', 'three', 'four', 'five'];
    const events = comments.map((body, index) => ({ event: 'commented', body, at: `2026-01-0${index + 1}T00:00:00Z` }));
    const { nodeId: id } = store.addIssue('acme/app', { events: [...events, { event: 'subscribed' }] });
    fake = await startGithub({ store });
    const seen: string[] = [];
    for (let before: string | undefined, more = true; more; ) {
      const { timelineItems } = (await ask(fake, TIMELINE, { id, last: 2, before })).body.data.node;
      seen.unshift(...timelineItems.nodes.map(({ body }: { body: string }) => body));
      expect(timelineItems.totalCount).toBe(5);
      ({ hasPreviousPage: more, startCursor: before } = timelineItems.pageInfo);
    }
    expect(seen).toEqual(comments);
    const recent = await ask(fake, TIMELINE, { id, last: 100, since: '2026-01-04T00:00:00Z' });
    expect(recent.body.data.node.timelineItems).toMatchObject({ filteredCount: 2, nodes: [{ body: 'four' }, { body: 'five' }] });
  });
});

test('an issue says which open changes will close it, and what the viewer may do', async () => {
  const store = githubStore();
  store.addRepository('acme/app', { permission: 'READ' });
  const bug = store.addIssue('acme/app', { reactions: 12, author: null });
  store.addPullRequest('acme/app', { closes: [bug], draft: true });
  store.addPullRequest('acme/app', { closes: [bug], state: 'closed' });
  fake = await startGithub({ store });
  const query = `query($all: Boolean!) { repository(owner: "ACME", name: "app") { isArchived viewerPermission milestones { totalCount }
    issue(number: 1) { author { login } viewerCanClose viewerCannotUpdateReasons reactions(content: THUMBS_UP) { totalCount }
      closedByPullRequestsReferences(first: 5, includeClosedPrs: $all) { nodes { number state isDraft } } } } }`;
  const { repository } = (await ask(fake, query, { all: false })).body.data;
  expect(repository).toEqual({
    isArchived: false,
    viewerPermission: 'READ',
    milestones: { totalCount: 0 },
    issue: {
      author: null,
      viewerCanClose: false,
      viewerCannotUpdateReasons: ['INSUFFICIENT_ACCESS'],
      reactions: { totalCount: 12 },
      closedByPullRequestsReferences: { nodes: [{ number: 2, state: 'OPEN', isDraft: true }] },
    },
  });
  const all = (await ask(fake, query, { all: true })).body.data.repository.issue.closedByPullRequestsReferences.nodes;
  expect(all).toHaveLength(2);
  expect(fake.violations).toEqual([]);
});

describe('what cannot be seen', () => {
  test('is null in its place, with an error', async () => {
    const store = githubStore();
    store.addRepository('acme/app');
    store.addRepository('acme/secret', { private: true, permission: null });
    const ids = [
      store.addIssue('acme/app').nodeId,
      store.addIssue('acme/secret').nodeId,
      store.addIssue('acme/app').nodeId,
      'nonsense',
    ];
    store.delete(store.issue('acme/app#2'));
    fake = await startGithub({ store });
    const { status, body } = await ask(
      fake,
      'query($ids: [ID!]!) { nodes(ids: $ids) { id } repository(owner: "acme", name: "secret") { id } }',
      {
        ids,
      },
    );
    expect(status).toBe(200);
    expect(body.data).toEqual({ nodes: [{ id: ids[0] }, null, null, null], repository: null });
    expect(body.errors.map(({ type, path }: { type: string; path: unknown }) => [type, path])).toEqual([
      ['NOT_FOUND', ['nodes', 1]],
      ['NOT_FOUND', ['nodes', 2]],
      ['NOT_FOUND', ['nodes', 3]],
      ['NOT_FOUND', ['repository']],
    ]);
    expect(fake.violations).toEqual([]);
  });

  test('is left out of the repositories of an organization, which come in pages', async () => {
    const store = githubStore();
    for (const name of ['c', 'a', 'b']) store.addRepository(`acme/${name}`);
    store.addRepository('acme/secret', { private: true, permission: null });
    fake = await startGithub({ store });
    const query = `query($after: String) { organization(login: "acme") { repositories(first: 2, after: $after) {
      nodes { nameWithOwner } pageInfo { hasNextPage endCursor } } } }`;
    const first = (await ask(fake, query)).body.data.organization.repositories;
    const second = (await ask(fake, query, { after: first.pageInfo.endCursor })).body.data.organization.repositories;
    const names = [...first.nodes, ...second.nodes].map(({ nameWithOwner }) => nameWithOwner);
    expect(names).toEqual(['acme/a', 'acme/b', 'acme/c']);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });
});

describe('a query that GitHub would refuse', () => {
  test.each([
    ['{ viewer { nothing } }', "Field 'nothing' doesn't exist on type 'User'"],
    ['{ viewer { login', 'Syntax Error'],
    ['query($id: ID!) { node(id: $id) { id } }', 'Variable "$id"'],
    ['{ organization(login: "acme") { repositories(first: 101) { totalCount } } }', 'exceeds the `first` limit of 100'],
    ['{ organization(login: "acme") { repositories { nodes { id } } } }', 'You must provide a `first` or `last` value'],
    [`{ nodes(ids: [${'"x",'.repeat(101)}]) { id } }`, 'more than 100 node ids; you provided 101'],
    [
      '{ organization(login: "acme") { repositories(first: 100) { nodes { issues(first: 100) { nodes { comments(first: 100) { nodes { id } } } } } } } }',
      'maximum limit of 500,000',
    ],
    ['{ viewer { bio } }', 'the stand-in does not serve User.bio'],
  ])('answers 200 with errors, and is a violation: %s', async (query, message) => {
    const store = githubStore();
    store.addRepository('acme/app');
    fake = await startGithub({ store });
    const { status, body } = await ask(fake, query);
    expect(status).toBe(200);
    expect(body.errors[0].message).toContain(message);
    expect(fake.violations[0]).toContain(message);
  });
});

test('a comment is a node too', async () => {
  const store = githubStore();
  store.addRepository('acme/app');
  const { nodeId: id } = store.comment(store.addIssue('acme/app'), { body: 'Still there.', by: 'alice' });
  fake = await startGithub({ store });
  const { body } = await ask(fake, 'query($id: ID!) { node(id: $id) { ... on IssueComment { id body author { login } } } }', {
    id,
  });
  expect(body.data.node).toEqual({ id, body: 'Still there.', author: { login: 'alice' } });
});

test('tells what it costs, and which fields a type has', async () => {
  fake = await startGithub({ store: githubStore() });
  const { body } = await ask(fake, '{ rateLimit { cost remaining } __type(name: "Issue") { fields { name } } }');
  expect(body.data.rateLimit).toEqual({ cost: 1, remaining: 4999 });
  expect(body.data.__type.fields).toContainEqual({ name: 'timelineItems' });
});
