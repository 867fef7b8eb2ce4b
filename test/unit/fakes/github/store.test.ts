import { describe, expect, test } from 'vitest';
import { githubStore } from '../../../fakes/github/index.js';

function oneBug() {
  const store = githubStore({ now: () => '2026-11-22T09:00:00Z' });
  store.addRepository('acme/app');
  store.addMilestone('acme/app', { title: '1.0' });
  store.addMilestone('acme/app', { title: '2.0' });
  return { store, bug: store.addIssue('acme/app', { createdAt: '2026-01-01T00:00:00Z' }) };
}

describe('a new issue', () => {
  test('shares its number with pull requests, and was last touched by its last event', () => {
    const { store } = oneBug();
    const pull = store.addPullRequest('acme/app');
    const bug = store.addIssue('acme/app', {
      createdAt: '2026-01-01T00:00:00Z',
      events: [
        { event: 'commented', at: '2026-02-01T00:00:00Z' },
        { event: 'subscribed', at: '2026-03-01T00:00:00Z' },
      ],
    });
    expect([pull.number, bug.number]).toEqual([2, 3]);
    expect(bug.updatedAt).toBe('2026-02-01T00:00:00Z');
  });

  test('that is closed has the person and the time of its closing', () => {
    const { store } = oneBug();
    const closing = { event: 'closed', at: '2026-02-01T00:00:00Z', actor: 'alice', reason: 'not_planned' } as const;
    const bug = store.addIssue('acme/app', {
      state: 'closed',
      stateReason: 'not_planned',
      createdAt: '2026-01-01T00:00:00Z',
      events: [closing],
    });
    expect(bug).toMatchObject({
      closedAt: '2026-02-01T00:00:00Z',
      closedBy: { login: 'alice' },
      updatedAt: '2026-02-01T00:00:00Z',
    });
  });
});

describe('what people do', () => {
  const how = { by: 'alice', at: '2026-05-01T00:00:00Z' };
  type Act = (world: ReturnType<typeof oneBug>) => unknown;

  test.each<[string, Act, object[]]>([
    [
      'comment',
      ({ store, bug }) => store.comment(bug, { ...how, body: 'Still there.' }),
      [{ event: 'commented', body: 'Still there.' }],
    ],
    ['close', ({ store, bug }) => store.close(bug, { ...how, reason: 'duplicate' }), [{ event: 'closed', reason: 'duplicate' }]],
    ['label', ({ store, bug }) => store.label(bug, 'bug', how), [{ event: 'labeled', label: 'bug' }]],
    ['assign', ({ store, bug }) => store.assign(bug, 'bob', how), [{ event: 'assigned', assignee: { login: 'bob' } }]],
    ['rename', ({ store, bug }) => store.rename(bug, 'Crash', how), [{ event: 'renamed', from: 'Bug 1', to: 'Crash' }]],
    ['lock', ({ store, bug }) => store.lock(bug, how), [{ event: 'locked' }]],
    ['plan', ({ store, bug }) => store.milestone(bug, '1.0', how), [{ event: 'milestoned', milestone: '1.0' }]],
    ['pin', ({ store, bug }) => store.happen(bug, { event: 'pinned', actor: 'alice', at: how.at }), [{ event: 'pinned' }]],
  ])('%s: leaves an event and moves the time of the last change', (_, act, events) => {
    const world = oneBug();
    act(world);
    expect(world.bug.events).toMatchObject(events.map((event) => ({ ...event, at: how.at, actor: { login: 'alice' } })));
    expect(world.bug.updatedAt).toBe(how.at);
  });

  test('twice is done once', () => {
    const { store, bug } = oneBug();
    for (const act of [store.close, store.lock] as const) {
      act(bug);
      act(bug);
    }
    store.label(bug, 'bug');
    store.label(bug, 'BUG');
    expect(bug.events.map(({ event }) => event)).toEqual(['closed', 'locked', 'labeled']);
  });

  test('moving from one milestone to another leaves both events', () => {
    const { store, bug } = oneBug();
    store.milestone(bug, '1.0');
    store.milestone(bug, '2.0');
    store.milestone(bug, null);
    expect(bug.events.map(({ event, milestone }) => `${event} ${milestone}`)).toEqual([
      'milestoned 1.0',
      'demilestoned 1.0',
      'milestoned 2.0',
      'demilestoned 2.0',
    ]);
    expect(bug.milestone).toBeNull();
  });

  test('an edited comment leaves no event, a deleted one does', () => {
    const { store, bug } = oneBug();
    const comment = store.comment(bug, { body: 'one', at: '2026-04-01T00:00:00Z' });
    store.editComment(comment, 'two', how);
    expect([comment.body, bug.updatedAt, bug.events.length]).toEqual(['two', how.at, 1]);
    store.deleteComment(comment);
    expect(bug.events.map(({ event }) => event)).toEqual(['comment_deleted']);
    expect(store.comments.size).toBe(0);
  });
});
