import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import { githubDescriptor } from '../../../../src/trackers/github/index.js';
import { openGithub } from '../../../../src/trackers/github/open.js';
import { githubSettings } from '../../../../src/trackers/github/settings.js';
import { findToken } from '../../../../src/trackers/github/token.js';
import { failure, loadContent } from '../../config/given.js';
import { rejection, testEnv } from './world.js';

const github = 'https://api.github.com';
const enterprise = 'https://ghe.acme.com/api/v3';
const residency = 'https://api.acme.ghe.com';

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

  const usual = { GITHUB_TOKEN: 'a', GH_TOKEN: 'b' };
  test.each([
    [
      'github.com',
      github,
      { ...usual, GITHUB_API_URL: enterprise },
      /GITHUB_TOKEN and GH_TOKEN were not used: .*for ghe\.acme\.com/,
    ],
    ['github.com', github, { ...usual, GITHUB_API_URL: 'http://127.0.0.1:80' }, /not used: .*for 127\.0\.0\.1/],
    ['github.com', github, { GH_TOKEN: 'b', GITHUB_API_URL: 'ghe.acme.com' }, /GH_TOKEN was not used: GITHUB_API_URL is no URL/],
    ['acme.ghe.com', residency, { ...usual, GITHUB_API_URL: github }, /not used: .*for github\.com/],
    ['other.ghe.com', 'https://api.other.ghe.com', { ...usual, GITHUB_API_URL: residency }, /not used: .*for acme\.ghe\.com/],
    ['ghe.acme.com', enterprise, { ...usual, GITHUB_API_URL: github }, /not used: .*for github\.com/],
    ['ghe.acme.com', enterprise, { GITHUB_TOKEN: 'a' }, /GITHUB_TOKEN was not used: without GITHUB_API_URL/],
  ])(
    '%s (%s, %j): the tokens of another place are not sent, and gh is asked for its own',
    async (host, api, variables, message) => {
      const asked: unknown[] = [];
      const gh = (token: string | null) => (_: string, args: readonly string[]) => {
        asked.push(args.at(-1));
        return Promise.resolve(token);
      };
      const own = await findToken({}, api, testEnv({ variables, run: gh('gho_1') }));
      expect(own).toEqual({ token: 'gho_1', source: 'gh auth token' });
      expect(asked).toEqual([host]);
      // gh itself prefers these variables to what it has stored.
      const foreign = Object.values(usual).filter((value) => Object.values<string>(variables).includes(value));
      for (const token of [null, ...foreign]) {
        const env = testEnv({ variables, run: gh(token) });
        const error = await rejection(findToken({}, api, env));
        expect(error).toMatchObject({ kind: 'auth', message: expect.stringMatching(message) });
        expect(env.secrets).toEqual([]);
      }
    },
  );

  test.each([
    ['github.com in a workflow', github, 'https://api.github.com/'],
    ['data residency', residency, residency],
    ['this machine', 'http://127.0.0.1:81', 'http://127.0.0.1:81/'],
  ])('the place that GITHUB_API_URL names: %s', async (_, api, own) => {
    const found = await findToken({}, api, testEnv({ variables: { GITHUB_TOKEN: 'a', GITHUB_API_URL: own } }));
    expect(found).toEqual({ token: 'a', source: 'GITHUB_TOKEN' });
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

describe('which usual variable would be sent where', () => {
  const usual = (settings: object, variables: Record<string, string>) =>
    githubDescriptor.usualCredentials?.(githubSettings.parse({ type: 'github', repos: ['acme/app'], ...settings }), variables);
  test.each([
    [{}, { GITHUB_TOKEN: 'a' }, { from: 'GITHUB_TOKEN', host: 'github.com' }],
    [{}, { GH_TOKEN: 'b' }, { from: 'GH_TOKEN', host: 'github.com' }],
    [{ url: residency }, { GITHUB_TOKEN: 'a' }, { from: 'GITHUB_TOKEN', host: 'acme.ghe.com' }],
    [{}, { GITHUB_TOKEN: 'a', GITHUB_API_URL: enterprise }, { from: 'GITHUB_TOKEN', host: 'ghe.acme.com' }],
    [{ url: enterprise }, { GITHUB_TOKEN: 'a', GH_ENTERPRISE_TOKEN: 'e' }, { from: 'GH_ENTERPRISE_TOKEN', host: 'ghe.acme.com' }],
    [{ url: github }, { GITHUB_TOKEN: 'a', GITHUB_API_URL: enterprise }, null],
    [{ url: enterprise }, { GITHUB_TOKEN: 'a' }, null],
    [{ token: { env: 'ACME' } }, { GITHUB_TOKEN: 'a', ACME: 'c' }, null],
    [{}, { GITHUB_TOKEN: ' ' }, null],
    [{}, { GITHUB_TOKEN: 'a', GITHUB_API_URL: 'nonsense' }, null],
  ])('%j with %j', (settings, variables, expected) => {
    expect(usual(settings, variables)).toEqual(expected);
  });

  const trackers = {
    app: { type: 'github', url: github, repos: ['acme/app'] },
    lib: { type: 'github', url: residency, repos: ['acme/lib'] },
  };
  const load = (content: object, variables: Record<string, string>) =>
    loadContent(content, { context: { variables, isFile: () => false } });

  test('two hosts that would both be sent it are refused by the configuration', async () => {
    const { code, message } = await failure(load({ trackers }, { GITHUB_TOKEN: 'a' }));
    expect(code).toBe('config');
    expect(message).toBe('GITHUB_TOKEN would be sent to two sites: by app to github.com, by lib to acme.ghe.com.');
  });

  test.each([
    ['gh knows a token for each', trackers, {}],
    ['one names its own', { ...trackers, lib: { ...trackers.lib, token: { env: 'ACME' } } }, { GITHUB_TOKEN: 'a' }],
    ['it belongs to one of them', trackers, { GITHUB_TOKEN: 'a', GITHUB_API_URL: github }],
  ])('and others are not: %s', async (_, settings, variables) => {
    expect((await load({ trackers: settings }, variables)).trackers).toHaveLength(2);
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
