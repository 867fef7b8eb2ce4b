import { describe, expect, test } from 'vitest';
import { bugSchema } from '../../../../src/model/bug.js';
import { withHistory } from '../../../../src/trackers/github/reading/history.js';
import type { Reading } from '../../../../src/trackers/github/reading/history-parts.js';
import { timeline, toEvent } from '../../../../src/trackers/github/reading/timeline.js';
import { formatMarker } from '../../../../src/trackers/github/writing/marker.js';

const at = '2026-01-02T03:04:05Z';
const mona = { __typename: 'User', login: 'mona' };
const person = { id: 'mona', name: 'mona', kind: 'human' };
const label = { name: 'ui' };

function items(...nodes: object[]) {
  return timeline.parse({ pageInfo: { hasPreviousPage: false, startCursor: null }, nodes }).nodes;
}

function event(node: object) {
  const [item] = items({ createdAt: at, actor: mona, ...node });
  if (!item) throw new Error('no item');
  return toEvent(item, 'octocat');
}

describe('events', () => {
  test.each([
    [
      { __typename: 'LabeledEvent', label },
      { kind: 'labeled', value: 'ui' },
    ],
    [
      { __typename: 'UnlabeledEvent', label },
      { kind: 'unlabeled', value: 'ui' },
    ],
    [
      { __typename: 'AssignedEvent', assignee: { login: 'hubot[bot]' } },
      { kind: 'assigned', value: 'hubot' },
    ],
    [
      { __typename: 'UnassignedEvent', assignee: null },
      { kind: 'unassigned', value: null },
    ],
    [
      { __typename: 'MilestonedEvent', milestoneTitle: 'v2' },
      { kind: 'targeted', value: 'v2' },
    ],
    [
      { __typename: 'DemilestonedEvent', milestoneTitle: 'v2' },
      { kind: 'untargeted', value: 'v2' },
    ],
    [
      { __typename: 'RenamedTitleEvent', currentTitle: 'new', previousTitle: 'old' },
      { kind: 'renamed', value: 'new', from: 'old' },
    ],
    [{ __typename: 'TransferredEvent' }, { kind: 'moved' }],
    [
      { __typename: 'ClosedEvent', stateReason: 'NOT_PLANNED' },
      { kind: 'closed', value: 'not_planned' },
    ],
    [{ __typename: 'ClosedEvent' }, { kind: 'closed', value: null }],
    [{ __typename: 'ReopenedEvent' }, { kind: 'reopened' }],
  ])('%j', (node, expected) => {
    expect(event(node)).toEqual({ at, actor: person, ...expected });
  });

  test.each([
    ['a deleted account', null, null],
    [
      'an app',
      { __typename: 'Bot', login: 'github-actions' },
      { id: 'github-actions[bot]', name: 'github-actions', kind: 'bot' },
    ],
    ['a person from an import', { __typename: 'Mannequin', login: 'old' }, { id: 'old', name: 'old', kind: 'human' }],
    ['ourselves', { __typename: 'User', login: 'octocat' }, { id: 'octocat', name: 'octocat', kind: 'human', self: true }],
  ])('by %s', (_, actor, expected) => {
    expect(event({ __typename: 'ReopenedEvent', actor }).actor).toEqual(expected);
  });
});

describe('comments', () => {
  const comment = {
    __typename: 'IssueComment',
    author: mona,
    viewerDidAuthor: false,
    body: 'Me too',
    fullDatabaseId: '4294967297',
  };

  test('carry their id, which may be larger than GraphQL integers', () => {
    expect(event(comment)).toEqual({ at, kind: 'commented', actor: person, id: '4294967297' });
    expect(event({ ...comment, fullDatabaseId: null }).id).toBeUndefined();
  });

  test('carry our marker', () => {
    const mark = { run: 'r1', action: 'warn', policy: 'p' } as const;
    const body = `Soon.\n\n${formatMarker(mark)}`;
    expect(event({ ...comment, body, viewerDidAuthor: true })).toMatchObject({ mark, actor: { name: 'mona', self: true } });
    expect(event({ ...comment, body })).not.toHaveProperty('actor.self');
  });

  test('an app that runs us is known although GraphQL cuts its login', () => {
    const [item] = items({ ...comment, createdAt: at, author: { __typename: 'Bot', login: 'pruner' } });
    expect(item && toEvent(item, 'pruner[bot]').actor).toMatchObject({ name: 'pruner', kind: 'bot', self: true });
  });
});

describe('a history joins its bug', () => {
  const bug = bugSchema.parse({
    tracker: 'app',
    ref: 'acme/app#12',
    id: 'I_1',
    url: 'https://github.com/acme/app/issues/12',
    title: 'It crashes',
    state: 'open',
    status: 'open',
    inProgress: false,
    createdAt: at,
    updatedAt: at,
    author: null,
    type: null,
    labels: [],
    priority: null,
    assignees: [],
    targets: [],
    votes: 0,
    comments: 0,
    linkedWork: null,
    confidential: false,
    obstacle: null,
    events: [],
    history: 'unread',
  });
  const pull = (number: number, state: string) => ({ number, state, repository: { nameWithOwner: 'acme/app' } });
  const reading = (changes: Partial<Reading> = {}): Reading => ({
    id: 'I_1',
    closedByPullRequestsReferences: { nodes: [] },
    timelineItems: { pageInfo: { hasPreviousPage: false, startCursor: null }, nodes: [] },
    items: [],
    before: null,
    ...changes,
  });

  test('complete, oldest first, and nothing is linked', () => {
    const nodes = items(
      { __typename: 'ReopenedEvent', createdAt: '2026-03-01T00:00:00Z', actor: null },
      { __typename: 'ClosedEvent', createdAt: '2026-02-01T00:00:00Z', actor: null },
    );
    const loaded = withHistory(bug, reading({ items: nodes }), 'octocat');
    expect(loaded.events.map(({ kind }) => kind)).toEqual(['closed', 'reopened']);
    expect(loaded).toMatchObject({ history: 'complete', linkedWork: [] });
  });

  test('partial, when its beginning or all of it is missing', () => {
    expect(withHistory(bug, reading({ before: 'cursor' }), 'octocat').history).toBe('partial');
    expect(withHistory(bug, null, 'octocat')).toEqual({ ...bug, history: 'partial' });
  });

  test('open pull requests are linked work besides what the list told, hidden ones too', () => {
    const child = { kind: 'child' as const, name: 'an open sub-issue' };
    const nodes = [pull(3, 'OPEN'), pull(4, 'MERGED'), null];
    const first = withHistory({ ...bug, linkedWork: [child] }, reading({ closedByPullRequestsReferences: { nodes } }), 'octocat');
    expect(first.linkedWork).toEqual([child, { kind: 'change', name: 'acme/app#3' }, { kind: 'change', name: 'a pull request' }]);
    expect(withHistory(first, reading(), 'octocat').linkedWork).toEqual([child]);
  });

  test('linked work stays unknown when it was not told', () => {
    expect(withHistory(bug, reading({ closedByPullRequestsReferences: null }), 'octocat').linkedWork).toBeNull();
  });
});
