import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import { openGithub } from '../../../../src/trackers/github/open.js';
import { githubSettings } from '../../../../src/trackers/github/settings.js';
import { findToken } from '../../../../src/trackers/github/token.js';
import { rejection, testEnv } from './world.js';

const github = 'https://api.github.com';
const enterprise = 'https://ghe.acme.com/api/v3';

describe('where the token comes from', () => {
  test.each([
    ['GITHUB_TOKEN', {}, github, { GITHUB_TOKEN: 'a', GH_TOKEN: 'b' }, { token: 'a', source: 'GITHUB_TOKEN' }],
    ['GH_TOKEN', {}, github, { GITHUB_TOKEN: ' ', GH_TOKEN: 'b\n' }, { token: 'b', source: 'GH_TOKEN' }],
    ['the named one', { token: { env: 'ACME' } }, github, { GITHUB_TOKEN: 'a', ACME: 'c' }, { token: 'c', source: 'ACME' }],
    ['the own server', {}, enterprise, { GITHUB_TOKEN: 'a', GITHUB_API_URL: enterprise }, { token: 'a', source: 'GITHUB_TOKEN' }],
    ['another server', {}, enterprise, { GH_ENTERPRISE_TOKEN: 'e' }, { token: 'e', source: 'GH_ENTERPRISE_TOKEN' }],
    ['data residency', {}, 'https://api.acme.ghe.com', { GITHUB_TOKEN: 'a' }, { token: 'a', source: 'GITHUB_TOKEN' }],
    ['this machine', {}, 'http://127.0.0.1:80', { GITHUB_TOKEN: 'a' }, { token: 'a', source: 'GITHUB_TOKEN' }],
  ])('%s', async (_, settings, api, variables, expected) => {
    const env = testEnv({ variables });
    expect(await findToken(settings, api, env)).toEqual(expected);
    expect(env.secrets).toEqual([expected.token]);
  });

  test.each([
    ['github.com', github],
    ['ghe.acme.com', enterprise],
    ['acme.ghe.com', 'https://api.acme.ghe.com'],
  ])('the gh program, asked for %s', async (host, api) => {
    const asked: unknown[] = [];
    const run = (command: string, args: readonly string[]) => {
      asked.push([command, ...args]);
      return Promise.resolve('gho_1');
    };
    expect(await findToken({}, api, testEnv({ variables: {}, run }))).toEqual({ token: 'gho_1', source: 'gh auth token' });
    expect(asked).toEqual([['gh', 'auth', 'token', '--hostname', host]]);
  });
});

describe('no token', () => {
  test.each([
    ['at all', {}, github, {}, /GITHUB_TOKEN or GH_TOKEN/],
    ['of another site', {}, enterprise, { GITHUB_TOKEN: 'a' }, /GH_ENTERPRISE_TOKEN/],
    ['in the named variable, and no other is tried', { token: { env: 'ACME' } }, github, { GITHUB_TOKEN: 'a' }, /ACME/],
  ])('%s', async (_, settings, api, variables, hint) => {
    const error = await rejection(findToken(settings, api, testEnv({ variables })));
    expect(error).toBeInstanceOf(TrackerError);
    expect(error).toMatchObject({ kind: 'auth', code: 'credentials', hint: expect.stringMatching(hint) });
  });

  test('that could be sent: its characters are not shown', async () => {
    const env = testEnv({ variables: { GITHUB_TOKEN: 'gh p\u00e9' } });
    const error = await rejection(findToken({}, github, env));
    expect(error).toMatchObject({ kind: 'auth', message: expect.not.stringContaining('gh p') });
    expect(env.secrets).toEqual(['gh p\u00e9']);
  });
});

test.each([
  ['plain http', 'http://ghe.acme.com/api/v3'],
  ['a password', 'https://me:hunter2@ghe.acme.com/api/v3'],
  ['no URL', 'ghe'],
])('an API that a token may not be sent to: %s', async (_, url) => {
  const settings = githubSettings.parse({ type: 'github', repos: ['acme/app'] });
  const env = testEnv({ variables: { GITHUB_TOKEN: 'a', GITHUB_API_URL: url } });
  const error = await rejection(openGithub(settings, env));
  expect(error).toMatchObject({ code: 'config', message: expect.not.stringContaining('hunter2') });
});
