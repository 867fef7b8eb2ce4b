import { afterEach, describe, expect, test } from 'vitest';
import { addIssue, CLOUD_ID, createStore, type JiraFake, type JiraFakeOptions, startJira } from '../../../fakes/jira/index.js';
import { basic, clientOf, cloud, dataCenter, RIGHT } from './client.js';

let fake: JiraFake | undefined;
afterEach(() => fake?.close());

async function start(options: Partial<JiraFakeOptions> = {}): Promise<JiraFake> {
  const store = createStore();
  addIssue(store, { created: '2026-01-01T00:00:00Z' });
  fake = await startJira({ flavour: 'cloud', store, ...options });
  return fake;
}

const ERP = { body: { jql: 'project = ERP', fields: ['summary'] } };

describe.each(['cloud', 'datacenter'] as const)('%s', (flavour) => {
  const client = clientOf(flavour);
  const search = flavour === 'cloud' ? '/search/jql' : '/search';
  const wrong = flavour === 'cloud' ? basic('lead@example.test', 'expired') : 'Bearer expired';
  const tell = flavour === 'cloud' ? ['x-seraph-loginreason', 'AUTHENTICATED_FAILED'] : ['x-ausername', 'anonymous'];

  test('knows its account', async () => {
    const jira = await start({ flavour });
    const { body, headers } = await client(jira, 'GET', '/myself');
    expect(body).toMatchObject(
      flavour === 'cloud' ? { accountId: '712020:lead', accountType: 'atlassian' } : { name: 'lead', key: 'lead' },
    );
    expect(headers.get(tell[0] ?? '')).not.toBe(tell[1]);
    expect(jira.violations).toEqual([]);
  });

  test('takes wrong credentials for nobody: 200, nothing found, and only a header tells', async () => {
    const jira = await start({ flavour });
    const found = await client(jira, 'POST', search, { ...ERP, authorization: wrong });
    expect(found).toMatchObject({ status: 200, body: { issues: [] } });
    expect(found.headers.get(tell[0] ?? '')).toBe(tell[1]);
    expect((await client(jira, 'GET', '/status', { authorization: wrong })).status).toBe(200);
    expect((await client(jira, 'GET', '/issue/ERP-1', { authorization: wrong })).status).toBe(404);
    expect((await client(jira, 'GET', '/myself', { authorization: wrong })).status).toBe(401);
    expect((await client(jira, 'GET', '/myself', { authorization: null })).status).toBe(401);
  });

  test('shows nobody what is public, and lets them change nothing', async () => {
    const jira = await start({ flavour });
    for (const project of jira.store.projects) project.public = true;
    const found = await client(jira, 'POST', search, { ...ERP, authorization: wrong });
    expect(found.body.issues).toHaveLength(1);
    expect((await client(jira, 'GET', '/issue/ERP-1/transitions', { authorization: wrong })).body.transitions).toEqual([]);
    expect((await client(jira, 'PUT', '/issue/ERP-1/properties/x', { body: 1, authorization: wrong })).status).toBe(403);
    const comment = await client(jira, 'POST', '/issue/ERP-1/comment', { body: { body: 'x' }, authorization: wrong });
    expect(comment.status).toBeGreaterThanOrEqual(400);
  });

  test('says what it is to anyone', async () => {
    const jira = await start({ flavour });
    const { body } = await client(jira, 'GET', '/serverInfo', { authorization: null });
    expect(body).toMatchObject({ baseUrl: jira.url, deploymentType: flavour === 'cloud' ? 'Cloud' : 'Server' });
  });

  test('takes a browser’s User-Agent for a forged request', async () => {
    const jira = await start({ flavour });
    const headers = { 'user-agent': 'Mozilla/5.0' };
    expect(await client(jira, 'POST', search, { ...ERP, headers })).toMatchObject({ status: 403, body: 'XSRF check failed' });
    expect(
      (await client(jira, 'POST', search, { ...ERP, headers: { ...headers, 'x-atlassian-token': 'no-check' } })).status,
    ).toBe(200);
  });

  test('wants JSON that says so', async () => {
    const jira = await start({ flavour });
    const post = (type: string, body: string) =>
      fetch(`${jira.url}/rest/api/2${search}`, {
        method: 'POST',
        headers: { authorization: RIGHT[flavour], 'content-type': type },
        body,
      });
    expect((await post('text/plain', '{}')).status).toBe(415);
    expect((await post('application/json', '{"jql"')).status).toBe(400);
  });
});

describe('permissions', () => {
  test('must be asked for by name on Cloud', async () => {
    const jira = await start({ permissions: { ADD_COMMENTS: false } });
    const asked = await cloud(jira, 'GET', '/mypermissions?projectKey=ERP&permissions=ADD_COMMENTS,EDIT_ISSUES');
    expect(asked.body.permissions).toMatchObject({
      ADD_COMMENTS: { havePermission: false },
      EDIT_ISSUES: { havePermission: true },
    });
    expect((await cloud(jira, 'GET', '/mypermissions?projectKey=ERP')).status).toBe(400);
    expect((await cloud(jira, 'GET', '/mypermissions?permissions=FLY')).status).toBe(400);
    expect((await cloud(jira, 'GET', '/mypermissions?permissions=EDIT_ISSUES&projectKey=NOPE')).status).toBe(404);
    expect(jira.violations).toEqual([]);
  });

  test('come all at once on Data Center', async () => {
    const jira = await start({ flavour: 'datacenter' });
    jira.store.projects[0]?.issueTypes.splice(5);
    const { permissions } = (await dataCenter(jira, 'GET', '/mypermissions?projectKey=ERP&permissions=EDIT_ISSUES')).body;
    expect(Object.keys(permissions).length).toBeGreaterThan(5);
    const anonymous = await dataCenter(jira, 'GET', '/mypermissions', { authorization: null });
    expect(anonymous.body.permissions.EDIT_ISSUES.havePermission).toBe(false);
  });

  test('differ by project', async () => {
    const jira = await start();
    for (const project of jira.store.projects) project.permissions = { EDIT_ISSUES: false };
    const { body } = await cloud(jira, 'GET', '/mypermissions?issueKey=ERP-1&permissions=EDIT_ISSUES');
    expect(body.permissions.EDIT_ISSUES.havePermission).toBe(false);
  });
});

describe('a token with scopes', () => {
  test('is refused by the site and taken by the gateway', async () => {
    const jira = await start({ scopedToken: true });
    expect((await cloud(jira, 'GET', '/myself')).status).toBe(401);
    expect((await cloud(jira, 'POST', '/search/jql', ERP)).status).toBe(401);
    const { body } = await cloud(jira, 'GET', '/_edge/tenant_info', { authorization: null });
    expect(body).toEqual({ cloudId: CLOUD_ID });
    const gateway = `/ex/jira/${body.cloudId}/rest/api/3`;
    expect((await cloud(jira, 'GET', `${gateway}/myself`)).body.accountId).toBe('712020:lead');
    const info = (await cloud(jira, 'GET', `${gateway}/serverInfo`)).body;
    expect(info.baseUrl).toBe(jira.url);
    const issue = (await cloud(jira, 'GET', `${gateway}/issue/ERP-1`)).body;
    expect(issue.self).toContain(`/ex/jira/${CLOUD_ID}/rest/api/3/issue/`);
    expect(jira.requests.at(-1)?.path).toBe('/rest/api/3/issue/ERP-1');
    expect(jira.violations).toEqual([]);
  });

  test('is needed at the gateway, and must be right', async () => {
    const jira = await start();
    expect((await cloud(jira, 'GET', `/ex/jira/${CLOUD_ID}/rest/api/3/myself`)).status).toBe(401);
    const scoped = await start({ scopedToken: true });
    const authorization = basic('lead@example.test', 'wrong');
    expect((await cloud(scoped, 'GET', `/ex/jira/${CLOUD_ID}/rest/api/3/myself`, { authorization })).status).toBe(401);
    await jira.close();
  });
});

describe('Data Center', () => {
  test('asks for a CAPTCHA after three wrong passwords, and then no password helps; a personal token still does', async () => {
    const jira = await start({ flavour: 'datacenter' });
    for (let count = 0; count < 3; count++) {
      expect((await dataCenter(jira, 'GET', '/myself', { authorization: basic('lead', 'wrong') })).status).toBe(401);
    }
    const locked = await dataCenter(jira, 'GET', '/myself', { authorization: basic('lead', 'test-password') });
    expect(locked.status).toBe(403);
    expect(locked.headers.get('x-seraph-loginreason')).toBe('AUTHENTICATION_DENIED');
    expect(locked.headers.get('x-authentication-denied-reason')).toMatch(/^CAPTCHA_CHALLENGE; login-url=/);
    expect((await dataCenter(jira, 'GET', '/myself')).status).toBe(200);
  });

  test('takes the password, and starts counting anew', async () => {
    const jira = await start({ flavour: 'datacenter' });
    for (const password of ['a', 'b', 'test-password', 'c', 'd']) {
      await dataCenter(jira, 'GET', '/myself', { authorization: basic('lead', password) });
    }
    expect((await dataCenter(jira, 'GET', '/myself', { authorization: basic('lead', 'test-password') })).status).toBe(200);
  });

  test('lives below its context path only', async () => {
    const jira = await start({ flavour: 'datacenter', contextPath: '/jira' });
    expect(jira.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/jira$/);
    const { body } = await dataCenter(jira, 'GET', '/issue/ERP-1');
    expect(body.self).toBe(`${jira.url}/rest/api/2/issue/${body.id}`);
    expect(jira.requests[0]?.path).toBe('/rest/api/2/issue/ERP-1');
    expect((await dataCenter(jira, 'GET', `${jira.url.replace('/jira', '')}/rest/api/2/myself`)).status).toBe(404);
    expect(jira.violations).toEqual([]);
  });
});

test('other credentials can be set', async () => {
  const jira = await start({ credentials: { email: 'x@example.test', apiToken: 'y' } });
  expect((await cloud(jira, 'GET', '/myself')).status).toBe(401);
  expect((await cloud(jira, 'GET', '/myself', { authorization: basic('x@example.test', 'y') })).status).toBe(200);
});
