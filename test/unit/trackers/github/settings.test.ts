import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { githubSettings } from '../../../../src/trackers/github/settings.js';

const minimal = { type: 'github', repos: ['acme/app'] };

test('defaults', () => {
  expect(githubSettings.parse(minimal)).toEqual({
    type: 'github',
    repos: ['acme/app'],
    bugs: { labels: ['bug'], types: ['Bug'] },
    priority: {},
    inProgress: ['in progress'],
    closeAs: { reason: 'not_planned' },
    pace: '1s',
  });
});

test('naming labels or types replaces the defaults of both', () => {
  expect(githubSettings.parse({ ...minimal, bugs: { labels: ['defect'] } }).bugs).toEqual({ labels: ['defect'], types: [] });
  expect(githubSettings.parse({ ...minimal, bugs: { types: ['Defect'] } }).bugs).toEqual({ labels: [], types: ['Defect'] });
});

describe('refused', () => {
  test.each([
    ['neither repos nor org', { type: 'github' }, 'repos'],
    ['both repos and org', { ...minimal, org: 'acme' }, 'org'],
    ['include without org', { ...minimal, include: ['a*'] }, 'include'],
    ['exclude without org', { ...minimal, exclude: ['a*'] }, 'exclude'],
    ['a repository without owner', { ...minimal, repos: ['app'] }, 'repos.0'],
    ['a repository that climbs', { ...minimal, repos: ['acme/..'] }, 'repos.0'],
    ['no repository at all', { ...minimal, repos: [] }, 'repos'],
    ['nothing that is a bug', { ...minimal, bugs: {} }, 'bugs'],
    ['plain http', { ...minimal, url: 'http://ghe.acme.com/api/v3' }, 'url'],
    ['a password in the URL', { ...minimal, url: 'https://me:secret@ghe.acme.com/api/v3' }, 'url'],
    ['a URL that is none', { ...minimal, url: 'ghe' }, 'url'],
    ['a token in place of its variable', { ...minimal, token: { env: 'ghp-123!' } }, 'token.env'],
    ['another reason', { ...minimal, closeAs: { reason: 'completed' } }, 'closeAs.reason'],
    ['a pace without unit', { ...minimal, pace: '1' }, 'pace'],
  ])('%s', (_, settings, path) => {
    const issues = githubSettings.safeParse(settings).error?.issues ?? [];
    expect(issues.map((issue) => issue.path.join('.'))).toContain(path);
  });

  test('unknown keys, by name', () => {
    expect(githubSettings.safeParse({ ...minimal, repo: 'acme/app' }).error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['repo'] },
    ]);
  });
});

test('every key has a description, for the reference', () => {
  const undescribed: string[] = [];
  const walk = (schema: { properties?: Record<string, object>; description?: string }, path: string) => {
    for (const [key, value] of Object.entries(schema.properties ?? {})) {
      if (!('description' in value)) undescribed.push(`${path}${key}`);
      walk(value, `${path}${key}.`);
    }
  };
  walk(z.toJSONSchema(githubSettings, { io: 'input' }) as object, '');
  expect(undescribed).toEqual([]);
});
