import { describe, expect, test } from 'vitest';
import { failure, OK, POST, PUT, READ, reach, TOKEN } from './reach.js';
import { type Reply, serve } from './server.js';

describe('a request', () => {
  test('carries a token, our name, and asks for JSON', async () => {
    await using server = await serve(OK);
    const { api, call } = reach(server);
    expect((await api.read(READ, call)).body).toEqual({ ok: true });
    expect(server.received[0]).toMatchObject({
      method: 'GET',
      url: '/rest/api/2/issue/10001',
      headers: { authorization: 'Bearer secret-token', accept: 'application/json', 'user-agent': 'bugprune/1.2.3' },
      body: '',
    });
    expect(server.received[0]?.headers).not.toHaveProperty('content-type');
  });

  test('carries user and password in any script', async () => {
    await using server = await serve(OK);
    const { api, call } = reach(server, { kind: 'basic', user: 'jörg', password: 'pä:ß', source: 'x' });
    await api.read(READ, call);
    expect(server.received[0]?.headers.authorization).toBe(`Basic ${Buffer.from('jörg:pä:ß').toString('base64')}`);
  });

  test('carries nothing where nobody is to be known', async () => {
    await using server = await serve(OK);
    const { api, call } = reach(server, null);
    await api.read(READ, call);
    expect(server.received[0]?.headers).not.toHaveProperty('authorization');
  });

  test('keeps what a URL would corrupt', async () => {
    await using server = await serve(OK);
    const { api, call } = reach(server);
    const query = { token: 'CAEaAggD+/==', text: 'summary ~ "c#" & 100% %2F', name: '缺陷' };
    await api.read({ ...READ, query }, call);
    const { searchParams } = new URL(server.received[0]?.url ?? '', server.url);
    expect(Object.fromEntries(searchParams)).toEqual(query);
  });

  test('goes below a context path, and to other roots', async () => {
    await using server = await serve(OK);
    const { api, call } = reach(server, null, `${server.url}/a/jira-1`);
    await api.read(READ, call);
    await api.read({ path: '/tenant_info', root: '/_edge' }, call);
    expect(server.received.map(({ url }) => url)).toEqual(['/a/jira-1/rest/api/2/issue/10001', '/a/jira-1/_edge/tenant_info']);
  });

  test('that writes sends JSON and says that it is none of a browser', async () => {
    await using server = await serve({ status: 201, body: { id: '1' } });
    const { api, call } = reach(server);
    await api.write(POST, call);
    expect(server.received[0]).toMatchObject({
      method: 'POST',
      body: '{"body":"x"}',
      headers: { 'content-type': 'application/json', 'x-atlassian-token': 'no-check' },
    });
  });

  test('uses the connection that is there', async () => {
    await using server = await serve(OK);
    const { api, call } = reach(server);
    for (let count = 0; count < 12; count++) await api.read(READ, call);
    expect(server.received).toHaveLength(12);
    // Two, where the first was not quite free again when it was needed.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });
});

describe('a redirect', () => {
  const to = (location: string): Reply => ({ status: 302, headers: { location } });

  test.each([
    ['https://jira.example.com/jira/rest/api/2/issue/10001', 'https://jira.example.com/jira'],
    ['/jira/rest/api/2/issue/10001', '/jira'],
  ])('to %s is not followed, and the base URL is named', async (location, base) => {
    await using server = await serve(to(location), OK);
    const { api, call } = reach(server);
    for (const work of [() => api.read(READ, call), () => api.write(POST, call)]) {
      server.received.length = 0;
      const error = await failure(work());
      expect(error).toMatchObject({ kind: 'unexpected', ambiguousWrite: false });
      expect(error.message).toContain('a redirect (302), which is not followed');
      expect(error.hint).toContain(`${base.startsWith('/') ? server.url : ''}${base}: set url`);
      expect(server.received).toHaveLength(1);
    }
  });

  test('to a login is a matter of credentials', async () => {
    await using server = await serve(to('/login.jsp?os_destination=%2F'));
    const { api, call } = reach(server);
    expect(await failure(api.read(READ, call))).toMatchObject({ kind: 'auth', code: 'credentials' });
  });
});

describe('nobody', () => {
  test.each<[string, Record<string, string>]>([
    ['on Cloud', { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' }],
    ['on Data Center', { 'x-ausername': 'anonymous' }],
    ['without access', { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' }],
  ])('%s is noticed though the answer looks fine', async (_, headers) => {
    await using server = await serve({ headers, body: { issues: [] } });
    const { api, call } = reach(server);
    const error = await failure(api.read(READ, call));
    expect(error).toMatchObject({ kind: 'auth', code: 'credentials' });
    expect(error.message).toContain('does not accept the credentials from JIRA_TOKEN: it took us for nobody');
    expect(await failure(api.write(POST, call))).toMatchObject({ kind: 'auth', ambiguousWrite: true });
  });

  test('is no surprise where no credentials were sent', async () => {
    await using server = await serve({ headers: { 'x-ausername': 'anonymous' }, body: {} });
    const { api, call } = reach(server, null);
    expect((await api.read(READ, call)).status).toBe(200);
  });

  test('is told of a CAPTCHA, and does not try again', async () => {
    const headers = { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://jira.example.com/login.jsp' };
    await using server = await serve({ status: 403, headers, body: '<html></html>' });
    const { api, call } = reach(server);
    const error = await failure(api.read(READ, call));
    expect(error).toMatchObject({ kind: 'auth' });
    expect(error.message).toContain('CAPTCHA');
    expect(error.hint).toContain('https://jira.example.com/login.jsp');
    expect(server.received).toHaveLength(1);
  });

  test('is logged in: a login page instead of an answer', async () => {
    await using server = await serve({ headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><title>Log in</title>' });
    const { api, call } = reach(server);
    const error = await failure(api.read(READ, call));
    expect(error).toMatchObject({ kind: 'auth' });
    expect(error.message).toContain('a web page instead of JSON');
  });
});

describe('a refusal', () => {
  const refused = (status: number, body: unknown): Reply => ({ status, body });

  test.each<[number, unknown, string, string]>([
    [
      400,
      { errorMessages: ['Bad\u001b[31m query'], errors: { jql: 'no field x' } },
      'validation',
      '400: Bad [31m query jql: no field x',
    ],
    [401, {}, 'auth', 'does not accept the credentials'],
    [403, { errorMessages: ['No permission'] }, 'permission', '403: No permission'],
    [404, { message: 'null for uri: http://x', 'status-code': 404 }, 'not-found', '404: null for uri'],
    [409, {}, 'conflict', '409: no reason given.'],
    [410, { errorMessages: ['The requested API has been removed.'] }, 'gone', '410: The requested API'],
    [413, '<html>too large</html>', 'validation', '413: a web page, not JSON.'],
    [501, {}, 'network', '501'],
  ])('%s is understood', async (status, body, kind, message) => {
    await using server = await serve(refused(status, body));
    const { api, call } = reach(server);
    const error = await failure(api.read(READ, call));
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('secret-token');
    expect(server.received).toHaveLength(1);
  });

  test('comes back to whoever wants to look at the complaints', async () => {
    await using server = await serve(refused(400, { errors: { resolution: 'no' } }));
    const { api, call } = reach(server);
    expect((await api.write({ ...POST, complains: true }, call)).status).toBe(400);
    expect(await failure(api.write(POST, call))).toMatchObject({ kind: 'validation' });
  });
});

test('writes keep their distance, measured from the answer, and reads do not', async () => {
  await using server = await serve(OK);
  const { api, call, waits, events } = reach(server, TOKEN, server.url, 1000);
  await api.write(PUT, call);
  await api.read(READ, call);
  await api.write(PUT, call);
  expect(waits).toEqual([1000]);
  expect(events).toEqual([{ type: 'wait', seconds: 1, reason: 'a pause between two writes' }]);
});
