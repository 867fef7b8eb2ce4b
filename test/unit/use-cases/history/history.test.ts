import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournalLine, RunHeader } from '../../../../src/journal/document.js';
import { closing, end, journals, linesOf } from '../../journal/given.js';
import { anEntry } from '../../report/given.js';
import { FIRST, folderOf, header, NOW, plan, pruneOf, recall, SECOND, theRun, UNDO, undoOf } from './given.js';

describe('from the journals', () => {
  test('without any there is no past, and no tracker is asked', async () => {
    const { history: past, failures } = await recall(await folderOf(), { onOpen: () => expect.unreachable('opened') });
    expect(past).toEqual({ version: 1, kind: 'history', generatedAt: NOW, runs: [], backlog: [], problems: [] });
    expect(failures).toEqual([]);
  });

  test('a prune is counted by what became of its bugs', async () => {
    const results = { 2: 'warned', 3: 'already-closed', 4: 'skipped', 5: 'skipped', 6: 'failed' } as const;
    const lines = Object.entries(results).map(([number, status]) => linesOf(`acme/app#${number}`).result(status));
    const refs = [1, 2, 3, 4, 5, 6, 7].map((number) => `acme/app#${number}`);
    const state = await folderOf([header(FIRST), ...refs.map(plan), ...closing('acme/app#1'), ...lines, end('interrupted')]);
    expect((await recall(state)).history).toMatchObject({
      runs: [
        {
          run: FIRST,
          kind: 'prune',
          of: null,
          source: 'journal',
          startedAt: '2026-11-01T09:00:00Z',
          ended: 'interrupted',
          trackers: ['app'],
          planned: 7,
          closed: 1,
          warned: 1,
          alreadyClosed: 1,
          skipped: 2,
          failed: 1,
          takenBack: 0,
          left: 0,
          undoneBy: null,
          open: 412,
        },
      ],
      backlog: [{ at: '2026-11-01T09:00:00Z', open: 412, trackers: ['app'] }],
    });
  });

  test('a closing that is known to be done counts, although a crash cut its outcome off', async () => {
    const state = await folderOf([header(FIRST), plan('acme/app#1'), ...closing('acme/app#1').slice(0, -1)]);
    expect(await theRun(state)).toMatchObject({ ended: null, planned: 1, closed: 1 });
  });

  test('a comment that may or may not be followed by a closing counts as nothing', async () => {
    const state = await folderOf([header(FIRST), plan('acme/app#1'), ...closing('acme/app#1').slice(0, 3)]);
    expect(await theRun(state)).toMatchObject({ planned: 1, closed: 0, failed: 0 });
  });

  test('what undos took back is told of the run too, each bug once', async () => {
    const again = '20261110T090000Z-dddddd';
    const state = await folderOf(
      pruneOf(FIRST, 'acme/app#1', 'acme/app#2', 'acme/app#3'),
      undoOf(FIRST, UNDO, { 'acme/app#1': 'taken-back', 'acme/app#2': 'left', 'acme/app#3': 'taken-back' }),
      undoOf(FIRST, again, { 'acme/app#3': 'taken-back' }),
    );
    expect((await recall(state)).history).toMatchObject({
      runs: [
        { run: FIRST, closed: 3, takenBack: 2, undoneBy: again },
        { run: UNDO, kind: 'undo', of: FIRST, planned: 3, closed: 0, takenBack: 2, left: 1, undoneBy: null, open: null },
        { run: again, kind: 'undo', of: FIRST, takenBack: 1 },
      ],
      backlog: [{ at: '2026-11-01T09:00:00Z', open: 412 }],
    });
  });

  test('the sizes of several trackers are added; without one of them the sum is not known', async () => {
    const tracker = (name: string, open: number | null) => ({ name, settings: { type: 'test' }, open });
    const state = await folderOf(
      [header(FIRST, { trackers: [tracker('app', 400), tracker('lib', 50)] })],
      [header(SECOND, { trackers: [tracker('app', 390), tracker('lib', null)] })],
    );
    const { runs, backlog } = (await recall(state)).history;
    expect(runs.map(({ open }) => open)).toEqual([450, null]);
    expect(backlog).toEqual([{ at: '2026-11-01T09:00:00Z', open: 450, trackers: ['app', 'lib'] }]);
  });

  test('of one tracker only', async () => {
    const both = ['app', 'lib'].map((name, index) => ({ name, settings: { type: 'test' }, open: 400 - index }));
    const inLib: JournalLine = { line: 'plan', bug: anEntry({ ref: 'acme/lib#1', tracker: 'lib' }) };
    const state = await folderOf(
      [header(FIRST, { trackers: both }), plan('acme/app#1'), inLib, ...closing('acme/app#1')],
      pruneOf(SECOND, 'acme/app#2'),
    );
    const { runs, backlog } = (await recall(state, { inquiry: { only: ['lib'] } })).history;
    expect(runs).toMatchObject([{ run: FIRST, trackers: ['lib'], planned: 1, closed: 0, open: 399 }]);
    expect(backlog).toEqual([{ at: '2026-11-01T09:00:00Z', open: 399, trackers: ['lib'] }]);
    await expect(recall(state, { inquiry: { only: ['libs'] } })).rejects.toMatchObject({
      code: 'usage',
      message: 'No run was made on a tracker named libs.',
      hint: 'There are app, lib.',
    });
  });

  test('no journal, however it came about, makes more of a bug than one thing', async () => {
    await fc.assert(
      fc.asyncProperty(journals, async (lines) => {
        const [first, ...others] = lines as [RunHeader, ...JournalLine[]];
        const run = await theRun(await folderOf([first, ...others]));
        const { planned, closed, warned, alreadyClosed, skipped, failed, takenBack, left } = run;
        const counts = [closed, warned, alreadyClosed, skipped, failed, takenBack, left];
        expect(Math.min(...counts)).toBeGreaterThanOrEqual(0);
        expect(counts.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(planned);
        expect(planned).toBe(others.filter(({ line }) => line === 'plan').length);
      }),
      { seed: 7, numRuns: 30 },
    );
  });
});
