import { describe, expect, test } from 'vitest';
import { githubDescriptor } from '../../../../src/trackers/github/index.js';

const context = (variables: Record<string, string> = {}, files: readonly string[] = []) => ({
  variables,
  isFile: (path: string) => files.includes(path),
});

const repo = (name: string, more: object = {}) => ({ name, settings: { type: 'github', repos: [name], ...more } });
const org = (name: string, more: object = {}) => ({ name, settings: { type: 'github', org: name, ...more } });
const app = repo('acme/app');
const enterprise = { url: 'https://ghe.acme.com/api/v3' };

describe('recognized', () => {
  test.each([
    ['https://github.com/acme/app', app],
    ['https://github.com/acme/app/', app],
    ['https://GitHub.com/acme/app', app],
    ['github.com/acme/app', app],
    ['www.github.com/acme/app/', app],
    ['https://www.github.com/acme/app', app],
    ['https://github.com/acme/app.git', app],
    ['https://github.com/acme/app/issues', app],
    ['https://github.com/acme/app/issues?q=is%3Aopen+label%3Abug', app],
    ['https://github.com/acme/app/milestones', app],
    ['https://github.com/acme/app/tree/main/src', app],
    ['https://github.com/acme/app/issues/12', { ...app, ref: 'acme/app#12' }],
    ['https://github.com/acme/app/issues/12#issuecomment-34', { ...app, ref: 'acme/app#12' }],
    ['https://github.com/acme/.github', repo('acme/.github')],
    ['https://user:secret@github.com/acme/app.git', app],
    ['https://github.com/acme', org('acme')],
    ['https://github.com/orgs/acme', org('acme')],
    ['https://github.com/orgs/acme/repositories', org('acme')],
    ['github:acme/app', app],
    ['github:acme/app#12', { ...app, ref: 'acme/app#12' }],
    ['github:acme', org('acme')],
    ['acme/app', app],
    ['acme/my.app_2', repo('acme/my.app_2')],
    ['acme/app#12', { ...app, ref: 'acme/app#12' }],
    ['octo_acme/app', repo('octo_acme/app')],
    ['git@github.com:acme/app.git', app],
    ['git@github.com:acme/app', app],
    ['ssh://git@github.com/acme/app.git', app],
    ['ssh://git@ssh.github.com:443/acme/app.git', app],
    ['git+https://github.com/acme/app.git', app],
    ['git+ssh://git@github.com/acme/app.git', app],
    ['git://github.com/acme/app.git', app],
    ['https://ghe.acme.com/acme/app', repo('acme/app', enterprise)],
    ['https://ghe.acme.com/acme/app/issues/12', { ...repo('acme/app', enterprise), ref: 'acme/app#12' }],
    ['https://ghe.acme.com:8443/acme/app', repo('acme/app', { url: 'https://ghe.acme.com:8443/api/v3' })],
    ['git@ghe.acme.com:acme/app.git', repo('acme/app', enterprise)],
    ['ssh://git@ghe.acme.com:2222/acme/app.git', repo('acme/app', enterprise)],
    ['https://acme.ghe.com/acme/app', repo('acme/app', { url: 'https://api.acme.ghe.com' })],
    ['http://127.0.0.1:3000/acme/app', repo('acme/app', { url: 'http://127.0.0.1:3000/api/v3' })],
    ['http://localhost:3000/acme/app', repo('acme/app', { url: 'http://localhost:3000/api/v3' })],
  ])('%s', (text, expected) => {
    const recognized = githubDescriptor.recognize(text, context());
    expect(recognized).toEqual(expected);
    expect(githubDescriptor.settings.safeParse(recognized?.settings).error).toBeUndefined();
  });
});

describe('left to others', () => {
  test.each([
    ['a pull request', 'https://github.com/acme/app/pull/12'],
    ['the list of pull requests', 'https://github.com/acme/app/pulls'],
    ['an issue without a number', 'https://github.com/acme/app/issues/new'],
    ['a page of GitHub', 'https://github.com/settings/tokens'],
    ['GitHub itself', 'https://github.com'],
    ['plain http', 'http://github.com/acme/app'],
    ['plain http elsewhere', 'http://ghe.acme.com/acme/app'],
    ['an issue on Jira', 'https://acme.atlassian.net/browse/ERP-12'],
    ['a board on Jira', 'https://acme.atlassian.net/jira/software'],
    ['Jira on a host of its own', 'https://jira.acme.com/browse/ERP-12'],
    ['a project on Jira', 'https://jira.acme.com/projects/ERP'],
    ['Jira below a path', 'https://acme.com/jira/browse'],
    ['Jira below a path, an issue', 'https://acme.com/tracker/browse/ERP-12'],
    ['a page of Jira', 'https://jira.acme.com/secure/Dashboard.jspa'],
    ['another forge', 'https://gitlab.com/acme/app'],
    ['a remote on another forge', 'git@bitbucket.org:acme/app.git'],
    ['a host alone', 'https://ghe.acme.com'],
    ['an owner on an unknown host', 'https://ghe.acme.com/acme'],
    ['a pull request on another host', 'https://ghe.acme.com/acme/app/pull/3'],
    ['a deeper path on an unknown host', 'https://ghe.acme.com/a/b/c/d/e'],
    ['a key of Jira', 'ERP-12'],
    ['a word', 'acme'],
    ['a relative path', './acme/app'],
    ['a parent folder', 'acme/..'],
    ['an absolute path', '/acme/app'],
    ['a snapshot that is not there', 'data/backlog.ndjson'],
    ['nothing', ''],
    ['three parts', 'acme/app/lib'],
    ['issue zero', 'acme/app#0'],
  ])('%s', (_, text) => {
    expect(githubDescriptor.recognize(text, context())).toBeNull();
  });

  test('a path of a file that exists', () => {
    expect(githubDescriptor.recognize('acme/app', context({}, ['acme/app']))).toBeNull();
  });

  test('but not when the prefix says GitHub', () => {
    expect(githubDescriptor.recognize('github:acme/app', context({}, ['github:acme/app']))).toEqual(app);
  });
});

describe('the API that GITHUB_API_URL and GITHUB_SERVER_URL name', () => {
  const api = 'http://127.0.0.1:4711';
  const own = { GITHUB_API_URL: 'https://ghe.acme.com/api/v3', GITHUB_SERVER_URL: 'https://ghe.acme.com' };
  test.each([
    ['belongs to github.com when no server is named', 'https://github.com/acme/app', { GITHUB_API_URL: api }, api],
    [
      'belongs to github.com when that is the server',
      'https://github.com/acme/app',
      { GITHUB_API_URL: api, GITHUB_SERVER_URL: 'https://github.com' },
      api,
    ],
    ['belongs to the server', 'https://ghe.acme.com/acme/app', own, own.GITHUB_API_URL],
    ['does not belong to github.com when another server is named', 'https://github.com/acme/app', own, 'https://api.github.com'],
    ['does not belong to a third host', 'https://other.acme.com/acme/app', own, 'https://other.acme.com/api/v3'],
    ['is taken when the tracker is opened, without a host', 'acme/app', own, undefined],
    [
      'is the default when only the server is named',
      'https://github.com/acme/app',
      { GITHUB_SERVER_URL: 'https://github.com' },
      undefined,
    ],
  ])('%s', (_, text, variables, url) => {
    expect(githubDescriptor.recognize(text, context(variables))?.settings.url).toBe(url);
  });

  test('on the own server an owner alone is an organization', () => {
    expect(githubDescriptor.recognize('https://ghe.acme.com/acme', context(own))).toEqual(
      org('acme', { url: own.GITHUB_API_URL }),
    );
  });
});
