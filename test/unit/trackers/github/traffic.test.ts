import { describe, expect, test } from 'vitest';
import { createClient } from '../../../../src/trackers/github/transport/client.js';
import { sharing } from '../../../../src/use-cases/sharing.js';
import { githubStore, startGithub } from '../../../fakes/github/index.js';
import { scripted } from './server.js';
import { found, openTracker, rejection, TOKEN, testCall, testEnv } from './world.js';

const issue = { owner: 'acme', repo: 'app', issue_number: 1 };

/** An environment that trackers of one command have in common. */
const commonEnv = () => testEnv({ shared: sharing(), variables: { GITHUB_TOKEN: TOKEN, OTHER: 'other-token' } });

function client(url: string, env: ReturnType<typeof testEnv>, { token = TOKEN, pace = 0 } = {}) {
  return createClient(url, { token, source: 'GITHUB_TOKEN' }, pace, env).for(testCall());
}

describe('trackers of one host and token', () => {
  test('keep the limit of a minute together', async () => {
    const env = commonEnv();
    const store = githubStore();
    const repos = Array.from({ length: 120 }, (_, index) => `acme/lib${index}`);
    for (const name of repos) {
      store.addRepository(name);
      store.addIssue(name, { labels: ['bug'] });
    }
    await using fake = await startGithub({ store, elapsed: env.elapsed });
    const words = Array.from({ length: 3 }, (_, index) => ({ org: 'acme', bugs: { labels: ['bug', 'b', `c${index}`] } }));
    const trackers = await Promise.all(words.map((settings) => openTracker(fake.url, settings, env)));
    const all = await Promise.all(trackers.map((tracker) => found(tracker)));
    expect(all.map(({ length }) => length)).toEqual([120, 120, 120]);
    expect(fake.requests.filter(({ kind }) => kind === 'rest')).toHaveLength(3 * 3 * 120);
    expect(fake.load.refused).toBe(0);
    // Some were on their way when the clock moved.
    expect(fake.load.points.rest).toBeGreaterThan(780);
    expect(fake.load.points.rest).toBeLessThan(820);
    expect(fake.load.atOnce).toBeLessThanOrEqual(8);
    // One minute, and no more: the rest of it passes in the next one.
    expect(env.slept).toEqual([60_000]);
    expect(fake.violations).toEqual([]);
  });

  test('are silent together when one of them was refused', async () => {
    await using server = await scripted({ status: 403, headers: { 'retry-after': '30' }, body: {} }, { body: [] });
    const env = commonEnv();
    const [one, two] = [client(server.url, env), client(`${server.url}/`, env)];
    await one.rest.issues.listForRepo({ owner: 'acme', repo: 'app' });
    expect([server.seen.length, env.elapsed()]).toEqual([2, 30_000]);
    await two.rest.issues.listForRepo({ owner: 'acme', repo: 'app' });
    expect([server.seen.length, env.elapsed()]).toEqual([3, 30_000]);
  });

  test('send nothing at all when the host wants to be left alone for long', async () => {
    await using server = await scripted({ status: 429, headers: { 'retry-after': '7200' }, body: {} });
    const env = commonEnv();
    const [one, two] = [client(server.url, env), client(server.url, env)];
    const read = (octokit: typeof one) => rejection(octokit.rest.issues.listForRepo({ owner: 'acme', repo: 'app' }));
    expect(await read(one)).toMatchObject({ kind: 'rate-limit', message: expect.stringContaining('Try again in 120 min.') });
    expect(await read(two)).toMatchObject({ kind: 'rate-limit', retryAfter: 7200 });
    expect(await rejection(two.rest.issues.update({ ...issue, state: 'closed' }))).toMatchObject({
      kind: 'rate-limit',
      ambiguousWrite: false,
    });
    expect([server.seen.length, env.slept]).toEqual([1, []]);
  });

  test('write one at a time, at the pace of the slowest', async () => {
    await using server = await scripted({ body: [] });
    const env = commonEnv();
    const clients = [1000, 3000, 2000].map((pace) => client(server.url, env, { pace }));
    await Promise.all(clients.map((octokit) => octokit.rest.issues.update({ ...issue, state: 'closed' })));
    expect(env.slept).toEqual([3000, 3000]);
  });
});

test('another token, and another host, has limits of its own', async () => {
  await using server = await scripted({ status: 429, headers: { 'retry-after': '7200' }, body: {} }, { body: [] });
  await using other = await scripted({ body: [] });
  const env = commonEnv();
  const list = { owner: 'acme', repo: 'app' };
  await rejection(client(server.url, env).rest.issues.listForRepo(list));
  await client(server.url, env, { token: 'other-token' }).rest.issues.listForRepo(list);
  await client(other.url, env).rest.issues.listForRepo(list);
  expect([server.seen.length, other.seen.length, env.slept]).toEqual([2, 1, []]);
});

test('the key that trackers share their traffic by does not show the token', () => {
  const keys: string[] = [];
  const env = testEnv({
    shared: (key, make) => {
      keys.push(key);
      return make();
    },
  });
  client('http://127.0.0.1:1', env);
  expect(keys).toEqual([expect.stringMatching(/^github 127\.0\.0\.1:1 [0-9a-f]{64}$/)]);
});

test('a new place that is looked up counts as well', async () => {
  await using server = await scripted(
    { status: 301, headers: { location: '/repositories/7' }, body: {} },
    { body: { full_name: 'acme/new' } },
    { body: [] },
  );
  const env = commonEnv();
  const octokit = client(server.url, env);
  await rejection(octokit.rest.issues.listForRepo({ owner: 'acme', repo: 'app' }));
  for (let index = 0; index < 799; index++) await octokit.rest.issues.listForRepo({ owner: 'acme', repo: 'app' });
  expect(env.slept).toEqual([60_000]);
});
