import { type FileHandle, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { umask } from 'node:process';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { JournalLine, RunHeader } from '../../../src/journal/document.js';
import { FoldError, fold } from '../../../src/journal/fold.js';
import { openStateFolder } from '../../../src/journal/folder.js';
import type { StateFolder } from '../../../src/journal/journal.js';
import { readLines } from '../../../src/journal/lines.js';
import { spyOnFiles } from './disk.js';
import { aFolder, aHeader, aJournal, anUndo, aPlan, aTakeBack, closing, end, linesOf, minute, RUN, resumed } from './given.js';

const BUG = 'acme/app#1';
const asIs = (text: string) => text;

interface Given {
  readonly state: StateFolder;
  readonly path: string;
  /** Where the journal of a run is. */
  file(run?: string): string;
}

async function aState(clean = asIs): Promise<Given> {
  const path = join(await aFolder(), '.bugprune');
  return { state: openStateFolder(path, clean), path, file: (run = RUN) => join(path, 'runs', `${run}.jsonl`) };
}

/** Writes a journal and closes it. */
async function write(state: StateFolder, lines: readonly JournalLine[] = aJournal()): Promise<void> {
  const [header, ...others] = lines;
  const journal = await state.begin(header?.line === 'run' ? header : expect.unreachable(), ...others);
  await journal.close();
}

const linesIn = async (file: string) => readLines(await readFile(file, 'utf8')).lines;
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('nothing is on the disk before somebody asks for it', async () => {
  const { state, path } = await aState();
  expect(state.path).toBe(path);
  expect(await state.runs()).toEqual([]);
  await expect(state.find(RUN)).rejects.toMatchObject({ code: 'usage' });
  await expect(state.reopen(RUN)).rejects.toMatchObject({ code: 'usage' });
  expect(await readdir(dirname(path))).toEqual([]);
});

describe('a journal', () => {
  test('has its first lines before anything else happens', async () => {
    const { state, path, file } = await aState();
    const { spy } = await spyOnFiles('appendFile');
    const journal = await state.begin(aHeader(), aPlan(BUG), aPlan('acme/app#2'));
    expect(spy).toHaveBeenCalledTimes(1);
    expect(journal.run).toBe(RUN);
    expect(await linesIn(file())).toEqual([aHeader(), aPlan(BUG), aPlan('acme/app#2')]);
    expect(await readdir(path)).toEqual(['.gitignore', 'runs']);
    await journal.close();
  });

  test('appears with all of its first lines: half a plan, left by a crash, would pass for a plan', async () => {
    const { state } = await aState();
    const { spy, original } = await spyOnFiles('appendFile');
    spy.mockImplementation(async function (this: FileHandle, data) {
      for (const part of String(data).split(/(?<=\n)/)) {
        await original.call(this, part);
        expect(await state.runs()).toEqual([]);
      }
    });
    const journal = await state.begin(aHeader(), aPlan(BUG), aPlan('acme/app#2'));
    spy.mockRestore();
    expect(await state.runs()).toEqual([fold([aHeader(), aPlan(BUG), aPlan('acme/app#2')])]);
    await journal.close();
  });

  test('has every line in one write that is on the disk when it is told so', async () => {
    const { state, file } = await aState();
    const journal = await state.begin(aHeader(), aPlan(BUG));
    const { spy: appended } = await spyOnFiles('appendFile');
    const { spy: synced } = await spyOnFiles('datasync');
    const [first, second, ...others] = closing(BUG);
    await journal.append(first ?? expect.unreachable());
    await journal.append(second ?? expect.unreachable(), ...others);
    expect(appended).toHaveBeenCalledTimes(2);
    expect(synced).toHaveBeenCalledTimes(2);
    expect(synced.mock.invocationCallOrder[0]).toBeGreaterThan(appended.mock.invocationCallOrder[0] ?? 0);
    expect(await linesIn(file())).toEqual([aHeader(), aPlan(BUG), ...closing(BUG)]);
    await journal.close();
    expect(await state.find(RUN)).toEqual(fold([aHeader(), aPlan(BUG), ...closing(BUG)]));
  });

  test('takes lines in the order in which they were given, whoever waits for them', async () => {
    const { state, file } = await aState();
    const lines = aJournal();
    const journal = await state.begin(aHeader());
    const appending = lines.slice(1).map((line) => journal.append(line));
    await journal.close();
    await Promise.all(appending);
    expect(await linesIn(file())).toEqual(lines);
  });

  test('is for us alone, whatever the umask', async () => {
    const before = umask(0);
    onTestFinished(() => void umask(before));
    const { state, path, file } = await aState();
    const lock = await state.exclusively(RUN, async () => {
      await write(state);
      return modeOf(join(path, 'lock'));
    });
    expect([lock, await modeOf(file()), await modeOf(join(path, '.gitignore'))]).toEqual(['600', '600', '600']);
    expect([await modeOf(path), await modeOf(join(path, 'runs'))]).toEqual(['700', '700']);
  });

  test('is begun once', async () => {
    const { state, file } = await aState();
    await write(state);
    await expect(state.begin(aHeader(), aPlan(BUG))).rejects.toMatchObject({
      name: 'JournalError',
      message: `The journal cannot be written: ${file()}: there is a file of that name already`,
    });
    expect(await linesIn(file())).toEqual(aJournal());
  });

  test('may be committed, the lock may not; what somebody wrote there stays', async () => {
    const { state, path } = await aState();
    await write(state);
    const ignore = join(path, '.gitignore');
    expect(await readFile(ignore, 'utf8')).toBe('/lock\n/lock.takeover\n');
    await writeFile(ignore, '*\n');
    await write(state, [anUndo()]);
    expect(await readFile(ignore, 'utf8')).toBe('*\n');
  });

  test('never gets a line that could not be read again, and none after it', async () => {
    const { state, file } = await aState();
    await expect(state.begin(aHeader(), aPlan(BUG), aPlan(BUG))).rejects.toThrow(FoldError);
    await expect(state.begin({ ...aHeader(), startedAt: 'today' })).rejects.toThrow(/instant/);
    expect(await state.runs()).toEqual([]);
    const journal = await state.begin(aHeader(), aPlan(BUG));
    await expect(journal.append(linesOf(BUG).intent('reopen'))).rejects.toThrow(FoldError);
    await expect(journal.append(linesOf(BUG).intent('comment'))).rejects.toThrow(FoldError);
    await journal.close();
    expect(await linesIn(file())).toEqual([aHeader(), aPlan(BUG)]);
  });
});

describe('a journal that is opened again', () => {
  test('goes on where it stood', async () => {
    const { state, file } = await aState();
    const before = [aHeader(), aPlan(BUG), ...closing(BUG).slice(0, 3)];
    await write(state, before);
    const { state: stood, journal } = await state.reopen(RUN);
    expect(stood).toEqual(fold(before));
    const more = [resumed(), linesOf(BUG).intent('close'), linesOf(BUG).done('close'), end('finished')];
    await journal.append(...more);
    await journal.close();
    expect(await linesIn(file())).toEqual([...before, ...more]);
  });

  test('knows what cannot follow', async () => {
    const { state } = await aState();
    await write(state);
    const { journal } = await state.reopen(RUN);
    await expect(journal.append(end('finished'))).rejects.toMatchObject({ name: 'FoldError', line: aJournal().length + 1 });
    await journal.close();
  });

  test('wherever a crash cut it off, is good again', async () => {
    const { state, file } = await aState();
    await write(state);
    const bytes = await readFile(file());
    const plan = bytes.indexOf('\n') + 1;
    for (let length = plan; length <= bytes.length; length += 97) {
      await writeFile(file(), bytes.subarray(0, length));
      const half = await state.find(RUN);
      const { state: stood, journal } = await state.reopen(RUN);
      expect(stood).toEqual(half);
      await journal.append(resumed(9));
      await journal.close();
      expect(await state.find(RUN)).toEqual({ ...half, end: null, lastAt: minute(9) });
    }
  });
});

describe('all runs', () => {
  const at = (minutes: number, tail: string): RunHeader => aHeader({ run: `2026-${tail}`, startedAt: minute(minutes) });

  test('come oldest first, and those of one second by their ids', async () => {
    const { state } = await aState();
    for (const header of [at(5, 'a'), at(1, 'c'), at(1, 'b'), at(9, '0')]) await write(state, [header]);
    expect((await state.runs()).map(({ header }) => header.run)).toEqual(['2026-b', '2026-c', '2026-a', '2026-0']);
    expect(await state.find('2026-c')).toEqual(fold([at(1, 'c')]));
  });

  test('are in files of their names; others are nobody’s business', async () => {
    const { state, file } = await aState();
    await write(state);
    for (const name of ['notes.txt', '._x.jsonl', `${RUN}.jsonl~`, 'jsonl']) await writeFile(join(dirname(file()), name), 'x');
    expect(await state.runs()).toEqual([fold(aJournal())]);
  });

  test('a journal that crashed before its first line was whole is no run', async () => {
    const { state, file } = await aState();
    await write(state, [anUndo(), aTakeBack(BUG)]);
    for (const torn of ['', '{"line":"run","version":1']) {
      await writeFile(file(), torn);
      expect(await state.runs()).toEqual([fold([anUndo(), aTakeBack(BUG)])]);
      await expect(state.find(RUN)).rejects.toMatchObject({ code: 'usage', hint: `The latest ones: ${anUndo().run}` });
      await expect(state.reopen(RUN)).rejects.toMatchObject({ code: 'usage' });
      expect(await readFile(file(), 'utf8')).toBe(torn);
    }
  });

  test.each<[what: string, change: (text: string) => string, line: number, problem: RegExp]>([
    ['was edited', (text) => text.replace('acme/app#2', 'acme/app#3'), 3, /its sum is wrong/],
    ['lacks a line', (text) => text.split('\n').toSpliced(4, 1).join('\n'), 5, /its sum is wrong/],
    ['is something else', () => 'acme/app#1 closed\n', 1, /expected a JSON object that ends in "sum"/],
  ])('one that %s is not believed', async (_what, change, line, problem) => {
    const { state, file } = await aState();
    await write(state);
    await write(state, [anUndo()]);
    await writeFile(file(), change(await readFile(file(), 'utf8')));
    for (const reading of [() => state.runs(), () => state.find(RUN), () => state.reopen(RUN)]) {
      await expect(reading()).rejects.toMatchObject({
        name: 'BugpruneError',
        code: 'usage',
        message: expect.stringMatching(problem),
        hint: expect.stringMatching(`bugprune undo ${RUN} --from-tracker.*Moved to another folder`),
      });
      await expect(reading()).rejects.toThrow(`${file()}:${line}: this journal cannot be trusted: `);
    }
    expect((await state.find(anUndo().run)).header).toEqual(anUndo());
  });

  test('one that lies in another one’s file is not believed', async () => {
    const { state, file } = await aState();
    await write(state);
    await writeFile(file(`${RUN} copy`), await readFile(file()));
    await expect(state.runs()).rejects.toMatchObject({
      message: `${file(`${RUN} copy`)}:1: this journal cannot be trusted: this is the journal of ${RUN}; its file is named after another run`,
      hint: "Moved to another folder, the file is in nobody's way.",
    });
  });
});

describe('an id that there is not', () => {
  test('is answered with the latest ones', async () => {
    const { state, path } = await aState();
    for (const tail of 'abcdefg') await write(state, [aHeader({ run: `2026-${tail}` })]);
    await expect(state.find('2026-h')).rejects.toMatchObject({
      code: 'usage',
      message: `There is no run "2026-h" in ${join(path, 'runs')}.`,
      hint: 'The latest ones: 2026-g, 2026-f, 2026-e, 2026-d, 2026-c',
    });
  });

  const HOSTILE = [
    '../outside',
    '..',
    '.',
    '',
    '/etc/passwd',
    'a/b',
    'a\\b',
    `${RUN}.jsonl`,
    'x\0',
    'lock',
    'é',
    'a b',
    'x'.repeat(300),
  ];

  test.each(HOSTILE)('%j leads nowhere', async (run) => {
    const { state, path } = await aState();
    await write(state);
    await writeFile(join(path, 'outside.jsonl'), await readFile(join(path, 'runs', `${RUN}.jsonl`)));
    for (const asking of [() => state.find(run), () => state.reopen(run)]) {
      await expect(asking()).rejects.toMatchObject({
        name: 'BugpruneError',
        code: 'usage',
        message: expect.stringContaining(run),
      });
    }
  });

  test.each(HOSTILE.filter((run) => run !== 'lock'))('%j begins nothing', async (run) => {
    const { state, path } = await aState();
    await mkdir(join(path, 'runs', 'a'), { recursive: true });
    await expect(state.begin(aHeader({ run }))).rejects.toMatchObject({ name: 'BugpruneError', code: 'usage' });
    expect(await readdir(path, { recursive: true })).toEqual(['runs', join('runs', 'a')]);
  });
});

describe('secrets', () => {
  const SECRET = 'se"cr\\et\n';
  const clean = (text: string) => text.replaceAll(SECRET, '[secret]');

  test('never reach the disk, however JSON would write them', async () => {
    const { state, file } = await aState(clean);
    const settings = { type: 'github', url: `https://${SECRET}@x`, deep: [{ token: SECRET }] };
    const journal = await state.begin(aHeader({ trackers: [{ name: 'app', settings, open: null }] }), aPlan(BUG));
    const { intent, done } = linesOf(BUG);
    const receipt = { action: 'comment', ref: BUG, recorded: `comment ${SECRET}`, detail: { text: ['x', SECRET] } } as const;
    await journal.append(intent('comment'), done('comment', receipt), linesOf(BUG).result('failed', `401 for ${SECRET}`));
    await journal.close();
    const text = await readFile(file(), 'utf8');
    expect(text).not.toContain(JSON.stringify(SECRET).slice(1, -1));
    expect(text.match(/\[secret\]/g)).toHaveLength(5);
    expect(await state.find(RUN)).toMatchObject({
      header: { trackers: [{ settings: { url: 'https://[secret]@x', deep: [{ token: '[secret]' }] } }] },
      bugs: [{ receipts: [{ detail: { text: ['x', '[secret]'] } }], outcome: { detail: '401 for [secret]' } }],
    });
  });

  test('that are everyday words are refused rather than written into a journal that nobody could read', async () => {
    const { state } = await aState((text) => text.replaceAll('close', '[secret]'));
    await expect(state.begin(aHeader(), aPlan(BUG))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('a password or token in its own words'),
    });
    expect(await state.runs()).toEqual([]);
  });
});
