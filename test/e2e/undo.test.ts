import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Bug, BugEvent } from '../../src/model/bug.js';
import type { UndoDocument } from '../../src/report/undo/document.js';
import { aBug } from '../../src/testing.js';
import { formatLine, snapshotHeader } from '../../src/trackers/file/format.js';
import { kept, runs } from '../unit/cli/given.js';
import { inProcess } from './in-process.js';
import { emptyFolder } from './program.js';

const SAMPLE = fileURLToPath(new URL('../../examples/backlog.ndjson', import.meta.url));
const PRUNED = '2026-11-22T09:00:00Z';
const UNDONE = '2026-11-23T09:00:00Z';
const MONA = { id: 'mona', name: 'mona', kind: 'human' } as const;

/** A folder with a snapshot of five old bugs, or another one, in it; the last bug has a hostile title. */
function aBacklog(bugs?: readonly Bug[]) {
  const cwd = emptyFolder();
  const path = join(cwd, 'backlog.ndjson');
  const titles = ['Crash', 'Freeze', 'Typo', 'Leak', '\u001b[31mred\u001b[0m ::error::x'];
  const written = bugs ?? titles.map((title, index) => aBug({ ref: `acme/app#${index + 1}`, title }));
  const header = snapshotHeader({ source: 'github:acme/app', takenAt: PRUNED, account: 'octocat' });
  writeFileSync(path, [header, ...written].map((line) => `${formatLine(line)}\n`).join(''));
  return {
    cwd,
    path,
    /** Closes all that is proposed, and gives the id of the run. */
    async prune() {
      const { code, stderr } = await inProcess(['prune', 'backlog.ndjson', '--yes', '--limit', '500', '--now', PRUNED], { cwd });
      expect(code).toBe(0);
      return /^Run (\S+):/m.exec(stderr)?.[1] ?? '';
    },
    undo: (...more: string[]) => inProcess(['undo', '--yes', '--now', UNDONE, ...more], { cwd }),
    /** A person acts: the bug of this ref is changed. */
    change(ref: string, changed: (bug: Bug) => Bug) {
      const [first, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
      const all = lines.map((line) => JSON.parse(line) as Bug).map((bug) => formatLine(bug.ref === ref ? changed(bug) : bug));
      writeFileSync(path, [first, ...all].map((line) => `${line}\n`).join(''));
    },
  };
}

const bugsIn = (path: string): Bug[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as Bug);
const states = (path: string): string[] => bugsIn(path).map(({ state }) => state);
const parse = (text: string): UndoDocument => JSON.parse(text) as UndoDocument;
const by = (kind: BugEvent['kind'], at = '2026-11-22T18:00:00Z'): BugEvent => ({ at, kind, actor: MONA });
const acted =
  (event: BugEvent) =>
  (bug: Bug): Bug => ({ ...bug, updatedAt: event.at, events: [...bug.events, event] });

describe('prune, then undo', () => {
  test('gives back the very bugs of before, but for what is told of it', async () => {
    const backlog = aBacklog(bugsIn(SAMPLE).slice(0, 30));
    const before = bugsIn(backlog.path);
    const run = await backlog.prune();
    expect(states(backlog.path).filter((state) => state === 'closed').length).toBeGreaterThan(5);
    const { code, stdout, stderr } = await backlog.undo('--json');
    expect(code).toBe(0);
    const document = parse(stdout);
    expect(document).toMatchObject({ version: 1, kind: 'undo', of: run });
    expect(stderr).toMatch(new RegExp(`^Run ${document.run}: \\d+ bugs to go through`));
    expect(document.summary).toMatchObject({ left: 0, failed: 0, notReached: 0 });
    const touched = new Set(document.bugs.map(({ ref }) => ref));
    for (const [index, bug] of bugsIn(backlog.path).entries()) {
      const was = before[index];
      if (!touched.has(bug.ref)) {
        expect(bug).toEqual(was);
        continue;
      }
      const ours = bug.events.slice(was?.events.length);
      expect(ours.map(({ kind, mark }) => [kind, mark?.action ?? null])).toEqual([
        ['commented', 'undo'],
        ['closed', null],
        ['reopened', null],
        ['edited', null],
      ]);
      const { events, updatedAt, comments } = was ?? bug;
      expect({ ...bug, events: bug.events.slice(0, -4), updatedAt, comments: (bug.comments ?? 0) - 1 }).toEqual({
        ...was,
        events,
        comments,
      });
    }
  });

  test('twice: the second time nothing is left to do, and nothing is written', async () => {
    const backlog = aBacklog();
    const run = await backlog.prune();
    expect((await backlog.undo()).code).toBe(0);
    const once = readFileSync(backlog.path, 'utf8');
    const { code, stdout, stderr } = await backlog.undo(run, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(parse(stdout)).toMatchObject({ run: null, summary: { takenBack: 5 } });
    expect(readFileSync(backlog.path, 'utf8')).toBe(once);
  });

  test('the bugs are not closed again right after: they were reopened just now', async () => {
    const backlog = aBacklog();
    await backlog.prune();
    await backlog.undo();
    const { stdout } = await inProcess(['backlog.ndjson', '--json', '--now', '2026-11-30T09:00:00Z'], { cwd: backlog.cwd });
    expect(JSON.parse(stdout).summary).toMatchObject({ open: 5, close: 0 });
  });

  test('what people did since stands, and is told', async () => {
    const backlog = aBacklog();
    await backlog.prune();
    backlog.change('acme/app#1', (bug) => ({ ...acted(by('reopened'))(bug), state: 'open', status: 'open' }));
    backlog.change('acme/app#2', acted(by('commented')));
    const { code, stdout } = await backlog.undo();
    expect(code).toBe(5);
    expect(stdout).toContain('Left alone (2)\n  acme/app#1  Crash\n    mona reopened it on 2026-11-22T18:00:00Z\n');
    expect(stdout).toContain('mona commented on it on 2026-11-22T18:00:00Z\n');
    expect(stdout).toContain('3 taken back, 2 left alone.\n');
    expect(states(backlog.path)).toEqual(['open', 'closed', 'open', 'open', 'open']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    expect(stdout).not.toMatch(/\u001b|^\s*::/m);
  });
});

describe('asking', () => {
  test('shows what it would do before it asks, and does nothing without a yes', async () => {
    const backlog = aBacklog();
    const run = await backlog.prune();
    backlog.change('acme/app#2', acted(by('commented')));
    const pruned = readFileSync(backlog.path, 'utf8');
    const { code, stdout, stderr } = await inProcess(['undo', '--now', UNDONE], { cwd: backlog.cwd, answer: 'n' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain(`Taking back run ${run}\n`);
    expect(stderr).toContain('Would reopen (4)\n  acme/app#1  Crash\n  acme/app#3  Typo\n');
    expect(stderr).toContain('Would leave alone (1)\n  acme/app#2  Freeze\n    mona commented on it on');
    expect(stderr.endsWith(`\nReopen 4 bugs of run ${run}? [y/N] Nothing was changed.\n`)).toBe(true);
    expect(readFileSync(backlog.path, 'utf8')).toBe(pruned);
    expect((await inProcess(['undo', '--now', UNDONE], { cwd: backlog.cwd, answer: 'y' })).code).toBe(5);
    expect(states(backlog.path)).toEqual(['open', 'closed', 'open', 'open', 'open']);
  });

  test('nobody is there to ask', async () => {
    const backlog = aBacklog();
    await backlog.prune();
    const { code, stdout, stderr } = await inProcess(['undo'], { cwd: backlog.cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--yes');
  });

  test.each<[string, string[], RegExp]>([
    ['no run at all', [], /There is no run in .*\.bugprune\./],
    ['no such run', ['20260101T000000Z-nope'], /There is no run "20260101T000000Z-nope"/],
    [
      'a source without --from-tracker',
      ['20261122T090000Z-c0ffee', 'backlog.ndjson'],
      /bugprune undo 20261122T090000Z-c0ffee --from-tracker backlog\.ndjson/,
    ],
    ['--from-tracker without a run', ['--from-tracker'], /bugprune undo RUN --from-tracker/],
    [
      '--from-tracker with a source in the place of the run',
      ['backlog.ndjson', '--from-tracker'],
      /"backlog\.ndjson" is no id of a run/,
    ],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await aBacklog().undo(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('another tracker than the run was made on', async () => {
    const backlog = aBacklog();
    await backlog.prune();
    const { code, stderr } = await backlog.undo('--tracker', 'erp');
    expect(code).toBe(2);
    expect(stderr).toMatch(/was made on no tracker named erp\.\nIt was made on /);
    expect(states(backlog.path)).toEqual(Array(5).fill('closed'));
  });
});

describe('the journal is lost', () => {
  test('the marks on the bugs tell what the run did', async () => {
    const backlog = aBacklog();
    const run = await backlog.prune();
    backlog.change('acme/app#2', acted(by('commented')));
    rmSync(join(backlog.cwd, '.bugprune'), { recursive: true });
    const { code, stdout } = await backlog.undo(run, '--from-tracker', 'backlog.ndjson', '--json');
    expect(code).toBe(5);
    expect(parse(stdout).summary).toEqual({ takenBack: 4, left: 1, failed: 0, notReached: 0 });
    expect(states(backlog.path)).toEqual(['open', 'closed', 'open', 'open', 'open']);
  });

  test('an id that nothing carries is no success', async () => {
    const backlog = aBacklog();
    await backlog.prune();
    const { code, stdout, stderr } = await backlog.undo('20261122T090000Z-nope00', '--from-tracker', 'backlog.ndjson');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('No bug carries a mark of run 20261122T090000Z-nope00');
    expect(states(backlog.path)).toEqual(Array(5).fill('closed'));
  });
});

describe('cut short', () => {
  test('Ctrl-C finishes the bug at hand, says how it goes on, and exits with 130', async () => {
    const backlog = aBacklog();
    const run = await backlog.prune();
    const stop = new AbortController();
    const text = kept();
    const err = {
      ...text,
      write: (part: string) => {
        text.write(part);
        if (part.startsWith('2 of 5')) queueMicrotask(() => stop.abort());
      },
    };
    const parts = { cwd: backlog.cwd, stop: stop.signal, err };
    const { code, out } = await runs(['undo', '--yes', '--verbose', '--json', '--now', UNDONE], parts);
    expect(code).toBe(130);
    expect(parse(out).summary).toEqual({ takenBack: 2, left: 0, failed: 0, notReached: 3 });
    expect(text.text()).toMatch(/Finishing acme\/app#2, then stopping\.[\s\S]*Interrupted\. The rest: bugprune undo /);
    expect(states(backlog.path)).toEqual(['open', 'open', 'closed', 'closed', 'closed']);
    const rest = await inProcess(['undo', '--yes', '--json', '--now', '2026-11-23T10:00:00Z'], { cwd: backlog.cwd });
    expect(rest.code).toBe(0);
    expect(parse(rest.stdout)).toMatchObject({ of: run, summary: { takenBack: 5 } });
    expect(bugsIn(backlog.path).map(({ events }) => events.map(({ kind }) => kind))).toEqual(
      Array(5).fill(['commented', 'closed', 'reopened', 'edited']),
    );
  });

  test('a run that was taken back cannot be taken up again', async () => {
    const backlog = aBacklog();
    const run = await backlog.prune();
    await backlog.undo();
    const { code, stderr } = await inProcess(['prune', '--resume', run, '--yes'], { cwd: backlog.cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('was taken back');
    expect(states(backlog.path)).toEqual(Array(5).fill('open'));
  });
});
