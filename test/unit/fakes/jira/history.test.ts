import { afterEach, describe, expect, test } from 'vitest';
import {
  addIssue,
  addProject,
  createStore,
  issueNamed,
  type JiraFake,
  type JiraFakeOptions,
  type JiraStore,
  person,
  startJira,
  statusOf,
} from '../../../fakes/jira/index.js';
import { cloud, dataCenter } from './client.js';

let fake: JiraFake | undefined;
afterEach(() => fake?.close());

async function start(store: JiraStore, options: Partial<JiraFakeOptions> = {}): Promise<JiraFake> {
  fake = await startJira({ flavour: 'cloud', store, ...options });
  return fake;
}

const day = (count: number): number => Date.UTC(2026, 0, count);

/** Two bugs whose histories interleave. */
function interleaved(): JiraStore {
  const store = createStore();
  for (const key of ['ERP-1', 'ERP-2']) addIssue(store, { key, created: day(1) });
  for (let count = 2; count <= 5; count++) {
    person(store, 'bob', day(count)).rename('ERP-1', `One ${count}`);
    person(store, 'automation', day(count) + 1).label('ERP-2', `two-${count}`);
  }
  return store;
}

describe('in bulk', () => {
  test('history is in the order of time, so one issue’s is split across pages', async () => {
    const jira = await start(interleaved(), { pageSize: 3 });
    const pages: { issueId: string; changeHistories: { created: number }[] }[][] = [];
    let nextPageToken: string | undefined;
    do {
      const body = { issueIdsOrKeys: ['ERP-1', 'ERP-2', 'ERP-99'], ...(nextPageToken && { nextPageToken }) };
      const reply = await cloud(jira, 'POST', '/changelog/bulkfetch', { body });
      pages.push(reply.body.issueChangeLogs);
      nextPageToken = reply.body.nextPageToken;
    } while (nextPageToken);
    const [one, two] = [issueNamed(jira.store, 'ERP-1').id, issueNamed(jira.store, 'ERP-2').id];
    const shape = pages.map((page) => Object.fromEntries(page.map((log) => [log.issueId, log.changeHistories.length])));
    expect(shape).toEqual([
      { [one]: 2, [two]: 1 },
      { [one]: 1, [two]: 2 },
      { [one]: 1, [two]: 1 },
    ]);
    expect(pages[0]?.[0]?.changeHistories[0]?.created).toBe(day(2));
    expect(jira.violations).toEqual([]);
  });

  test('it can be narrowed to fields', async () => {
    const jira = await start(interleaved());
    const body = { issueIdsOrKeys: ['ERP-1', 'ERP-2'], fieldIds: ['labels'] };
    const reply = await cloud(jira, 'POST', '/changelog/bulkfetch', { body });
    expect(reply.body.issueChangeLogs.map((log: { issueId: string }) => log.issueId)).toEqual([
      issueNamed(jira.store, 'ERP-2').id,
    ]);
  });

  test('a thousand issues are the most', async () => {
    const jira = await start(createStore());
    const body = { issueIdsOrKeys: Array.from({ length: 1001 }, (_, index) => `ERP-${index}`) };
    expect((await cloud(jira, 'POST', '/changelog/bulkfetch', { body })).status).toBe(400);
  });
});

test('the history of one issue begins with the oldest entry; the expanded one has the newest hundred, newest first', async () => {
  const store = createStore();
  addIssue(store, { created: day(1) });
  for (let count = 0; count < 130; count++) person(store, 'bob', day(2) + count * 1000).rename('ERP-1', `Title ${count}`);
  const jira = await start(store);
  const first = await cloud(jira, 'GET', '/issue/ERP-1/changelog?maxResults=1000');
  expect(first.body).toMatchObject({ startAt: 0, maxResults: 100, total: 130, isLast: false });
  expect(first.body.values[0].items[0].toString).toBe('Title 0');
  const rest = await cloud(jira, 'GET', '/issue/ERP-1/changelog?startAt=100');
  expect(rest.body).toMatchObject({ isLast: true });
  expect(rest.body.values).toHaveLength(30);
  const { changelog } = (await cloud(jira, 'GET', '/issue/ERP-1?expand=changelog&fields=summary')).body;
  expect(changelog).toMatchObject({ total: 130 });
  expect(changelog.histories).toHaveLength(100);
  expect(changelog.histories[0].items[0].toString).toBe('Title 129');
  expect(jira.violations).toEqual([]);
});

test('Data Center gives the whole history, oldest first', async () => {
  const store = createStore();
  addIssue(store, { created: day(1) });
  for (let count = 0; count < 130; count++) person(store, 'bob', day(2) + count * 1000).rename('ERP-1', `Title ${count}`);
  const jira = await start(store, { flavour: 'datacenter' });
  const { changelog } = (await dataCenter(jira, 'GET', '/issue/ERP-1?expand=changelog')).body;
  expect(changelog.histories).toHaveLength(130);
  expect(changelog.histories[0].items[0].toString).toBe('Title 0');
});

describe('people', () => {
  test.each<[string, (store: JiraStore) => void, object[]]>([
    [
      'transition',
      (store) => person(store, 'bob', day(5)).transition('ERP-1', 'Closed', "Won't Fix"),
      [
        { field: 'resolution', from: null, to: '2', toString: "Won't Fix" },
        { field: 'status', fieldId: 'status', from: '1', fromString: 'Open', to: '6', toString: 'Closed' },
      ],
    ],
    [
      'target',
      (store) => person(store, 'bob', day(5)).setFixVersions('ERP-1', ['2.0']),
      [{ field: 'Fix Version', fieldId: 'fixVersions', from: null, toString: '2.0' }],
    ],
    [
      'label',
      (store) => person(store, 'bob', day(5)).label('ERP-1', 'a', 'b'),
      [{ field: 'labels', fromString: '', toString: 'a b' }],
    ],
    [
      'assign',
      (store) => person(store, 'bob', day(5)).assign('ERP-1', 'alice'),
      [{ field: 'assignee', from: null, to: '712020:alice' }],
    ],
    [
      'prioritise',
      (store) => person(store, 'bob', day(5)).setPriority('ERP-1', 'High'),
      [{ field: 'priority', from: '3', to: '2' }],
    ],
    [
      'link',
      (store) => person(store, 'bob', day(5)).remoteLink('ERP-1', 'a commit'),
      [{ field: 'RemoteIssueLink', toString: 'a commit' }],
    ],
  ])('%s: history is written and `updated` goes up', async (_, act, items) => {
    const store = createStore();
    addIssue(store, { created: day(1) });
    act(store);
    const jira = await start(store);
    const [history] = (await cloud(jira, 'GET', '/issue/ERP-1/changelog')).body.values;
    expect(history.author).toMatchObject({ accountId: '712020:bob', accountType: 'atlassian' });
    expect(history.items).toHaveLength(items.length);
    expect(history.items).toEqual(expect.arrayContaining(items.map((item) => expect.objectContaining(item))));
    const { fields } = (await cloud(jira, 'GET', '/issue/ERP-1?fields=updated')).body;
    expect(fields.updated).toBe('2026-01-05T01:00:00.000+0100');
    expect(jira.violations).toEqual([]);
  });

  test('take targets away, and reopen', () => {
    const store = createStore();
    addIssue(store, { created: day(1), fixVersions: ['2.0'], status: 'Closed', resolution: 'Fixed' });
    person(store, 'bob', day(5)).setFixVersions('ERP-1', []);
    person(store, 'bob', day(6)).reopen('ERP-1');
    const issue = issueNamed(store, 'ERP-1');
    expect(issue.histories.map(({ items }) => items.map(({ field, toString: to }) => [field, to]))).toEqual([
      [['Fix Version', null]],
      [
        ['resolution', null],
        ['status', 'Reopened'],
      ],
    ]);
    expect(issue).toMatchObject({ resolution: null, resolvedAt: null, updated: day(6), statusSince: day(6) });
  });

  test('comment and vote without history', () => {
    const store = createStore();
    addIssue(store, { created: day(1) });
    person(store, 'bob', day(3)).comment('ERP-1', 'still there');
    person(store, 'bob', day(4)).vote('ERP-1', 3);
    expect(issueNamed(store, 'ERP-1')).toMatchObject({ histories: [], updated: day(3), votes: 3 });
  });

  test('move and delete', async () => {
    const store = createStore();
    addProject(store, { key: 'OPS', style: 'next-gen' });
    store.statuses.push({ id: '10500', name: 'Open', category: 'new', project: 'OPS' });
    addIssue(store, { created: day(1), fixVersions: ['2.0'] });
    addIssue(store, { created: day(1) });
    person(store, 'bob', day(2)).move('ERP-1', 'OPS');
    person(store, 'bob').delete('ERP-2');
    const jira = await start(store);
    const moved = await cloud(jira, 'GET', '/issue/ERP-1');
    expect(moved.body).toMatchObject({ key: 'OPS-1', fields: { project: { key: 'OPS' }, fixVersions: [] } });
    expect(statusOf(store, 'ERP-1').id).toBe('10500');
    const history = (await cloud(jira, 'GET', '/issue/OPS-1/changelog')).body.values[0];
    expect(history.items.map((item: { field: string }) => item.field)).toEqual(['Fix Version', 'project', 'Key', 'status']);
    const gone = await cloud(jira, 'GET', '/issue/ERP-2');
    expect(gone).toMatchObject({
      status: 404,
      body: { errorMessages: ['Issue does not exist or you do not have permission to see it.'] },
    });
    expect(jira.violations).toEqual([]);
  });
});
