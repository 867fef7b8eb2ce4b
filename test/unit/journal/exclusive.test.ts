import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { execPath, pid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openStateFolder } from '../../../src/journal/folder.js';
import { aFolder, anUndo, RUN } from './given.js';

const OTHER = anUndo().run;
const never = () => expect.unreachable('another run is at work');

async function aState() {
  const path = join(await aFolder(), '.bugprune');
  return { path, lock: join(path, 'lock'), state: openStateFolder(path, String) };
}

test('the lock names the run, and is gone when the run is', async () => {
  const { state, path, lock } = await aState();
  const content = await state.exclusively(RUN, () => readFile(lock, 'utf8'));
  expect(JSON.parse(content)).toMatchObject({ note: RUN, pid, host: hostname() });
  expect(await readdir(path)).toEqual(['.gitignore']);
});

test('it is gone after a failure too, and the failure is told as it is', async () => {
  const { state, path } = await aState();
  await expect(state.exclusively(RUN, () => Promise.reject(new Error('oh')))).rejects.toThrow(/^oh$/);
  expect(await readdir(path)).toEqual(['.gitignore']);
});

test('a second run is refused, and told which one is at work', async () => {
  const { state, path, lock } = await aState();
  await state.exclusively(RUN, async () => {
    await expect(openStateFolder(path, String).exclusively(OTHER, never)).rejects.toMatchObject({
      name: 'BugpruneError',
      code: 'refused',
      message: `Another run is at work: ${RUN} (process ${pid} on ${hostname()}).`,
      hint: `Wait until it has finished. If it is not running any more, delete ${lock} (and ${lock}.takeover, if there is one).`,
    });
    expect(JSON.parse(await readFile(lock, 'utf8')).note).toBe(RUN);
  });
  expect(await state.exclusively(OTHER, () => Promise.resolve('done'))).toBe('done');
});

test('a lock that does not say whose it is is respected', async () => {
  const { state, lock } = await aState();
  await state.exclusively(RUN, () => Promise.resolve());
  await writeFile(lock, '');
  await expect(state.exclusively(RUN, never)).rejects.toMatchObject({
    code: 'refused',
    message: `Another run is at work; ${lock} does not say which.`,
  });
  expect(await readFile(lock, 'utf8')).toBe('');
});

test('who lets go just then is waited for', async () => {
  const { state, lock } = await aState();
  await state.exclusively(RUN, () => Promise.resolve());
  await writeFile(lock, '');
  setTimeout(() => void rm(lock), 30);
  expect(await state.exclusively(RUN, () => Promise.resolve('done'))).toBe('done');
});

describe('another process', () => {
  test('at work keeps us out, and is kept out by us', async () => {
    const { state, path } = await aState();
    const program = await aProgram();
    const holder = await started(program, path, OTHER);
    await expect(state.exclusively(RUN, never)).rejects.toMatchObject({
      code: 'refused',
      message: `Another run is at work: ${OTHER} (process ${holder.child.pid} on ${hostname()}).`,
    });
    holder.child.stdin?.end();
    expect(await holder.ended).toEqual({ code: 0, output: 'at work\n' });
    const refused = await state.exclusively(RUN, async () => (await run(program, path, OTHER)).ended);
    expect(refused).toEqual({ code: 6, output: `Another run is at work: ${RUN} (process ${pid} on ${hostname()}).\n` });
  });

  test('of several that come at once, one is at work', async () => {
    const { path } = await aState();
    const program = await aProgram();
    const all = ['a', 'b', 'c', 'd'].map((tail) => run(program, path, `2026-${tail}`));
    // Whoever was refused has ended; the one at work waits for us.
    await vi.waitFor(() => expect(all.filter(({ child }) => child.exitCode === null)).toHaveLength(1), { timeout: 15_000 });
    for (const { child } of all) child.stdin?.end();
    const codes = await Promise.all(all.map(async ({ ended }) => (await ended).code));
    expect(codes.toSorted()).toEqual([0, 6, 6, 6]);
  });

  test('that was killed keeps nobody out', async () => {
    const { state, path } = await aState();
    const holder = await started(await aProgram(), path, OTHER);
    holder.child.kill('SIGKILL');
    expect((await holder.ended).code).toBeNull();
    expect(await readdir(path)).toContain('lock');
    expect(await state.exclusively(RUN, () => Promise.resolve('done'))).toBe('done');
    expect(await readdir(path)).toEqual(['.gitignore']);
  });
});

/** A program of its own that is at work until its input ends, or tells why it may not be. */
async function aProgram(): Promise<string> {
  const folder = await aFolder();
  const bundle = await rolldown({
    input: fileURLToPath(new URL('../../../src/journal/folder.ts', import.meta.url)),
    platform: 'node',
  });
  await bundle.write({ file: join(folder, 'folder.mjs'), format: 'esm' });
  await bundle.close();
  const program = join(folder, 'program.mjs');
  await writeFile(program, PROGRAM);
  return program;
}

const PROGRAM = `
import { openStateFolder } from './folder.mjs';
const [path, run] = process.argv.slice(2);
try {
  await openStateFolder(path, String).exclusively(run, async () => {
    console.log('at work');
    await new Promise((resolve) => process.stdin.on('end', resolve).resume());
  });
} catch (error) {
  console.log(error.message);
  process.exit(error.code === 'refused' ? 6 : 70);
}
`;

interface Running {
  readonly child: ChildProcess;
  /** Settles when it has said anything. */
  readonly working: Promise<unknown>;
  readonly ended: Promise<{ code: number | null; output: string }>;
}

function run(program: string, path: string, id: string): Running {
  const child = spawn(execPath, [program, path, id], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const working = new Promise((resolve) => child.stdout.once('data', resolve));
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, output })),
  );
  return { child, working, ended };
}

async function started(program: string, path: string, id: string): Promise<Running> {
  const running = run(program, path, id);
  await running.working;
  return running;
}
