import { describe, expect, test } from 'vitest';
import type { FakeRequest } from '../../../fakes/jira/index.js';
import { erpWithBug, FLAVOURS, type Flavour, open, search, site } from './harness.js';
import { serve } from './server.js';

const basic = (user: string, password: string) => Buffer.from(`${user}:${password}`).toString('base64');

const login = (flavour: Flavour, variables: Record<string, string>, options: Parameters<typeof site>[1] = {}) =>
  site(flavour, { ...options, variables });

describe.each(FLAVOURS)('a session on %s', (flavour) => {
  test('is asked for once, and knows who we are', async () => {
    await using here = await site(flavour);
    expect(await here.tracker.identify(here.call)).toEqual({ name: 'Lead Example' });
    await here.tracker.identify(here.call);
    const version = flavour === 'cloud' ? '3' : '2';
    expect(here.fake.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /rest/api/2/serverInfo',
      `GET /rest/api/${version}/myself`,
    ]);
    expect(here.fake.violations).toEqual([]);
  });

  test('sends credentials to nothing that has not said that it is a Jira', async () => {
    await using here = await site(flavour);
    await here.tracker.identify(here.call);
    expect(here.fake.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([false, true]);
  });

  test('without credentials is an error that says what to set', async () => {
    await using here = await login(flavour, {});
    await expect(here.tracker.identify(here.call)).rejects.toMatchObject({
      kind: 'auth',
      code: 'credentials',
      hint: expect.stringContaining(
        flavour === 'cloud' ? 'JIRA_EMAIL, and JIRA_API_TOKEN' : 'JIRA_TOKEN to a personal access token',
      ),
    });
  });

  test('with wrong credentials is an error, never an empty list', async () => {
    const wrong: Record<string, string> =
      flavour === 'cloud' ? { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: 'expired' } : { JIRA_TOKEN: 'expired' };
    await using here = await login(flavour, wrong, { store: erpWithBug() });
    await expect(search(here)).rejects.toMatchObject({ kind: 'auth', code: 'credentials' });
    await expect(here.tracker.identify(here.call)).rejects.toThrow('credentials from JIRA_');
  });

  test('that ends in the middle is an error too', async () => {
    const headers = { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' };
    const expired = { status: 200, headers, body: { issues: [], isLast: true, maxResults: 100, total: 0 } };
    await using here = await site(flavour, { fault: ({ path }) => (path.includes('/search') ? expired : undefined) });
    await expect(search(here)).rejects.toMatchObject({ kind: 'auth' });
  });

  test('that failed is tried again', async () => {
    let isDown = true;
    await using here = await site(flavour, { fault: () => (isDown ? { status: 503 } : undefined) });
    await expect(here.tracker.identify(here.call)).rejects.toMatchObject({ kind: 'network' });
    isDown = false;
    expect(await here.tracker.identify(here.call)).toEqual({ name: 'Lead Example' });
  });

  test('keeps secrets', async () => {
    await using here = await site(flavour);
    await here.tracker.identify(here.call);
    expect(here.secrets).toEqual(flavour === 'cloud' ? ['test-token', basic('lead@example.test', 'test-token')] : ['test-token']);
  });
});

describe('on Cloud', () => {
  test('a token with scopes goes through the gateway, writes too, and links lead to the site', async () => {
    await using here = await site('cloud', { store: erpWithBug(), scopedToken: true });
    const [bug] = await search(here);
    expect(bug?.url).toBe(`${here.fake.url}/browse/ERP-1`);
    expect(here.fake.requests.map(({ path }) => path).slice(0, 5)).toEqual([
      '/rest/api/2/serverInfo',
      '/rest/api/3/myself',
      '/_edge/tenant_info',
      '/rest/api/3/myself',
      '/rest/api/3/project/ERP',
    ]);
    expect(here.fake.requests[2]?.headers).not.toHaveProperty('authorization');
  });

  test('a wrong token with scopes is explained by what the site said', async () => {
    await using here = await login('cloud', { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: 'x' }, { scopedToken: true });
    await expect(here.tracker.identify(here.call)).rejects.toThrow(
      /does not accept the credentials from JIRA_EMAIL and JIRA_API_TOKEN/,
    );
  });

  test('the settings may name the token', async () => {
    await using here = await login(
      'cloud',
      { JIRA_EMAIL: ' lead@example.test ', ACME: 'test-token\n', JIRA_API_TOKEN: 'other' },
      { settings: { token: { env: 'ACME' } } },
    );
    expect(await here.tracker.identify(here.call)).toEqual({ name: 'Lead Example' });
  });

  test('a token alone is not enough', async () => {
    await using here = await login('cloud', { JIRA_API_TOKEN: 'test-token', JIRA_TOKEN: 'test-token' });
    await expect(here.tracker.identify(here.call)).rejects.toThrow('There are no credentials');
  });
});

describe('on Data Center', () => {
  test('user and password do, below a context path', async () => {
    await using here = await login(
      'datacenter',
      { JIRA_USER: 'lead', JIRA_PASSWORD: 'test-password' },
      { store: erpWithBug(), contextPath: '/jira' },
    );
    const [bug] = await search(here);
    expect(bug?.url).toBe(`${here.fake.url}/browse/ERP-1`);
    expect(here.fake.url).toMatch(/\/jira$/);
    expect(here.secrets).toEqual(['test-password', basic('lead', 'test-password')]);
    expect(here.fake.violations).toEqual([]);
  });

  test('a token goes before user and password', async () => {
    await using here = await login('datacenter', { JIRA_TOKEN: 'test-token', JIRA_USER: 'lead', JIRA_PASSWORD: 'wrong' });
    await here.tracker.identify(here.call);
    expect(here.fake.requests.at(-1)?.headers.authorization).toBe('Bearer test-token');
  });

  test('a token that the settings name and that is not there is not replaced by another', async () => {
    await using here = await login('datacenter', { JIRA_TOKEN: 'test-token' }, { settings: { token: { env: 'ACME' } } });
    await expect(here.tracker.identify(here.call)).rejects.toMatchObject({
      kind: 'auth',
      hint: expect.stringContaining('Set ACME'),
    });
  });

  test('a token that was copied with its quotes is refused without being shown', async () => {
    await using here = await login('datacenter', { JIRA_TOKEN: 'se“cret' });
    const error = await here.tracker.identify(here.call).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'auth' });
    expect(String(error)).not.toContain('cret');
  });

  test('a proxy that lets nobody ask is passed with the credentials', async () => {
    const fault = ({ headers }: FakeRequest) =>
      headers.authorization === undefined ? { status: 401, body: '<html>Log in</html>' } : undefined;
    await using here = await site('datacenter', { fault });
    expect(await here.tracker.identify(here.call)).toEqual({ name: 'Lead Example' });
  });

  test('a lock-out is explained, and not made worse', async () => {
    await using here = await login('datacenter', { JIRA_USER: 'lead', JIRA_PASSWORD: 'wrong' });
    for (let attempt = 0; attempt < 3; attempt++)
      await expect(here.tracker.identify(here.call)).rejects.toMatchObject({ kind: 'auth' });
    await expect(here.tracker.identify(here.call)).rejects.toThrow(/CAPTCHA/);
    expect(here.fake.requests.filter(({ path }) => path.endsWith('/myself'))).toHaveLength(4);
  });
});

describe('a site', () => {
  test('that is no Jira gets no credentials', async () => {
    await using server = await serve({ body: { hello: 'world' } });
    const here = await open(server.url, 'datacenter');
    await expect(here.tracker.identify(here.call)).rejects.toThrow('does not look like a Jira');
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.headers).not.toHaveProperty('authorization');
  });

  test('below a context path that was left out is explained', async () => {
    await using here = await site('datacenter', { contextPath: '/jira' });
    const { tracker, call } = await open(here.fake.url.replace('/jira', ''), 'datacenter');
    await expect(tracker.identify(call)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('that redirects names its base URL', async () => {
    await using server = await serve({
      status: 301,
      headers: { location: 'https://jira.example.com/jira/rest/api/2/serverInfo' },
    });
    const here = await open(server.url, 'datacenter');
    await expect(here.tracker.identify(here.call)).rejects.toMatchObject({
      hint: expect.stringContaining('https://jira.example.com/jira'),
    });
  });
});
