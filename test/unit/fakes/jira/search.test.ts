import { afterEach, describe, expect, test } from 'vitest';
import {
  addIssue,
  createStore,
  type JiraFake,
  type JiraFakeOptions,
  person,
  startJira,
  startToken,
} from '../../../fakes/jira/index.js';
import { cloud, dataCenter } from './client.js';

let fake: JiraFake | undefined;
afterEach(() => fake?.close());

async function start(
  flavour: JiraFakeOptions['flavour'],
  bugs: number,
  options: Partial<JiraFakeOptions> = {},
): Promise<JiraFake> {
  const store = createStore({ now: () => Date.parse('2026-03-01T00:00:00Z') });
  for (let index = 0; index < bugs; index++) addIssue(store, { created: Date.UTC(2026, 0, 1) + index * 60_000 });
  fake = await startJira({ flavour, store, ...options });
  return fake;
}

const keysOf = (issues: readonly { key: string }[]): string[] => issues.map(({ key }) => key);
const ORDERED = 'project = ERP ORDER BY created ASC';

describe('Cloud', () => {
  test('gives hundred rows a page, and tokens for the rest', async () => {
    const jira = await start('cloud', 250);
    const found: string[] = [];
    const pages: number[] = [];
    let nextPageToken: string | undefined;
    do {
      const body = { jql: ORDERED, fields: ['summary'], maxResults: 5000, ...(nextPageToken && { nextPageToken }) };
      const reply = await cloud(jira, 'POST', '/search/jql', { body });
      found.push(...keysOf(reply.body.issues));
      pages.push(reply.body.issues.length);
      nextPageToken = reply.body.nextPageToken;
      expect(reply.body.isLast).toBe(nextPageToken === undefined);
    } while (nextPageToken);
    expect(pages).toEqual([100, 100, 50]);
    expect(found).toEqual(Array.from({ length: 250 }, (_, index) => `ERP-${index + 1}`));
    expect(jira.violations).toEqual([]);
  });

  test('gives bare ids unless fields are asked for, and then up to five thousand of them', async () => {
    const jira = await start('cloud', 150);
    const bare = await cloud(jira, 'POST', '/search/jql', { body: { jql: ORDERED, maxResults: 5000 } });
    expect(bare.body.issues).toHaveLength(150);
    expect(Object.keys(bare.body.issues[0])).toEqual(['id']);
    const standard = await cloud(jira, 'POST', '/search/jql', { body: { jql: ORDERED } });
    expect(standard.body.issues).toHaveLength(50);
    const named = await cloud(jira, 'POST', '/search/jql', {
      body: { jql: ORDERED, fields: ['status', 'votes'], maxResults: 1 },
    });
    expect(named.body.issues[0]).toMatchObject({ key: 'ERP-1', fields: { status: { name: 'Open' }, votes: { votes: 0 } } });
    expect(Object.keys(named.body.issues[0].fields)).toEqual(['status', 'votes']);
  });

  test('goes on where it was although bugs are closed meanwhile', async () => {
    const jira = await start('cloud', 4, { pageSize: 2 });
    const body = { jql: 'statusCategory != Done ORDER BY created ASC', fields: ['summary'] };
    const first = await cloud(jira, 'POST', '/search/jql', { body });
    person(jira.store, 'bob').transition('ERP-1', 'Closed', 'Fixed');
    person(jira.store, 'bob').delete('ERP-3');
    const second = await cloud(jira, 'POST', '/search/jql', { body: { ...body, nextPageToken: first.body.nextPageToken } });
    expect(keysOf([...first.body.issues, ...second.body.issues])).toEqual(['ERP-1', 'ERP-2', 'ERP-4']);
    expect(second.body).not.toHaveProperty('nextPageToken');
  });

  test('takes tokens by GET too, when they are escaped', async () => {
    const jira = await start('cloud', 3, { pageSize: 2 });
    const first = await cloud(jira, 'GET', `/search/jql?${new URLSearchParams({ jql: ORDERED, fields: 'summary' })}`);
    const token = first.body.nextPageToken;
    const query = new URLSearchParams({ jql: ORDERED, fields: 'summary', nextPageToken: token });
    expect(keysOf((await cloud(jira, 'GET', `/search/jql?${query}`)).body.issues)).toEqual(['ERP-3']);
    // A raw plus is a space: the token is unknown, and the first page comes again.
    const raw = await cloud(jira, 'GET', `/search/jql?jql=${encodeURIComponent(ORDERED)}&fields=summary&nextPageToken=${token}`);
    expect(keysOf(raw.body.issues)).toEqual(['ERP-1', 'ERP-2']);
    const wrong = await cloud(jira, 'POST', '/search/jql', { body: { jql: ORDERED, nextPageToken: 'nonsense' } });
    expect(wrong.status).toBe(400);
    const again = await cloud(jira, 'POST', '/search/jql', {
      body: { jql: ORDERED, fields: ['summary'], nextPageToken: startToken() },
    });
    expect(keysOf(again.body.issues)).toEqual(['ERP-1', 'ERP-2']);
  });

  test.each(['', 'ORDER BY created'])('refuses the unbounded query "%s"', async (jql) => {
    const jira = await start('cloud', 1);
    const reply = await cloud(jira, 'POST', '/search/jql', { body: { jql } });
    expect(reply.status).toBe(400);
    expect(reply.body.errorMessages).toEqual([
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    ]);
  });

  test('answers properties, the newest comments and the newest history', async () => {
    const jira = await start('cloud', 1);
    const comments = Array.from({ length: 25 }, (_, index) => ({ at: Date.UTC(2026, 1, 1, 0, index), body: `c${index}` }));
    addIssue(jira.store, {
      key: 'ERP-7',
      created: '2026-01-01T00:00:00Z',
      properties: { mark: { run: '1' }, other: 2 },
      comments,
    });
    for (let index = 0; index < 45; index++)
      person(jira.store, 'bob', Date.UTC(2026, 1, 2, 0, index)).rename('ERP-7', `Title ${index}`);
    const body = { jql: 'key = ERP-7', fields: ['comment'], properties: ['mark', 'none'], expand: 'changelog' };
    const [issue] = (await cloud(jira, 'POST', '/search/jql', { body })).body.issues;
    expect(issue.properties).toEqual({ mark: { run: '1' } });
    expect(issue.fields.comment.total).toBe(25);
    expect(issue.fields.comment.comments).toHaveLength(20);
    expect(issue.changelog).toMatchObject({ total: 45, maxResults: 40 });
    expect(issue.changelog.histories[0].items[0].toString).toBe('Title 44');
    expect(jira.violations).toEqual([]);
  });

  test('has removed the old search, and counts', async () => {
    const jira = await start('cloud', 3);
    for (const path of ['/rest/api/3/search', '/rest/api/2/search']) {
      const reply = await cloud(jira, 'POST', path, { body: { jql: ORDERED } });
      expect(reply.status).toBe(410);
      expect(reply.body.errorMessages[0]).toContain(
        'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.',
      );
    }
    const count = await cloud(jira, 'POST', '/search/approximate-count', { body: { jql: 'project = ERP' } });
    expect(count.body).toEqual({ count: 3 });
  });

  test('says what is wrong with a query', async () => {
    const jira = await start('cloud', 1);
    const syntax = await cloud(jira, 'POST', '/search/jql', { body: { jql: 'project = ' } });
    expect(syntax.status).toBe(400);
    expect(syntax.body.errorMessages[0]).toMatch(/^Error in the JQL Query: /);
    const names = await cloud(jira, 'POST', '/search/jql', { body: { jql: 'project = NOPE AND foo = 1' } });
    expect(names).toMatchObject({
      status: 400,
      body: {
        errorMessages: [
          "The value 'NOPE' does not exist for the field 'project'.",
          "Field 'foo' does not exist or you do not have permission to view it.",
        ],
      },
    });
    expect(jira.violations).toEqual([]);
  });

  test('is honest about JQL that the stand-in has not learnt', async () => {
    const jira = await start('cloud', 1);
    const reply = await cloud(jira, 'POST', '/search/jql', { body: { jql: 'status CHANGED AFTER -6w' } });
    expect(reply.status).toBe(501);
    expect(jira.violations).toEqual([expect.stringContaining('has not learnt the operator CHANGED')]);
  });
});

describe('Data Center', () => {
  test('pages by offset, and says how many it gives', async () => {
    const jira = await start('datacenter', 5, { pageSize: 2 });
    const body = { jql: ORDERED, fields: ['summary'], maxResults: 1000 };
    const first = await dataCenter(jira, 'POST', '/search', { body });
    expect(first.body).toMatchObject({ startAt: 0, maxResults: 2, total: 5 });
    const last = await dataCenter(jira, 'POST', '/search', { body: { ...body, startAt: 4 } });
    expect(keysOf(last.body.issues)).toEqual(['ERP-5']);
    const beyond = await dataCenter(jira, 'POST', '/search', { body: { ...body, startAt: 9 } });
    expect(beyond.body).toMatchObject({ startAt: 9, total: 5, issues: [] });
  });

  test('skips a row when one before it leaves the list: offsets shift', async () => {
    const jira = await start('datacenter', 4, { pageSize: 2 });
    const body = { jql: 'statusCategory != Done ORDER BY created ASC', fields: ['summary'] };
    await dataCenter(jira, 'POST', '/search', { body });
    person(jira.store, 'bob').transition('ERP-1', 'Closed');
    const second = await dataCenter(jira, 'POST', '/search', { body: { ...body, startAt: 2 } });
    expect(keysOf(second.body.issues)).toEqual(['ERP-4']);
  });

  test('gives all fields but comments, and history when asked', async () => {
    const jira = await start('datacenter', 1);
    person(jira.store, 'bob').setFixVersions('ERP-1', ['2.0']);
    const reply = await dataCenter(jira, 'POST', '/search', { body: { jql: 'project = ERP', expand: ['changelog'] } });
    const [issue] = reply.body.issues;
    expect(issue.fields).not.toHaveProperty('comment');
    expect(issue.fields.created).toBe('2026-01-01T00:00:00.000+0000');
    expect(issue.fields.reporter).toMatchObject({ name: 'alice', key: 'alice' });
    expect(issue.fields.reporter).not.toHaveProperty('accountId');
    const [item] = issue.changelog.histories[0].items;
    expect(item).toMatchObject({ field: 'Fix Version', from: null, toString: '2.0' });
    expect(item).not.toHaveProperty('fieldId');
    expect(jira.violations).toEqual([]);
  });

  test('finds everything without a query, which is what a redirected POST becomes', async () => {
    const jira = await start('datacenter', 3);
    expect((await dataCenter(jira, 'GET', '/search')).body.total).toBe(3);
  });

  test('checks names unless told not to', async () => {
    const jira = await start('datacenter', 1);
    const jql = 'project = NOPE OR key = ERP-1';
    const strict = await dataCenter(jira, 'POST', '/search', { body: { jql } });
    expect(strict).toMatchObject({ status: 400, body: { errors: {} } });
    const lenient = await dataCenter(jira, 'POST', '/search', { body: { jql, validateQuery: false } });
    expect(lenient.body).toMatchObject({
      total: 1,
      warningMessages: ["The value 'NOPE' does not exist for the field 'project'."],
    });
    const odd = await dataCenter(jira, 'POST', '/search', { body: { jql: 'key = ERP-1', properties: ['x'] } });
    expect(odd.status).toBe(400);
    expect(odd.body.errorMessages[0]).toContain('Unrecognized field "properties"');
  });

  test.each([
    ['POST', '/search/jql'],
    ['POST', '/changelog/bulkfetch'],
    ['GET', '/issue/ERP-1/changelog'],
    ['GET', '/project/ERP/features'],
    ['GET', '/rest/api/3/myself'],
  ])('has no %s %s', async (method, path) => {
    const jira = await start('datacenter', 1);
    const reply = await dataCenter(jira, method, path, method === 'POST' ? { body: { jql: 'project = ERP' } } : {});
    expect(reply.status).toBe(404);
    expect(reply.body).toEqual({ message: expect.stringMatching(/^null for uri: http/), 'status-code': 404 });
  });

  test('knows version 2 as the latest', async () => {
    const jira = await start('datacenter', 1);
    expect((await dataCenter(jira, 'GET', '/rest/api/latest/issue/ERP-1')).body.key).toBe('ERP-1');
  });
});
