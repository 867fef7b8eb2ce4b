import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { quietCall } from '../../../../src/testing/subject.js';
import { openFileTracker } from '../../../../src/trackers/file/tracker.js';
import { aFile, aFolder, all, anEnv, bugs, MARK, snapshotText } from './given.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const realSleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('many calls at once through several trackers lose nothing', async () => {
  const list = bugs(5);
  const { path } = await aFile(snapshotText(list));
  const trackers = [1, 2, 3].map(() => openFileTracker({ type: 'file', path }, anEnv({ sleep: () => realSleep(2) })));
  const writes = trackers.flatMap((tracker, index) =>
    list.flatMap((bug) => [1, 2].map((round) => tracker.comment(bug, `${index} ${round}`, MARK, quietCall()))),
  );
  await Promise.all(writes);
  const found = await all(openFileTracker({ type: 'file', path }, anEnv()).search({ state: 'open' }, quietCall()));
  for (const bug of found) {
    expect(bug.comments).toBe(6);
    expect(bug.events.map(({ value }) => value).toSorted()).toEqual(['0 1', '0 2', '1 1', '1 2', '2 1', '2 2']);
    expect(new Set(bug.events.map(({ id }) => id)).size).toBe(6);
  }
});

test('a call that fails does not hold up the next', async () => {
  const { path } = await aFile(snapshotText(bugs(1)));
  const tracker = openFileTracker({ type: 'file', path }, anEnv());
  const [missing, ...there] = [...bugs(2).toReversed(), ...bugs(1)].map((bug) => tracker.comment(bug, 'x', MARK, quietCall()));
  await expect(missing).rejects.toMatchObject({ kind: 'not-found' });
  expect((await Promise.all(there)).map(({ recorded }) => recorded)).toEqual(['comment c1', 'comment c2']);
});

test('two processes at once lose nothing', async () => {
  const list = bugs(4);
  const { path } = await aFile(snapshotText(list));
  const program = await writerProgram();
  const ends = await Promise.all(['one', 'two'].map((name) => run(program, [path, name, '10'])));
  expect(ends).toEqual([
    { code: 0, stderr: '' },
    { code: 0, stderr: '' },
  ]);
  const found = await all(openFileTracker({ type: 'file', path }, anEnv()).search({ state: 'open' }, quietCall()));
  expect(found.length).toBe(4);
  for (const bug of found) {
    expect(bug.comments).toBe(20);
    for (const name of ['one', 'two']) expect(bug.events.filter(({ value }) => value === name).length).toBe(10);
  }
  expect(await readdir(dirname(path))).toEqual(['backlog.ndjson']);
});

test('a process that was killed while it held the lock stops nobody', async () => {
  const { path } = await aFile(snapshotText(bugs(1)));
  const end = await run(await writerProgram(), [path, 'killed', 'hold']);
  expect(end.code).toBeNull();
  expect(await readdir(dirname(path))).toContain('backlog.ndjson.lock');
  const tracker = openFileTracker({ type: 'file', path }, anEnv());
  expect((await tracker.comment(bugs(1)[0] ?? expect.unreachable(), 'x', MARK, quietCall())).recorded).toBe('comment c1');
  expect(await readdir(dirname(path))).toEqual(['backlog.ndjson']);
});

/** A program of its own that comments on every bug so many times, or dies with the lock in its hand. */
async function writerProgram(): Promise<string> {
  const folder = await aFolder();
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  for (const source of await sources()) await compile(source, join(folder, relative(root, source).replace(/\.ts$/, '.js')));
  const program = join(folder, 'writer.js');
  await writeFile(program, WRITER);
  return program;
}

/** The sources that the file tracker is made of; nothing needs to have been built. */
async function sources(): Promise<string[]> {
  const files = async (room: string) => (await readdir(join(root, room))).map((name) => join(root, room, name));
  const all = [
    ...(await files('src/model')),
    ...(await files('src/trackers/file')),
    join(root, 'src/errors.ts'),
    join(root, 'src/lock.ts'),
    join(root, 'src/system-error.ts'),
  ];
  return all.filter((name) => name.endsWith('.ts'));
}

async function compile(source: string, target: string): Promise<void> {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, ts.transpileModule(await readFile(source, 'utf8'), { compilerOptions }).outputText);
}

const WRITER = `
import { openFileTracker } from './src/trackers/file/tracker.js';
import { withLock } from './src/trackers/file/lock.js';
const [path, name, rounds] = process.argv.slice(2);
const call = { signal: new AbortController().signal, on() {} };
const sleep = () => new Promise((resolve) => setTimeout(resolve, 3));
const env = { name, folder: '/', now: () => new Date().toISOString().slice(0, 19) + 'Z', sleep };
if (rounds === 'hold') await withLock(path, sleep, () => process.kill(process.pid, 'SIGKILL'));
const tracker = openFileTracker({ type: 'file', path }, env);
const bugs = [];
for await (const bug of tracker.search({ state: 'open' }, call)) bugs.push(bug);
for (let round = 0; round < Number(rounds); round++) {
  for (const bug of bugs) await tracker.comment(bug, name, { run: name, action: 'warn', policy: 'x' }, call);
}
`;

function run(program: string, args: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, stderr }));
  });
}
