import { afterEach, describe, expect, test } from 'vitest';
import {
  addIssue,
  contractsPresent,
  createStore,
  type Fault,
  issueNamed,
  type JiraFake,
  startJira,
} from '../../../fakes/jira/index.js';
import { adf, cloud, dataCenter } from './client.js';

let fake: JiraFake | undefined;
afterEach(() => fake?.close());

/** A Cloud whose n-th request goes wrong. */
async function start(fault?: Fault, at = 1): Promise<JiraFake> {
  const store = createStore();
  addIssue(store, { created: '2026-01-01T00:00:00Z' });
  fake = await startJira({ flavour: 'cloud', store, fault: (_, count) => (count === at ? fault : undefined) });
  return fake;
}

const comment = { body: { body: adf('x') } };
const comments = (jira: JiraFake): number => issueNamed(jira.store, 'ERP-1').comments.length;

describe('a fault', () => {
  test('drops the connection before anything happened', async () => {
    const jira = await start({ drop: 'before' });
    await expect(cloud(jira, 'POST', '/issue/ERP-1/comment', comment)).rejects.toThrow('fetch failed');
    expect(comments(jira)).toBe(0);
  });

  test('drops the connection after it took effect', async () => {
    const jira = await start({ drop: 'after' });
    await expect(cloud(jira, 'POST', '/issue/ERP-1/comment', comment)).rejects.toThrow('fetch failed');
    expect(comments(jira)).toBe(1);
  });

  test('answers something else, without effect', async () => {
    const jira = await start({
      status: 429,
      headers: { 'retry-after': '7', 'ratelimit-reason': 'jira-burst-based' },
      body: { message: 'slow' },
    });
    const limited = await cloud(jira, 'POST', '/issue/ERP-1/comment', comment);
    expect(limited).toMatchObject({ status: 429, body: { message: 'slow' } });
    expect(limited.headers.get('retry-after')).toBe('7');
    expect(comments(jira)).toBe(0);
    expect((await cloud(jira, 'POST', '/issue/ERP-1/comment', comment)).status).toBe(201);
  });

  test('answers a page, as proxies do', async () => {
    const jira = await start({ status: 503, body: '<html>down</html>' });
    const down = await cloud(jira, 'GET', '/myself');
    expect(down).toMatchObject({ status: 503, body: '<html>down</html>' });
    expect(down.headers.get('content-type')).toContain('text/html');
  });

  test('is late, and right', async () => {
    const jira = await start({ delay: 60 });
    const before = performance.now();
    expect((await cloud(jira, 'GET', '/myself')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(50);
  });

  test('sees the request', async () => {
    const store = createStore();
    addIssue(store);
    const seen: [string, boolean, number][] = [];
    fake = await startJira({ flavour: 'cloud', store, fault: ({ path, write }, count) => void seen.push([path, write, count]) });
    await cloud(fake, 'POST', '/search/jql', { body: { jql: 'project = ERP' } });
    await cloud(fake, 'GET', '/issue/ERP-1');
    await cloud(fake, 'POST', '/issue/ERP-1/comment', comment);
    expect(seen).toEqual([
      ['/rest/api/3/search/jql', false, 1],
      ['/rest/api/3/issue/ERP-1', false, 2],
      ['/rest/api/3/issue/ERP-1/comment', true, 3],
    ]);
    expect(fake.requests[2]).toMatchObject({
      method: 'POST',
      body: comment.body,
      headers: { 'content-type': 'application/json' },
    });
  });
});

test('closing does not wait for kept connections or late answers', async () => {
  const jira = await start({ delay: 60_000 }, 2);
  await cloud(jira, 'GET', '/myself');
  const late = cloud(jira, 'GET', '/myself').catch((error: Error) => error.message);
  while (jira.requests.length < 2) await new Promise((done) => setTimeout(done, 5));
  await jira.close();
  expect(await late).toBe('fetch failed');
});

test('`await using` closes it', async () => {
  let url = '';
  {
    await using jira = await startJira({ flavour: 'cloud', store: createStore() });
    url = jira.url;
    expect((await fetch(`${url}/rest/api/3/serverInfo`)).status).toBe(200);
  }
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

describe.skipIf(!contractsPresent)('what does not fit Atlassian’s description is noticed', () => {
  test.each<[string, string, unknown, string]>([
    ['POST', '/search/jql', { jql: 'project = ERP', startAt: 50 }, 'startAt'],
    ['POST', '/rest/api/2/search/jql', { jql: 7 }, '/jql must be string'],
    ['POST', '/changelog/bulkfetch', { issueIdsOrKeys: [] }, 'must NOT have fewer than 1 items'],
    ['POST', '/issue/ERP-1/comment', { body: adf('x'), visibility: { type: 'everyone' } }, '/visibility/type'],
    ['PUT', '/issue/ERP-1', { update: { labels: [{ append: 'x' }] } }, 'append'],
    ['GET', '/issue/ERP-1/comment?maxResults=many', undefined, 'the parameter maxResults cannot be many'],
    ['GET', '/issue/ERP-1/comment?orderBy=newest', undefined, 'the parameter orderBy cannot be newest'],
    ['GET', '/issue/ERP-1?field=summary', undefined, 'the parameter field does not exist'],
  ])('%s %s', async (method, path, body, problem) => {
    const jira = await start();
    await cloud(jira, method, path, body === undefined ? {} : { body });
    expect(jira.violations).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });

  test('in answers too', async () => {
    const jira = await start();
    const [type] = jira.store.types;
    if (type) Object.assign(type, { subtask: 'no' });
    await cloud(jira, 'GET', '/issuetype');
    expect(jira.violations).toEqual([
      expect.stringMatching(/^GET \/rest\/api\/3\/issuetype: answer 200\/0\/subtask must be boolean/),
    ]);
  });

  test('on Data Center too', async () => {
    fake = await startJira({ flavour: 'datacenter', store: createStore() });
    await dataCenter(fake, 'POST', '/search', { body: { jql: 'project = ERP', expand: 'changelog' } });
    expect(fake.violations).toEqual([expect.stringContaining('/expand must be array')]);
  });

  test('answers that are no answers of Jira’s are left alone', async () => {
    const jira = await start({ status: 200, body: { issues: 'none' } });
    await cloud(jira, 'POST', '/search/jql', { body: { jql: 'project = ERP' } });
    expect(jira.violations).toEqual([]);
  });

  test.each(['cloud', 'datacenter'] as const)('every list of the site fits on %s', async (flavour) => {
    fake = await startJira({ flavour, store: createStore() });
    const client = flavour === 'cloud' ? cloud : dataCenter;
    for (const path of [
      '/serverInfo',
      '/status',
      '/statuscategory',
      '/resolution',
      '/priority',
      '/issuetype',
      '/field',
      '/project/ERP/statuses',
    ]) {
      const { status, body } = await client(fake, 'GET', path);
      expect([path, status]).toEqual([path, 200]);
      expect(body).not.toEqual([]);
    }
    expect(fake.violations).toEqual([]);
  });
});
