import { afterEach, describe, expect, test } from 'vitest';
import { type GithubFake, githubStore, startGithub } from '../../../fakes/github/index.js';
import { ask, send } from './client.js';

let fake: GithubFake;
afterEach(() => fake.close());

function oneBug() {
  const store = githubStore();
  store.addRepository('acme/app');
  store.addIssue('acme/app');
  store.addRepository('acme/secret', { private: true });
  return store;
}

describe('credentials', () => {
  test('are accepted, and counted', async () => {
    fake = await startGithub({ store: oneBug() });
    const { body, headers } = await send(fake, '/user');
    expect(body).toMatchObject({ login: 'octocat', type: 'User' });
    expect(headers.get('x-ratelimit-limit')).toBe('5000');
    expect(headers.get('x-ratelimit-remaining')).toBe('4999');
    expect((await send(fake, '/rate_limit')).body.resources.core).toMatchObject({ limit: 5000, remaining: 4999 });
    expect(fake.violations).toEqual([]);
  });

  test('that are wrong are refused everywhere', async () => {
    fake = await startGithub({ store: oneBug() });
    const refused = { status: 401, body: { message: 'Bad credentials' } };
    expect(await send(fake, '/repos/acme/app', { token: 'stolen' })).toMatchObject(refused);
    expect(await ask(fake, '{ viewer { login } }', {}, 'stolen')).toMatchObject(refused);
  });

  test('of an app have no user, and a suffix only here and there', async () => {
    fake = await startGithub({ store: oneBug(), viewer: { login: 'prune', type: 'Bot' } });
    expect(await send(fake, '/user')).toMatchObject({ status: 403, body: { message: 'Resource not accessible by integration' } });
    expect((await ask(fake, '{ viewer { login } }')).body.data.viewer.login).toBe('prune[bot]');
  });

  test('may be absent for reading what is public, through REST, a little', async () => {
    fake = await startGithub({ store: oneBug() });
    const issue = await send(fake, '/repos/acme/app/issues/1', { token: null });
    expect([issue.status, issue.headers.get('x-ratelimit-limit')]).toEqual([200, '60']);
    expect((await send(fake, '/repos/acme/secret', { token: null })).status).toBe(404);
    expect((await send(fake, '/repos/acme/secret')).status).toBe(200);
    expect((await send(fake, '/user', { token: null })).status).toBe(401);
    expect((await send(fake, '/repos/acme/app/issues/1', { method: 'PATCH', body: {}, token: null })).status).toBe(401);
    expect((await ask(fake, '{ viewer { login } }', {}, null)).status).toBe(401);
    for (let count = 0; count < 60; count++) await send(fake, '/repos/acme/app', { token: null });
    const refused = await send(fake, '/repos/acme/app', { token: null });
    expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    expect(fake.violations).toEqual([]);
  });
});

test('an enterprise server lives elsewhere and counts nothing', async () => {
  fake = await startGithub({ store: oneBug(), enterprise: true });
  expect(fake.url).toMatch(/\/api\/v3$/);
  const meta = await send(fake, '/meta');
  expect(meta.body.installed_version).toBe('3.17.0');
  expect(meta.headers.has('x-ratelimit-limit')).toBe(false);
  expect((await send(fake, '/rate_limit')).status).toBe(404);
  const { body } = await ask(fake, '{ viewer { login } rateLimit { cost } }');
  expect(body.data).toEqual({ viewer: { login: 'octocat' }, rateLimit: null });
  expect(fake.requests.map(({ path }) => path)).toEqual(['/meta', '/rate_limit', '/graphql']);
  expect(fake.violations).toEqual([]);
  expect((await send(fake, fake.url.replace('/api/v3', '/user'))).status).toBe(404);
  expect(fake.violations).toHaveLength(1);
});

describe('faults', () => {
  const comment = (body: string) => send(fake, '/repos/acme/app/issues/1/comments', { method: 'POST', body: { body } });
  const bodies = () => fake.store.issue('acme/app#1').events.map(({ body }) => body);

  test('kill the connection before or after the request took effect', async () => {
    fake = await startGithub({ store: oneBug(), fault: (_, count) => ({ drop: count === 1 ? 'before' : 'after' }) });
    await expect(comment('lost')).rejects.toThrow('fetch failed');
    await expect(comment('arrived')).rejects.toThrow('fetch failed');
    expect(bodies()).toEqual(['arrived']);
    expect(fake.requests.map(({ write }) => write)).toEqual([true, true]);
  });

  test('answer something else, without any effect', async () => {
    fake = await startGithub({
      store: oneBug(),
      fault: ({ write }) =>
        write ? { status: 429, headers: { 'retry-after': '7' }, body: { message: 'slow' } } : { status: 200, body: '<html>' },
    });
    const refused = await comment('lost');
    expect([refused.status, refused.headers.get('retry-after'), refused.body.message]).toEqual([429, '7', 'slow']);
    expect(bodies()).toEqual([]);
    const page = await send(fake, '/user');
    expect([page.status, page.headers.get('content-type'), page.body]).toEqual([200, 'text/html; charset=utf-8', '<html>']);
  });

  test('take time, but not beyond the end of the server', async () => {
    fake = await startGithub({ store: oneBug(), fault: (_, count) => ({ delay: count === 1 ? 50 : 60_000 }) });
    const start = performance.now();
    expect((await comment('late')).status).toBe(201);
    expect(performance.now() - start).toBeGreaterThan(45);
    const never = expect(comment('never')).rejects.toThrow('fetch failed');
    while (fake.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await fake.close();
    await never;
    expect(bodies()).toEqual(['late']);
  });
});

test('what is not served is a 404 and a violation', async () => {
  fake = await startGithub({ store: oneBug() });
  expect(await send(fake, '/repos/acme/app/pulls')).toMatchObject({ status: 404, body: { message: 'Not Found' } });
  expect(fake.violations).toEqual(['GET /repos/acme/app/pulls is not served by the stand-in']);
});

test('two servers may stand in front of one store', async () => {
  const store = oneBug();
  fake = await startGithub({ store });
  await using other = await startGithub({ store, viewer: { login: 'hubot', type: 'User' } });
  await send(other, '/repos/acme/app/issues/1', { method: 'PATCH', body: { state: 'closed' } });
  expect((await send(fake, '/repos/acme/app/issues/1')).body.closed_by.login).toBe('hubot');
});
