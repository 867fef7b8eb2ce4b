import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCode } from '../../../src/cli/outcome.js';
import { TrackerError, type TrackerErrorKind } from '../../../src/errors.js';
import type { ActionResult } from '../../../src/report/document.js';
import { memoryTracker } from '../../../src/testing.js';
import type { Tracker } from '../../../src/trackers/tracker.js';
import { aKept, anEntry, anUndecided, aReport } from '../report/given.js';
import { aFolderWith, BUGS, NOW, runs } from './given.js';

const CONFIG = ['--config', 'my.yaml'];
const memory = () => memoryTracker(BUGS, () => NOW);
const failing = (parts: Partial<Tracker>) => () => ({ ...memory(), ...parts });
const throws = (error: Error) => () => Promise.reject(error);

describe('the exit code of a report', () => {
  const nothing = aReport([aKept('pinned')]);
  const closing = aReport([anEntry()]);
  const attention = aReport([aKept('severe', { attention: true })]);
  const undecided = aReport([anUndecided('unread')]);
  const error = (kind: TrackerErrorKind) => new TrackerError(kind, kind);

  test.each([
    ['nothing to do', nothing, [], [], 0],
    ['something to close, and nobody asked', closing, [], [], 0],
    ['something to close, and somebody asked', closing, [], ['close'], 1],
    ['nothing to close, and somebody asked', nothing, [], ['close', 'attention', 'undecided'], 0],
    ['attention', attention, [], ['attention'], 1],
    ['attention, asked for something else', attention, [], ['close', 'undecided'], 0],
    ['undecided', undecided, [], ['close', 'undecided'], 1],
    ['unreachable', nothing, [error('network')], [], 4],
    ['rate limit', nothing, [error('rate-limit')], [], 4],
    ['no token', nothing, [error('auth')], [], 3],
    ['no permission', nothing, [error('permission')], [], 3],
    ['no such repository', nothing, [error('not-found')], [], 3],
    ['no token here, unreachable there', nothing, [error('network'), error('auth')], [], 3],
    ['incomplete outweighs what was found', closing, [error('network')], ['close'], 4],
  ] as const)('%s', (_, report, failures, failOn, code) => {
    expect(exitCode(report, failures, { failOn })).toBe(code);
  });

  test.each<[ActionResult['status'], number]>([
    ['closed', 0],
    ['warned', 0],
    ['already-closed', 0],
    ['skipped', 5],
    ['failed', 5],
  ])('a run with one %s', (status, code) => {
    const results = (['closed', status] as const).map((one) => anEntry({ result: { status: one, detail: '' } }));
    expect(exitCode(aReport(results, { mode: 'prune' }), [], {})).toBe(code);
  });
});

describe('the exit code of the program', () => {
  test.each<[string, () => Tracker, number, RegExp]>([
    [
      'no credentials',
      failing({ identify: throws(new TrackerError('auth', 'Nobody.', { hint: 'Log in.' })) }),
      3,
      /^bugprune: Nobody\.\nLog in\.\n$/m,
    ],
    ['no such repository', failing({ identify: throws(new TrackerError('not-found', 'No such thing.')) }), 3, /No such thing\./],
    ['unreachable', failing({ identify: throws(new TrackerError('network', 'Nobody answers.')) }), 4, /Nobody answers\./],
    [
      'a defect',
      failing({ identify: throws(new RangeError('index 7')) }),
      70,
      /this is a defect of bugprune.*\nRangeError: index 7\n +at /,
    ],
    ['something thrown that is no error', failing({ identify: () => Promise.reject('just a word') }), 70, /just a word/],
  ])('%s', async (_, open, code, told) => {
    const ran = await runs(CONFIG, { cwd: await aFolderWith(open) });
    expect(ran.err).toMatch(told);
    expect({ code: ran.code, out: ran.out }).toEqual({ code, out: '' });
  });

  test('an answer that breaks off: what could be read is reported all the same', async () => {
    const open = failing({
      async *search(what, call) {
        for await (const bug of memory().search(what, call)) {
          yield bug;
          if (bug.ref === 'acme/app#2') throw new TrackerError('network', 'The line went dead.');
        }
      },
    });
    const { code, out, err } = await runs([...CONFIG, '--json'], { cwd: await aFolderWith(open) });
    expect(code).toBe(4);
    const report = JSON.parse(out);
    expect(report.trackers[0]).toMatchObject({ complete: false, open: 2, problems: ['The line went dead.'] });
    expect(report.bugs).toHaveLength(2);
    expect(err).toBe('bugprune: The line went dead.\n');
  });

  test.each([
    [['--fail-on', 'close'], 1],
    [['--fail-on', 'attention'], 1],
    [['--fail-on', 'undecided'], 1],
    [['--fail-on', 'close', '--fail-on', 'undecided'], 1],
    [['--fail-on', 'close', '--now', '2024-01-02T00:00:00Z'], 0],
  ])('%j', async (args, code) => {
    expect((await runs([...CONFIG, ...args], { cwd: await aFolderWith() })).code).toBe(code);
  });

  test('Ctrl-C', async () => {
    const stop = new AbortController();
    const open = failing({
      identify: ({ signal }) => {
        stop.abort();
        return Promise.reject(signal.reason);
      },
    });
    const ran = await runs(CONFIG, { cwd: await aFolderWith(open), stop: stop.signal });
    expect(ran).toEqual({ code: 130, out: '', err: 'Interrupted.\n' });
  });
});

describe('a prune', () => {
  const tracker = memory();

  test('asks, and changes nothing when the answer is not yes', async () => {
    for (const answer of ['', 'n', 'maybe', 'yes please']) {
      const questions: string[] = [];
      const ask = (question: string) => Promise.resolve(answer).finally(() => questions.push(question));
      const ran = await runs(['prune', ...CONFIG], { cwd: await aFolderWith(() => tracker), canAsk: true, ask });
      expect({ code: ran.code, out: ran.out }).toEqual({ code: 0, out: '' });
      expect(ran.err).toMatch(/Would close · app · untargeted \(1\)[\s\S]*Nothing was changed\.\n$/);
      expect(questions).toEqual([expect.stringMatching(/Close 1 of 4 open bugs, with a comment\? \[y\/N\] $/)]);
    }
    expect(tracker.bugs.get('acme/app#1')?.state).toBe('open');
  });

  test('of a fresh report does what was confirmed, and says its run on stderr first', async () => {
    const own = memory();
    const io = { cwd: await aFolderWith(() => own), canAsk: true, ask: () => Promise.resolve('y') };
    const { code, out, err } = await runs(['prune', ...CONFIG], io);
    expect(code).toBe(0);
    expect(err).toContain('Run 20261122T090000Z-c0ffee: 1 bug to go through.');
    expect(out).toMatch(/^bugprune run 20261122T090000Z-c0ffee\n[\s\S]*\nClosed \(1\)\n/);
    expect(own.bugs.get('acme/app#1')?.state).toBe('closed');
    expect(own.bugs.get('acme/app#2')?.state).toBe('open');
  });

  test('of a reviewed report does what is left in it', async () => {
    const own = memory();
    const cwd = await aFolderWith(() => own);
    expect((await runs([...CONFIG, '-o', 'report.json'], { cwd })).code).toBe(0);
    const file = join(cwd, 'report.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"verdict": "close"', '"verdict": "keep"'));
    const { code, out } = await runs(['prune', 'report.json', '--yes', ...CONFIG], { cwd });
    expect(code).toBe(0);
    expect(out).not.toContain('Closed (');
    expect(own.bugs.get('acme/app#1')?.state).toBe('open');
  });

  test('of a report in which a kept bug was turned into one to close is refused', async () => {
    const own = memory();
    const cwd = await aFolderWith(() => own);
    await runs([...CONFIG, '-o', 'report.json'], { cwd });
    const file = join(cwd, 'report.json');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('"verdict": "keep"', '"verdict": "close"'));
    const { code, err } = await runs(['prune', 'report.json', '--yes', ...CONFIG], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('acme/app#2: "close" is not what the rules proposed');
    expect([...own.bugs.values()].every(({ state }) => state === 'open')).toBe(true);
  });

  test('of a report that has been carried out is refused', async () => {
    const cwd = await aFolderWith();
    await runs(['prune', '--yes', ...CONFIG, '-o', 'done.json'], { cwd });
    const { code, err } = await runs(['prune', 'done.json', '--yes', ...CONFIG], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('This report is of run 20261122T090000Z-c0ffee, which has already been carried out.');
  });

  test('whose bug a person has touched since skips it, and exits with 5', async () => {
    const own = memory();
    const cwd = await aFolderWith(() => own);
    await runs([...CONFIG, '-o', 'report.json'], { cwd });
    const bug = own.bugs.get('acme/app#1');
    if (!bug) throw new Error('the bug is gone');
    own.bugs.set(bug.ref, { ...bug, updatedAt: NOW, events: [{ at: NOW, kind: 'commented', actor: null }] });
    const { code, out } = await runs(['prune', 'report.json', '--yes', ...CONFIG], { cwd });
    expect(code).toBe(5);
    expect(out).toMatch(/\nSkipped \(1\)\n[\s\S]*a person has acted on it since the report/);
    expect(own.bugs.get('acme/app#1')?.state).toBe('open');
  });
});
