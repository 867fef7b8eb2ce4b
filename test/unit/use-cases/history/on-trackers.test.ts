import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import type { Bug, BugEvent } from '../../../../src/model/bug.js';
import type { Tracker } from '../../../../src/trackers/tracker.js';
import {
  closedBug,
  closedBy,
  closedIn,
  FIRST,
  folderOf,
  holding,
  openBug,
  PERSON,
  pruneOf,
  recall,
  reopenedBy,
  SECOND,
  SELF,
  type Setting,
  said,
  UNDO,
  undoOf,
} from './given.js';

describe('from the trackers', () => {
  const fromTracker = { fromTracker: true };
  const found = async (bugs: readonly Bug[], setting: Setting = {}) =>
    (await recall(await folderOf(), { trackers: { app: holding(...bugs) }, inquiry: fromTracker, ...setting })).history;

  test('runs are put together from our own marks', async () => {
    const past = await found([
      closedBug('acme/app#1', closedIn(FIRST)),
      closedBug('acme/app#2', closedIn(FIRST)),
      openBug('acme/app#3', [said(FIRST, '2026-11-01T09:00:03Z', 'warn')]),
      openBug('acme/app#4', [said(FIRST, '2026-11-01T09:00:04Z')]),
      openBug('acme/app#5', [
        said(FIRST, '2026-11-01T09:00:05Z', 'undo'),
        closedBy(SELF, '2026-11-01T09:00:06Z'),
        reopenedBy(SELF, '2026-11-02T00:00:00Z'),
      ]),
      openBug('acme/app#6', [said(FIRST, '2026-11-01T09:00:07Z', 'undo')]),
      closedBug('acme/app#7', closedIn(SECOND)),
    ]);
    expect(past).toMatchObject({
      runs: [
        {
          run: FIRST,
          kind: 'prune',
          source: 'tracker',
          startedAt: '2026-11-01T09:00:00Z',
          ended: null,
          trackers: ['app'],
          planned: 6,
          closed: 3,
          warned: 2,
          failed: 1,
          takenBack: 2,
          open: null,
        },
        { run: SECOND, closed: 1, planned: 1 },
      ],
      backlog: [],
      problems: [],
    });
    expect(past.runs[0]).not.toHaveProperty('reopened');
  });

  test('marks of others are none, and neither are those of more than a year ago', async () => {
    const copied: BugEvent = { ...said(FIRST, '2026-11-01T09:00:00Z'), actor: PERSON };
    const old = '20251122T085959Z-000000';
    const recent = '20251122T090000Z-111111';
    const past = await found([
      openBug('acme/app#1', [copied]),
      closedBug('acme/app#2', [...closedIn(old), reopenedBy(PERSON, '2026-01-01T00:00:00Z'), ...closedIn(recent)]),
    ]);
    expect(past.runs.map(({ run }) => run)).toEqual([recent]);
  });

  test('a run whose id says nothing began with its first trace', async () => {
    const past = await found([
      closedBug('acme/app#1', [said('weekly', '2026-11-03T00:00:05Z'), closedBy(SELF, '2026-11-03T00:00:06Z')]),
      closedBug('acme/app#2', [said('weekly', '2026-11-03T00:00:02Z'), closedBy(SELF, '2026-11-03T00:00:03Z')]),
    ]);
    expect(past.runs).toMatchObject([{ run: 'weekly', startedAt: '2026-11-03T00:00:02Z' }]);
  });

  test('histories are loaded where there may be a mark, and nowhere else', async () => {
    const loaded: string[] = [];
    const unread = { history: 'unread', updatedAt: '2026-11-03T00:00:00Z', events: [] } as const;
    const bugs = [
      closedBug('acme/app#1', [], { ...unread, comments: 1, events: [] }),
      closedBug('acme/app#2', [], { ...unread, comments: 0, events: [] }),
      openBug('acme/app#3', [], { ...unread, comments: 4, updatedAt: '2025-11-22T08:59:59Z', events: [] }),
      openBug('acme/app#4', [], { ...unread, comments: null, events: [] }),
    ];
    const tracker: Tracker = {
      ...holding(...bugs),
      loadHistory: (wanted) => {
        loaded.push(...wanted.map((bug) => bug.ref));
        return Promise.resolve(wanted.map((bug) => ({ ...bug, history: 'partial' as const })));
      },
    };
    const past = await found([], { trackers: { app: tracker } });
    expect(loaded).toEqual(['acme/app#4', 'acme/app#1']);
    expect(past.problems).toEqual([
      'app: the histories of 2 bugs could not be read completely; runs may have left more marks there.',
    ]);
  });

  test('what a journal says wins', async () => {
    const state = await folderOf(pruneOf(FIRST, 'acme/app#1'));
    const bugs = [
      closedBug('acme/app#1', closedIn(FIRST)),
      closedBug('acme/app#2', closedIn(FIRST)),
      closedBug('acme/app#3', closedIn(SECOND)),
    ];
    const { history: past } = await recall(state, { trackers: { app: holding(...bugs) }, inquiry: fromTracker });
    expect(past.runs).toMatchObject([
      { run: FIRST, source: 'journal', closed: 1, open: 412 },
      { run: SECOND, source: 'tracker', closed: 1, open: null },
    ]);
  });

  test('a bug that a journal and a lost run closed is the one of the later', async () => {
    const state = await folderOf(pruneOf(FIRST, 'acme/app#1'));
    const bug = openBug('acme/app#1', [...closedIn(FIRST), ...closedIn(SECOND), reopenedBy(PERSON, '2026-11-09T00:00:00Z')]);
    const inquiry = { ...fromTracker, outcomes: true };
    const { history: past } = await recall(state, { trackers: { app: holding(bug) }, inquiry });
    expect(past.policies).toMatchObject([{ policy: 'untargeted', closed: 1, reopened: 1 }]);
  });

  test('a run whose journal is lost may have been taken back from here', async () => {
    const events = [said(FIRST, '2026-11-01T09:00:00Z', 'undo'), closedBy(SELF, '2026-11-01T09:00:01Z')];
    const { history: past } = await recall(await folderOf(undoOf(FIRST, UNDO, { 'acme/app#1': 'taken-back' })), {
      trackers: { app: holding(openBug('acme/app#1', events)) },
      inquiry: fromTracker,
    });
    expect(past.runs).toMatchObject([
      { run: FIRST, source: 'tracker', takenBack: 1, undoneBy: UNDO },
      { run: UNDO, source: 'journal', kind: 'undo', of: FIRST },
    ]);
  });

  test('outcomes come along, for the latest run that closed a bug', async () => {
    const past = await found(
      [
        openBug('acme/app#1', [...closedIn(FIRST), ...closedIn(SECOND), reopenedBy(PERSON, '2026-11-09T00:00:00Z')]),
        closedBug('acme/app#2', closedIn(SECOND)),
        closedBug('acme/app#3', [...closedIn(SECOND)], { history: 'partial' }),
      ],
      { inquiry: { ...fromTracker, outcomes: true } },
    );
    expect(past.runs).toMatchObject([
      { run: FIRST, reopened: 0, openNow: 0, unknown: 0 },
      { run: SECOND, reopened: 1, openNow: 1, unknown: 1 },
    ]);
    expect(past.policies).toMatchObject([{ policy: 'untargeted', closed: 3, reopened: 1, stillClosed: 1, unknown: 1 }]);
  });

  test('a tracker that fails keeps nothing from being told of another one', async () => {
    const broken: Tracker = { ...holding(), identify: () => Promise.reject(new TrackerError('network', 'lib is down')) };
    const { history: past, failures } = await recall(await folderOf(), {
      trackers: { app: holding(closedBug('acme/app#1', closedIn(FIRST))), lib: broken },
      inquiry: fromTracker,
    });
    expect(past).toMatchObject({ runs: [{ run: FIRST }], problems: ['lib is down'] });
    expect(failures).toMatchObject([{ kind: 'network' }]);
  });
});
