import { describe, expect, test } from 'vitest';
import { toBug } from '../../../../src/trackers/github/reading/map.js';
import type { RepositoryFacts } from '../../../../src/trackers/github/reading/repositories.js';
import { compileWords } from '../../../../src/trackers/github/reading/words.js';
import { githubSettings } from '../../../../src/trackers/github/settings.js';
import { type RestIssue, restIssue } from '../../../../src/trackers/github/transport/answers.js';

const facts: RepositoryFacts = {
  nameWithOwner: 'acme/app',
  isArchived: false,
  hasIssuesEnabled: true,
  viewerPermission: 'WRITE',
  milestones: { totalCount: 2 },
};

const plain = {
  node_id: 'I_1',
  number: 12,
  html_url: 'https://github.com/acme/app/issues/12',
  repository_url: 'https://api.github.com/repos/acme/app',
  title: 'It crashes',
  state: 'open',
  user: { login: 'mona', type: 'User' },
  labels: [{ name: 'Bug' }],
  assignees: [],
  milestone: null,
  comments: 3,
  created_at: '2025-01-02T03:04:05Z',
  updated_at: '2025-02-03T04:05:06Z',
  reactions: { '+1': 4 },
};

function row(changes: Record<string, unknown> = {}): RestIssue {
  return restIssue.parse({ ...plain, ...changes });
}

function map(changes: Record<string, unknown> = {}, repository: Partial<RepositoryFacts> = {}, settings: object = {}) {
  const words = compileWords(githubSettings.parse({ type: 'github', repos: ['acme/app'], ...settings }));
  return toBug(row(changes), { ...facts, ...repository }, { tracker: 'app', viewer: 'octocat', words });
}

test('an issue', () => {
  expect(map()).toEqual({
    tracker: 'app',
    ref: 'acme/app#12',
    id: 'I_1',
    url: 'https://github.com/acme/app/issues/12',
    title: 'It crashes',
    state: 'open',
    status: 'open',
    inProgress: false,
    createdAt: '2025-01-02T03:04:05Z',
    updatedAt: '2025-02-03T04:05:06Z',
    author: { id: 'mona', name: 'mona', kind: 'human' },
    type: null,
    labels: ['Bug'],
    priority: null,
    assignees: [],
    targets: [],
    votes: 4,
    comments: 3,
    linkedWork: null,
    confidential: false,
    obstacle: null,
    closing: null,
    remarks: [],
    events: [],
    history: 'unread',
  });
});

describe('the author', () => {
  test.each([
    ['a person', { login: 'mona', type: 'User' }, { id: 'mona', name: 'mona', kind: 'human' }],
    ['an app', { login: 'dependabot[bot]', type: 'Bot' }, { id: 'dependabot[bot]', name: 'dependabot', kind: 'bot' }],
    ['an app without the suffix', { login: 'Copilot', type: 'Bot' }, { id: 'Copilot[bot]', name: 'Copilot', kind: 'bot' }],
    ['an app whose type is not told', { login: 'ci[bot]' }, { id: 'ci[bot]', name: 'ci', kind: 'bot' }],
    [
      'ourselves, whatever the case',
      { login: 'OctoCat', type: 'User' },
      { id: 'OctoCat', name: 'OctoCat', kind: 'human', self: true },
    ],
    ['an app of our own login', { login: 'octocat[bot]', type: 'Bot' }, { id: 'octocat[bot]', name: 'octocat', kind: 'bot' }],
    ['a deleted account', null, null],
  ])('%s', (_, user, author) => {
    expect(map({ user }).author).toEqual(author);
  });
});

describe('targets', () => {
  test.each([
    ['an open milestone', { title: 'v2', state: 'open' }, 2, [{ name: 'v2', state: 'open' }]],
    ['a closed milestone', { title: 'v1', state: 'closed' }, 2, [{ name: 'v1', state: 'closed' }]],
    ['none', null, 2, []],
    ['a repository without milestones', null, 0, 'unplanned'],
  ])('%s', (_, milestone, totalCount, targets) => {
    expect(map({ milestone }, { milestones: { totalCount } }).targets).toEqual(targets);
  });
});

describe('priority', () => {
  const priority = { Blocker: ['P0', 'priority/critical'], Minor: ['P3', 'prio *'] };
  const field = (more: object) => [{ issue_field_name: 'Priority', data_type: 'single_select', ...more }];
  test.each([
    ['by label, whatever its case', { labels: ['p0'] }, 'Blocker'],
    ['by a pattern', { labels: ['prio low'] }, 'Minor'],
    ['the first that fits', { labels: ['P3', 'P0'] }, 'Blocker'],
    ['by issue field', { issue_field_values: field({ value: 'u', single_select_option: { name: 'Urgent' } }) }, 'Urgent'],
    ['by a field of text', { issue_field_values: field({ value: 'High' }) }, 'High'],
    ['by a field of numbers', { issue_field_values: field({ value: 1 }) }, '1'],
    ['labels before fields', { labels: ['P3'], issue_field_values: field({ value: 'High' }) }, 'Minor'],
    ['no other field', { issue_field_values: [{ issue_field_name: 'Severity', value: 'High' }] }, null],
  ])('%s', (_, changes, expected) => {
    expect(map(changes, {}, { priority }).priority).toBe(expected);
  });
});

describe('linked work', () => {
  test.each([
    ['nothing that is known yet', {}, null],
    ['children that are all done', { sub_issues_summary: { total: 2, completed: 2 } }, null],
    ['open children', { sub_issues_summary: { total: 3, completed: 1 } }, [{ kind: 'child', name: '2 open sub-issues' }]],
    ['an issue that waits for it', { issue_dependencies_summary: { blocking: 1 } }, [{ kind: 'blocks', name: 'an open issue' }]],
    ['what it waits for is none', { issue_dependencies_summary: { blocking: 0, blocked_by: 2 } }, null],
  ])('%s', (_, changes, expected) => {
    expect(map(changes).linkedWork).toEqual(expected);
  });
});

describe('obstacles', () => {
  test.each([
    ['a right that this token lacks is none', { locked: true }, { viewerPermission: 'READ' }, null],
    ['locked, but we may write', { locked: true }, { viewerPermission: 'WRITE' }, null],
    ['locked, and we may not write', { locked: true }, { viewerPermission: 'TRIAGE' }, /locked/],
    ['archived', {}, { isArchived: true }, /archived/],
    ['without issues', {}, { hasIssuesEnabled: false }, /switched off/],
    ['of another type, without the label', { labels: ['ui'], type: { name: 'Feature' } }, {}, /not a bug any more/],
    ['a label lost, but the type kept', { labels: [], type: { name: 'Bug' } }, {}, null],
  ])('%s', (_, changes, repository, expected) => {
    const { obstacle } = map(changes, repository);
    if (expected === null) expect(obstacle).toBeNull();
    else expect(obstacle).toMatch(expected);
  });
});

test('in progress by label', () => {
  expect(map({ labels: ['In Progress'] }).inProgress).toBe(true);
  expect(map({ labels: ['doing: api'] }, {}, { inProgress: ['doing*'] }).inProgress).toBe(true);
});

test('labels as texts or objects, and votes that are not told', () => {
  const bug = map({ labels: ['bug', { name: 'ui' }], reactions: { total_count: 0 }, type: { name: 'Bug' } });
  expect(bug).toMatchObject({ labels: ['bug', 'ui'], votes: null, type: 'Bug' });
});

test('hostile text loses what would act', () => {
  expect(map({ title: 'a\u001b[31m\nb\u202ec' }).title).toBe('a [31m b c');
});

describe('what is a bug', () => {
  const isBug = (changes: Record<string, unknown>, bugs?: object) =>
    compileWords(githubSettings.parse({ type: 'github', repos: ['acme/app'], ...(bugs && { bugs }) })).isBug(row(changes));
  test.each([
    ['by label', { labels: ['BUG'] }, undefined, true],
    ['by type', { labels: [], type: { name: 'bug' } }, undefined, true],
    ['another label', { labels: ['debug'] }, undefined, false],
    ['no type, when types are asked for', { labels: ['bug'], type: null }, { types: ['Bug'] }, false],
    ['a type, when labels are asked for', { labels: [], type: { name: 'Bug' } }, { labels: ['bug'] }, false],
  ])('%s', (_, changes, bugs, expected) => {
    expect(isBug(changes, bugs)).toBe(expected);
  });
});
