import { afterEach, describe, expect, test } from 'vitest';
import {
  addIssue,
  addLink,
  addProject,
  createStore,
  issueNamed,
  type JiraFake,
  type JiraFakeOptions,
  type JiraStore,
  startJira,
} from '../../../fakes/jira/index.js';
import { adf, clientOf, cloud, dataCenter } from './client.js';

let fake: JiraFake | undefined;
afterEach(() => fake?.close());

async function start(store: JiraStore, options: Partial<JiraFakeOptions> = {}): Promise<JiraFake> {
  fake = await startJira({ flavour: 'cloud', store, now: () => '2026-03-01T12:00:00Z', ...options });
  return fake;
}

function oneBug(): JiraStore {
  const store = createStore();
  addIssue(store, { created: '2026-01-01T00:00:00Z', labels: ['old'] });
  return store;
}

describe.each(['cloud', 'datacenter'] as const)('properties on %s', (flavour) => {
  const client = clientOf(flavour);

  test('are put, read, listed and deleted, and `updated` stays', async () => {
    const jira = await start(oneBug(), { flavour });
    const path = '/issue/ERP-1/properties/bugprune';
    expect((await client(jira, 'GET', path)).status).toBe(404);
    expect((await client(jira, 'PUT', path, { body: [{ run: '1' }] })).status).toBe(201);
    expect((await client(jira, 'PUT', path, { body: [{ run: '2' }] })).status).toBe(200);
    expect((await client(jira, 'GET', path)).body).toEqual({ key: 'bugprune', value: [{ run: '2' }] });
    expect((await client(jira, 'GET', '/issue/ERP-1/properties')).body.keys).toMatchObject([{ key: 'bugprune' }]);
    const issue = await client(jira, 'GET', '/issue/ERP-1?fields=updated&properties=bugprune,other');
    expect(issue.body.properties).toEqual({ bugprune: [{ run: '2' }] });
    expect(issueNamed(jira.store, 'ERP-1').updated).toBe(Date.parse('2026-01-01T00:00:00Z'));
    expect((await client(jira, 'DELETE', path)).status).toBe(204);
    expect((await client(jira, 'DELETE', path)).status).toBe(404);
    expect(jira.violations).toEqual([]);
  });

  test('need the permission to edit, and a value', async () => {
    const jira = await start(oneBug(), { flavour, permissions: { EDIT_ISSUES: false } });
    expect((await client(jira, 'PUT', '/issue/ERP-1/properties/x', { body: 1 })).status).toBe(403);
    expect((await client(jira, 'GET', '/issue/ERP-1/properties')).body.keys).toEqual([]);
    const open = await start(oneBug(), { flavour });
    expect((await client(open, 'PUT', '/issue/ERP-1/properties/x')).status).toBe(400);
    expect((await client(open, 'PUT', '/issue/ERP-1/properties/x', { body: 'x'.repeat(32_767) })).status).toBe(400);
    await jira.close();
  });
});

describe('an issue is edited', () => {
  test('by fields and by operations', async () => {
    const jira = await start(oneBug());
    const body = {
      fields: {
        summary: 'New',
        priority: { name: 'High' },
        assignee: { accountId: '712020:bob' },
        duedate: '2026-05-01',
        description: adf('Long'),
      },
      update: { labels: [{ add: 'ntbf' }, { remove: 'old' }], fixVersions: [{ add: { name: '2.0' } }] },
    };
    expect((await cloud(jira, 'PUT', '/issue/ERP-1', { body })).status).toBe(204);
    const { fields } = (await cloud(jira, 'GET', '/issue/ERP-1')).body;
    expect(fields).toMatchObject({
      summary: 'New',
      priority: { name: 'High' },
      assignee: { accountId: '712020:bob' },
      duedate: '2026-05-01',
    });
    expect(fields).toMatchObject({ labels: ['ntbf'], fixVersions: [{ name: '2.0' }], description: adf('Long') });
    const [history] = issueNamed(jira.store, 'ERP-1').histories;
    expect(history?.items.map(({ field }) => field)).toEqual([
      'summary',
      'priority',
      'assignee',
      'duedate',
      'description',
      'labels',
      'Fix Version',
    ]);
    expect(jira.violations).toEqual([]);
  });

  test.each<[object, object]>([
    [{ status: { name: 'Closed' } }, { status: expect.stringContaining('cannot be set') }],
    [{ customfield_1: 1 }, { customfield_1: expect.stringContaining('cannot be set') }],
    [{ labels: ['two words'] }, { labels: "The label can't contain spaces." }],
    [{ fixVersions: [{ name: '9.9' }] }, { fixVersions: 'Version name is not valid' }],
    [{ assignee: { name: 'bob' } }, { assignee: 'User does not exist.' }],
    [{ duedate: 'soon' }, { duedate: expect.stringContaining('date string') }],
  ])('not by %j', async (fields, errors) => {
    const jira = await start(oneBug());
    const reply = await cloud(jira, 'PUT', '/issue/ERP-1', { body: { fields: { summary: 'New', ...fields } } });
    expect(reply).toMatchObject({ status: 400, body: { errorMessages: [], errors } });
    expect(issueNamed(jira.store, 'ERP-1').summary).not.toBe('New');
  });

  test('not without the permission', async () => {
    const jira = await start(oneBug(), { permissions: { EDIT_ISSUES: false } });
    expect((await cloud(jira, 'PUT', '/issue/ERP-1', { body: { fields: { summary: 'x' } } })).status).toBe(403);
  });
});

describe('an issue shows', () => {
  test('its family, its links, its sprints and who may see it', async () => {
    const store = oneBug();
    addIssue(store, { type: 'Sub-task', parent: 'ERP-1' });
    addIssue(store, { type: 'Story', parent: 'ERP-1', sprints: [{ id: 3, name: 'Three', state: 'closed' }] });
    addIssue(store, { security: 'Internal', restrictedTo: 'Administrators', votes: 7 });
    addLink(store, 'ERP-1', 'blocks', 'ERP-4');
    const jira = await start(store);
    const parent = (await cloud(jira, 'GET', '/issue/ERP-1')).body.fields;
    expect(parent.subtasks).toMatchObject([{ key: 'ERP-2', fields: { status: { statusCategory: { key: 'new' } } } }]);
    expect(parent.issuelinks).toMatchObject([{ type: { outward: 'blocks' }, outwardIssue: { key: 'ERP-4' } }]);
    const child = (await cloud(jira, 'GET', '/issue/ERP-3')).body.fields;
    expect(child).toMatchObject({ parent: { key: 'ERP-1' }, customfield_10020: [{ id: 3, state: 'closed' }] });
    const secret = (await cloud(jira, 'GET', '/issue/ERP-4')).body.fields;
    expect(secret).toMatchObject({
      security: { name: 'Internal' },
      issuerestriction: { shouldDisplay: true },
      votes: { votes: 7 },
    });
    expect(secret.issuelinks).toMatchObject([{ inwardIssue: { key: 'ERP-1' } }]);
    expect(jira.violations).toEqual([]);
  });

  test('sprints as text on Data Center', async () => {
    const store = createStore();
    addIssue(store, { sprints: [{ id: 3, name: 'Three', state: 'active' }] });
    const jira = await start(store, { flavour: 'datacenter' });
    const [sprint] = (await dataCenter(jira, 'GET', '/issue/ERP-1')).body.fields.customfield_10020;
    expect(sprint).toMatch(/\[id=3,.*state=ACTIVE,name=Three/);
  });

  test('the fields that were asked for', async () => {
    const jira = await start(oneBug());
    const fields = async (query: string) => Object.keys((await cloud(jira, 'GET', `/issue/ERP-1?fields=${query}`)).body.fields);
    expect(await fields('summary,nonsense')).toEqual(['summary']);
    expect(await fields('*all,-comment,-created')).not.toEqual(expect.arrayContaining(['comment', 'created']));
    expect(await fields('*navigable')).not.toContain('comment');
    expect(await fields('*all')).toContain('comment');
  });
});

describe('a project shows', () => {
  test('its kind, its types and its versions; team-managed ones their features and statuses', async () => {
    const store = createStore();
    addProject(store, { key: 'OPS', style: 'next-gen', releasesEnabled: false });
    const jira = await start(store);
    const erp = (await cloud(jira, 'GET', '/project/ERP')).body;
    expect(erp).toMatchObject({ key: 'ERP', projectTypeKey: 'software', style: 'classic', simplified: false });
    expect(erp.issueTypes.map((type: { name: string }) => type.name)).toContain('Bug');
    const versions = (await cloud(jira, 'GET', '/project/ERP/versions')).body;
    expect(versions).toMatchObject([
      { name: '1.0', released: true },
      { name: '2.0', released: false, archived: false },
    ]);
    expect((await cloud(jira, 'GET', '/project/ERP/version?maxResults=1')).body).toMatchObject({ total: 2, isLast: false });
    const ops = (await cloud(jira, 'GET', '/project/OPS')).body;
    expect(ops).toMatchObject({ style: 'next-gen', simplified: true });
    const { features } = (await cloud(jira, 'GET', '/project/OPS/features')).body;
    expect(features).toContainEqual(expect.objectContaining({ feature: 'jsw.agility.releases', state: 'DISABLED' }));
    const [type] = (await cloud(jira, 'GET', '/project/OPS/statuses')).body;
    expect(type.statuses.map((status: { name: string }) => status.name)).toEqual(['To Do', 'In Progress', 'Done']);
    expect(type.statuses[0].scope).toEqual({ type: 'PROJECT', project: { id: ops.id } });
    expect(jira.violations).toEqual([]);
  });

  test('nothing at all to those who may not browse it', async () => {
    const jira = await start(oneBug(), { permissions: { BROWSE_PROJECTS: false } });
    expect(await cloud(jira, 'GET', '/project/ERP')).toMatchObject({
      status: 404,
      body: { errorMessages: ["No project could be found with key 'ERP'."] },
    });
    expect((await cloud(jira, 'GET', '/issue/ERP-1')).status).toBe(404);
    const search = await cloud(jira, 'POST', '/search/jql', { body: { jql: 'project = ERP' } });
    expect(search.body.errorMessages).toEqual(["The value 'ERP' does not exist for the field 'project'."]);
    const bulk = await cloud(jira, 'POST', '/changelog/bulkfetch', { body: { issueIdsOrKeys: ['ERP-1'] } });
    expect(bulk.body.issueChangeLogs).toEqual([]);
  });
});
