import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStateFolder } from '../../src/journal/folder.js';
import type { Bug } from '../../src/model/bug.js';
import { type History, historySchema } from '../../src/report/history/document.js';
import { aBug } from '../../src/testing.js';
import { formatLine, snapshotHeader } from '../../src/trackers/file/format.js';
import { aHeader, aPlan, closing } from '../unit/journal/given.js';
import { type InProcessOptions, inProcess } from './in-process.js';
import { emptyFolder, type Outcome } from './program.js';

const FIRST = '2026-11-15T09:00:00Z';
const SECOND = '2026-11-22T09:00:00Z';

const old = (number: number): Bug => aBug({ ref: `acme/app#${number}`, createdAt: '2024-01-01T00:00:00Z' });
const planned = (number: number): Bug => aBug({ ref: `acme/app#${number}`, targets: [{ name: 'v2', state: 'open' }] });

function writeBugs(path: string, bugs: readonly Bug[]): void {
  const header = snapshotHeader({ source: 'github:acme/app', takenAt: FIRST, account: 'octocat' });
  writeFileSync(path, [header, ...bugs].map((line) => `${formatLine(line)}\n`).join(''));
}

const readBugs = (path: string): Bug[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as Bug);

interface Pruned {
  readonly cwd: string;
  /** The snapshot. */
  readonly path: string;
  /** The ids of both prunes. */
  readonly ids: readonly [string, string];
  run(...args: readonly string[]): Promise<Outcome>;
  json(...args: readonly string[]): Promise<History>;
}

/** A folder where two bugs were closed in one week, and a third in the next; two more are planned. */
async function pruned(options: InProcessOptions = {}): Promise<Pruned> {
  const cwd = emptyFolder();
  const path = join(cwd, 'backlog.ndjson');
  const run = (...args: readonly string[]) => inProcess(args, { cwd, ...options });
  const prune = async (now: string) => {
    expect(await run('prune', path, '--yes', '--limit', '9', '--now', now)).toMatchObject({ code: 0 });
  };
  writeBugs(path, [old(1), old(2), planned(3), planned(4)]);
  await prune(FIRST);
  writeBugs(path, [...readBugs(path), old(5)]);
  await prune(SECOND);
  const journals = readdirSync(join(options.env?.BUGPRUNE_STATE_DIR ?? join(cwd, '.bugprune'), 'runs')).toSorted();
  const [first = '', second = ''] = journals.flatMap((name) => /^(.+)\.jsonl$/.exec(name)?.[1] ?? []);
  const json = async (...args: readonly string[]) => {
    const { code, stdout } = await run('history', ...args, '--json');
    expect(code).toBe(0);
    return historySchema.parse(JSON.parse(stdout));
  };
  return { cwd, path, ids: [first, second], run, json };
}

test('where nothing is configured and nothing was done, it says so and where it looked', async () => {
  const cwd = emptyFolder();
  const { code, stdout, stderr } = await inProcess(['history'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`No runs yet. Looked at the journals in ${join(cwd, '.bugprune')}.`);
  expect(stdout).toContain('bugprune history --from-tracker');
  expect(readdirSync(cwd)).toEqual([]);
});

describe('from the journals', () => {
  test('runs, the backlog, and the next command', async () => {
    const { ids, run } = await pruned();
    const { code, stdout, stderr } = await run('history', '--now', SECOND);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').slice(3)).toEqual([
      '  began       run                      open  closed  warned',
      `  2026-11-15  ${ids[0]}     4       2       0`,
      `  2026-11-22  ${ids[1]}     3       1       0`,
      '',
      'Open bugs when a prune began',
      '  backlog  2026-11-15 4 █▆ 3 2026-11-22',
      '',
      '2 prunes: 3 bugs closed.',
      'To take the latest run back: bugprune undo',
      '',
    ]);
  });

  test('as JSON', async () => {
    const { ids, json } = await pruned();
    const { generatedAt, runs, backlog } = await json('--now', SECOND);
    expect(generatedAt).toBe(SECOND);
    expect(runs.map(({ run, closed, open, ended, trackers }) => [run, closed, open, ended, trackers])).toEqual([
      [ids[0], 2, 4, 'finished', ['backlog']],
      [ids[1], 1, 3, 'finished', ['backlog']],
    ]);
    expect(backlog.map(({ open }) => open)).toEqual([4, 3]);
  });

  test('what was taken back', async () => {
    const { ids, run, json } = await pruned();
    expect(await run('undo', '--yes', '--now', '2026-11-23T09:00:00Z')).toMatchObject({ code: 0 });
    expect((await json()).runs).toMatchObject([
      { run: ids[0], closed: 2, takenBack: 0, undoneBy: null },
      { run: ids[1], closed: 1, takenBack: 1, undoneBy: expect.stringMatching(/^20261123T090000Z-/) },
      { kind: 'undo', of: ids[1], takenBack: 1, left: 0, open: null },
    ]);
    const { stdout } = await run('history', '--outcomes');
    expect(stdout).toContain(`undo of ${ids[1]}, 1 taken back\n`);
    expect(stdout).toContain(
      '2 prunes: 3 bugs closed, 1 taken back. None reopened since.\nWhat would be closed now: bugprune report\n',
    );
  });

  test('no tracker is asked: it may be gone', async () => {
    const { path, json } = await pruned();
    rmSync(path);
    expect((await json()).runs).toHaveLength(2);
  });

  test('no credentials are needed, whatever is configured', async () => {
    const { cwd, json } = await pruned();
    writeFileSync(join(cwd, '.bugprunerc'), 'trackers: { app: { type: github, repos: [acme/app], token: { env: NOT_SET } } }\n');
    expect((await json()).runs).toHaveLength(2);
  });

  test('wherever they are kept; the next command says where', async () => {
    const elsewhere = emptyFolder();
    const { cwd, run } = await pruned({ env: { BUGPRUNE_STATE_DIR: elsewhere } });
    expect(readdirSync(cwd)).toEqual(['backlog.ndjson']);
    const { stdout } = await inProcess(['history', '--state-dir', elsewhere], { cwd });
    expect(stdout).toContain('2 prunes: 3 bugs closed.');
    expect(stdout).toContain(`bugprune undo --state-dir ${elsewhere}`);
    expect((await run('history')).stdout).toContain('2 prunes');
  });

  test('of one tracker, which need not be configured any more', async () => {
    const { json, run } = await pruned();
    expect((await json('--tracker', 'backlog')).runs).toHaveLength(2);
    expect(await run('history', '--tracker', 'other')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No run was made on a tracker named other.\nThere are backlog.'),
    });
  });

  test('a run that was cut short is to be finished', async () => {
    const cwd = emptyFolder();
    const header = aHeader();
    const folder = openStateFolder(join(cwd, '.bugprune'), (text) => text);
    await (await folder.begin(header, aPlan('acme/app#1'), aPlan('acme/app#2'), ...closing('acme/app#1'))).close();
    const { code, stdout } = await inProcess(['history'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('crashed, or still at work, 1 not reached');
    expect(stdout).toContain(`To finish the latest run: bugprune prune --resume ${header.run}\n`);
  });

  test('a damaged journal is no past to rely on', async () => {
    const { cwd, ids, run } = await pruned();
    const journal = join(cwd, '.bugprune', 'runs', `${ids[0]}.jsonl`);
    appendFileSync(journal, '{"line":"result"}\n{"line":"result"}\n');
    const { code, stdout, stderr } = await run('history');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`${ids[0]}\\.jsonl:\\d+: this journal cannot be trusted`));
  });

  test('a source means --from-tracker', async () => {
    const { path, run } = await pruned();
    expect(await run('history', path)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(`bugprune history --from-tracker ${path}`),
    });
  });
});

describe('--outcomes', () => {
  test('tells how many a person has brought back', async () => {
    const { path, run, json } = await pruned();
    const person = { id: 'mona', name: 'mona', kind: 'human' } as const;
    const reopened = { at: '2026-11-16T00:00:00Z', kind: 'reopened', actor: person } as const;
    const changed = readBugs(path).map((bug) =>
      bug.ref === 'acme/app#1' ? { ...bug, state: 'open' as const, status: 'open', events: [...bug.events, reopened] } : bug,
    );
    writeBugs(path, changed);
    const { runs } = await json('--outcomes');
    expect(runs).toMatchObject([
      { closed: 2, reopened: 1, openNow: 1, unknown: 0 },
      { closed: 1, reopened: 0, openNow: 0, unknown: 0 },
    ]);
    expect((await run('history', '--outcomes')).stdout).toContain('2 prunes: 3 bugs closed. 1 reopened since, 1 open now.\n');
  });

  test('tells what became of the bugs of each policy', async () => {
    const { path, run, json } = await pruned();
    const answer = { at: '2026-11-16T00:00:00Z', kind: 'commented', actor: { id: 'mona', name: 'mona', kind: 'human' } } as const;
    writeBugs(
      path,
      readBugs(path).map((bug) => (bug.ref === 'acme/app#1' ? { ...bug, votes: 3, events: [...bug.events, answer] } : bug)),
    );
    const [policy] = (await json('--outcomes')).policies ?? [];
    expect(policy).toMatchObject({ policy: 'untargeted', closed: 3, stillClosed: 3, answered: 1, votes: 3, early: 1 });
    expect((await run('history', '--outcomes')).stdout).toContain(
      '\nWhat became of the closed bugs\n  untargeted: 3 closed, 3 of them ever since, 1 answered (1 comment), 3 votes\n',
    );
  });

  test('says what it could not find out, and still tells the rest', async () => {
    const { path, run } = await pruned();
    rmSync(path);
    const { code, stdout, stderr } = await run('history', '--outcomes', '--json');
    expect(code).toBe(3);
    expect(stderr).toContain('backlog.ndjson: no such file or folder');
    expect(JSON.parse(stdout)).toMatchObject({ runs: [{ unknown: 2 }, { unknown: 1 }], problems: [expect.any(String)] });
  });
});

describe('--from-tracker', () => {
  test('finds the runs again when their journals are lost', async () => {
    const { cwd, path, ids, json, run } = await pruned();
    rmSync(join(cwd, '.bugprune'), { recursive: true });
    const { runs, backlog } = await json('--from-tracker', path, '--now', '2026-11-23T00:00:00Z');
    expect(runs.map(({ run: id, source, closed, open, startedAt }) => [id, source, closed, open, startedAt])).toEqual([
      [ids[0], 'tracker', 2, null, FIRST],
      [ids[1], 'tracker', 1, null, SECOND],
    ]);
    expect(backlog).toEqual([]);
    const { stdout } = await run('history', '--from-tracker', path, '--now', '2026-11-23T00:00:00Z');
    // Where the line breaks depends on how long the path of the folder is.
    expect(stdout).toMatch(/, and\s+the\s+bugs\s+of\s+backlog\n/);
    expect(stdout).toMatch(new RegExp(`${ids[0]} +\\? +2 +0 {2}by the marks on the bugs\\n`));
    expect(stdout).toContain(`What would be closed now: bugprune report ${path}\n`);
  });

  test('adds to what the journals know', async () => {
    const { cwd, path, ids, json } = await pruned();
    rmSync(join(cwd, '.bugprune', 'runs', `${ids[0]}.jsonl`));
    const { runs } = await json('--from-tracker', path, '--outcomes', '--now', '2026-11-23T00:00:00Z');
    expect(runs).toMatchObject([
      { source: 'tracker', closed: 2, reopened: 0 },
      { source: 'journal', closed: 1, reopened: 0, open: 3 },
    ]);
  });

  test('needs to know where to look', async () => {
    expect(await inProcess(['history', '--from-tracker'], { cwd: emptyFolder() })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is nothing to look at'),
    });
  });
});
