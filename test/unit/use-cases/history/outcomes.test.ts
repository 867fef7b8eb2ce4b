import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import type { Bug } from '../../../../src/model/bug.js';
import type { Tracker } from '../../../../src/trackers/tracker.js';
import { closing, end } from '../../journal/given.js';
import {
  closedBug,
  closedBy,
  closedIn,
  FIRST,
  folderOf,
  header,
  holding,
  openBug,
  PERSON,
  plan,
  pruneOf,
  recall,
  reopenedBy,
  SECOND,
  SELF,
  said,
  theRun,
  UNDO,
  undoOf,
} from './given.js';

describe('outcomes', () => {
  const outcomes = { outcomes: true };
  const ref = 'acme/app#1';

  test.each<[string, Bug, [reopened: number, openNow: number, unknown: number]]>([
    ['stayed closed', closedBug(ref, closedIn(FIRST)), [0, 0, 0]],
    ['was reopened by a person', openBug(ref, [...closedIn(FIRST), reopenedBy(PERSON, '2026-11-05T00:00:00Z')]), [1, 1, 0]],
    [
      'was reopened by a person, and closed again',
      closedBug(ref, [...closedIn(FIRST), reopenedBy(PERSON, '2026-11-05T00:00:00Z'), closedBy(PERSON, '2026-11-06T00:00:00Z')]),
      [1, 0, 0],
    ],
    [
      'was reopened by a machine and closed by it',
      closedBug(ref, [
        ...closedIn(FIRST),
        reopenedBy({ id: 'ci', name: 'ci', kind: 'bot' }, '2026-11-05T00:00:00Z'),
        closedBy({ id: 'ci', name: 'ci', kind: 'bot' }, '2026-11-06T00:00:00Z'),
      ]),
      [0, 0, 0],
    ],
    ['is open, nobody knows why', openBug(ref, [], { history: 'partial' }), [1, 1, 0]],
    ['is closed, and its history is not whole', closedBug(ref, closedIn(FIRST), { history: 'partial' }), [0, 0, 1]],
    ['lost our comment', closedBug(ref, [closedBy(SELF, '2026-11-01T09:00:00Z')]), [0, 0, 0]],
    [
      'was taken back on another machine',
      openBug(ref, [said(FIRST, '2026-11-01T09:00:00Z', 'undo'), reopenedBy(SELF, '2026-11-02T00:00:00Z')]),
      [0, 0, 0],
    ],
    [
      'had been reopened before that run only',
      closedBug(ref, [...closedIn('20261001T090000Z-000000'), reopenedBy(PERSON, '2026-10-05T00:00:00Z'), ...closedIn(FIRST)]),
      [0, 0, 0],
    ],
    ['is another bug by now', closedBug(ref, [], { url: 'https://other.example.com/1' }), [0, 0, 1]],
  ])('a bug that %s', async (_case, bug, [reopened, openNow, unknown]) => {
    const state = await folderOf(pruneOf(FIRST, ref));
    expect(await theRun(state, { trackers: { app: holding(bug) }, inquiry: outcomes })).toMatchObject({
      closed: 1,
      reopened,
      openNow,
      unknown,
    });
  });

  test('are not there unless somebody asks', async () => {
    expect(await theRun(await folderOf(pruneOf(FIRST, ref)))).not.toHaveProperty('reopened');
  });

  test('by policy and month', async () => {
    const state = await folderOf(
      pruneOf(FIRST, ref, 'acme/app#2', 'acme/app#3'),
      undoOf(FIRST, UNDO, { 'acme/app#3': 'taken-back' }),
    );
    const answer = { at: '2026-11-09T00:00:00Z', kind: 'commented', actor: PERSON } as const;
    const tracker = holding(closedBug(ref, [...closedIn(FIRST), answer], { votes: 3 }), closedBug('acme/app#2', closedIn(FIRST)));
    const { history: past } = await recall(state, { trackers: { app: tracker }, inquiry: outcomes });
    const counts = {
      closed: 2,
      stillClosed: 2,
      reopened: 0,
      openNow: 0,
      fixed: 0,
      answered: 1,
      comments: 1,
      votes: 3,
      unknown: 0,
    };
    expect(past.policies).toEqual([{ policy: 'untargeted', ...counts, early: 1, months: [{ month: '2026-11', ...counts }] }]);
    expect(past.hints).toEqual([]);
    expect((await recall(state)).history).not.toHaveProperty('policies');
  });

  test('people who come back to more than a tenth of the bugs are a hint', async () => {
    const refs = Array.from({ length: 12 }, (_, index) => `acme/app#${index + 1}`);
    const back = [...closedIn(FIRST), reopenedBy(PERSON, '2026-11-09T00:00:00Z')];
    const bugs = refs.map((one, index) => (index < 2 ? openBug(one, back) : closedBug(one, closedIn(FIRST))));
    const setting = { trackers: { app: holding(...bugs) }, inquiry: outcomes };
    const { history: past } = await recall(await folderOf(pruneOf(FIRST, ...refs)), setting);
    expect(past.hints).toMatchObject([{ policy: 'untargeted', early: 2, of: 12, command: 'bugprune backtest' }]);
  });

  test('a deleted bug is unknown, and nothing went wrong', async () => {
    const { history: past, failures } = await recall(await folderOf(pruneOf(FIRST, ref)), {
      trackers: { app: holding() },
      inquiry: outcomes,
    });
    expect(past.runs).toMatchObject([{ reopened: 0, unknown: 1 }]);
    expect([past.problems, failures]).toEqual([[], []]);
  });

  test('a bug that several runs closed belongs to the latest of them, and is read once', async () => {
    const bug = openBug(ref, [...closedIn(FIRST), ...closedIn(SECOND), reopenedBy(PERSON, '2026-11-09T00:00:00Z')]);
    const tracker = holding(bug);
    const read: string[] = [];
    const counting = {
      ...tracker,
      read: (wanted: string, call: Parameters<Tracker['read']>[1]) => {
        read.push(wanted);
        return tracker.read(wanted, call);
      },
    };
    const state = await folderOf(pruneOf(FIRST, ref), pruneOf(SECOND, ref));
    const { runs } = (await recall(state, { trackers: { app: counting }, inquiry: outcomes })).history;
    expect(runs.map(({ reopened }) => reopened)).toEqual([0, 1]);
    expect(read).toEqual([ref]);
  });

  test('to take back an earlier run does not take back the closing of a later one', async () => {
    const state = await folderOf(pruneOf(FIRST, ref), pruneOf(SECOND, ref), undoOf(FIRST, UNDO, { [ref]: 'taken-back' }));
    const bug = openBug(ref, [...closedIn(SECOND), reopenedBy(PERSON, '2026-11-10T00:00:00Z')]);
    const { runs } = (await recall(state, { trackers: { app: holding(bug) }, inquiry: outcomes })).history;
    expect(runs).toMatchObject([{ run: FIRST, reopened: 0 }, { run: SECOND, reopened: 1 }, { run: UNDO }]);
  });

  test('what was taken back is not read, and what an undo left alone is', async () => {
    const state = await folderOf(
      pruneOf(FIRST, ref, 'acme/app#2'),
      undoOf(FIRST, UNDO, { [ref]: 'taken-back', 'acme/app#2': 'left' }),
    );
    // Without the first bug: reading it would count it as unknown.
    const tracker = holding(openBug('acme/app#2', closedIn(FIRST)));
    const { runs } = (await recall(state, { trackers: { app: tracker }, inquiry: outcomes })).history;
    expect(runs[0]).toMatchObject({ closed: 2, takenBack: 1, reopened: 1, openNow: 1, unknown: 0 });
    expect(runs[1]).not.toHaveProperty('reopened');
  });

  test('an account that is a machine by configuration reopens for nobody', async () => {
    const state = await folderOf(pruneOf(FIRST, ref));
    const events = [...closedIn(FIRST), reopenedBy(PERSON, '2026-11-05T00:00:00Z'), closedBy(PERSON, '2026-11-06T00:00:00Z')];
    const setting = { trackers: { app: holding(closedBug(ref, events)) }, inquiry: outcomes };
    expect(await theRun(state, setting)).toMatchObject({ reopened: 1 });
    expect(await theRun(state, { ...setting, bots: ['mona'] })).toMatchObject({ reopened: 0 });
  });

  test('a tracker that cannot be opened is asked once; all its bugs are unknown', async () => {
    let opened = 0;
    const { history: past, failures } = await recall(await folderOf(pruneOf(FIRST, ref, 'acme/app#2')), {
      inquiry: outcomes,
      onOpen: () => opened++,
    });
    expect(past.runs).toMatchObject([{ closed: 2, reopened: 0, unknown: 2 }]);
    expect(past.problems).toEqual(['no such tracker app']);
    expect(failures).toHaveLength(1);
    expect(opened).toBe(1);
  });

  test.each([
    ['network', 1, 1],
    ['auth', 1, 1],
    ['rate-limit', 1, 1],
    ['unexpected', 2, 2],
    ['permission', 2, 2],
  ] as const)('after a failure of kind %s, %i bugs were asked for', async (kind, asked, told) => {
    let reads = 0;
    const broken = {
      ...holding(),
      read: (wanted: string) => {
        reads++;
        return Promise.reject(new TrackerError(kind, `${wanted}: no`));
      },
    };
    const { history: past } = await recall(await folderOf(pruneOf(FIRST, ref, 'acme/app#2')), {
      trackers: { app: broken },
      inquiry: outcomes,
    });
    expect(past.runs).toMatchObject([{ unknown: 2 }]);
    expect(reads).toBe(asked);
    expect(past.problems).toHaveLength(told);
  });

  test('whoever interrupts gets no history', async () => {
    const state = await folderOf(pruneOf(FIRST, ref));
    const setting = { trackers: { app: holding() }, inquiry: outcomes, world: { signal: AbortSignal.abort() } };
    await expect(recall(state, setting)).rejects.toThrow(/aborted/);
  });

  test('settings that nobody can use any more are a failure, not the end', async () => {
    const edited = { name: 'app', settings: { type: 'test', url: 'https://elsewhere.example.com' }, open: 1 };
    const state = await folderOf([header(FIRST, { trackers: [edited] }), plan(ref), ...closing(ref), end('finished')]);
    const { history: past } = await recall(state, { trackers: { app: holding() }, inquiry: outcomes });
    expect(past.runs).toMatchObject([{ unknown: 1 }]);
    expect(past.problems).toEqual([expect.stringContaining('settings for app that cannot be used')]);
  });
});
