import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { guardSecrets, type Io, type Output, type Shell } from '../../../src/cli/io.js';
import { run } from '../../../src/cli/main.js';
import type { Bug } from '../../../src/model/bug.js';
import { aBug, memoryTracker } from '../../../src/testing.js';
import type { Tracker, TrackerDescriptor, TrackerEnv } from '../../../src/trackers/tracker.js';

export const NOW = '2026-11-22T09:00:00Z';

/** An output that keeps what was written. */
export interface Kept extends Output {
  text(): string;
}

/** See {@link Kept}. */
export function kept(parts: Partial<Output> = {}): Kept {
  let text = '';
  return {
    write: (more) => {
      text += more;
    },
    flushed: () => Promise.resolve(),
    isTerminal: false,
    width: 80,
    text: () => text,
    ...parts,
  };
}

/** A world of its own: nothing of the process but the file system. */
export function anIo<Parts extends Partial<Io>>(parts: Parts): Io & { readonly out: Kept; readonly err: Kept } & Parts {
  return {
    out: kept(),
    err: kept(),
    variables: {},
    cwd: '/',
    canAsk: false,
    ask: () => Promise.reject(new Error('nobody is there to answer')),
    now: () => new Date(NOW),
    elapsed: () => 0,
    sleep: () => Promise.resolve(),
    run: () => Promise.resolve(null),
    random: () => 'c0ffee',
    stop: new AbortController().signal,
    abort: new AbortController().signal,
    ...parts,
  };
}

/** The same, with the filter for secrets before its outputs. */
export function aShell(io: Io): Shell {
  return guardSecrets(io);
}

/** A folder with these files, gone when the test is over. */
export async function aFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bugprune-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** Bugs as a small backlog has them: one to close, one that needs attention, one that could not be decided, one that is planned. */
export const BUGS: readonly Bug[] = [
  aBug({ ref: 'acme/app#1', title: 'Crash on exit' }),
  aBug({ ref: 'acme/app#2', title: 'Data loss', priority: 'Blocker' }),
  aBug({ ref: 'acme/app#3', title: 'Freeze', history: 'partial' }),
  aBug({ ref: 'acme/app#4', title: 'Typo', targets: [{ name: '2.0', state: 'open' }] }),
];

/** A folder whose `my.yaml` has one tracker, `app`: the given one, or one in memory that holds {@link BUGS}. */
export async function aFolderWith(
  open: (env: TrackerEnv) => Tracker = () => memoryTracker(BUGS, () => NOW),
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const descriptor: TrackerDescriptor = {
    type: 'test',
    settings: z.strictObject({ type: z.literal('test') }),
    recognize: () => null,
    open: (_settings, env) => Promise.resolve(open(env)),
  };
  // The module gets the descriptor that was made here: Node loads it, and knows no TypeScript.
  const key = `bugprune-test-${Math.random()}`;
  Reflect.set(globalThis, key, descriptor);
  onTestFinished(() => void Reflect.deleteProperty(globalThis, key));
  return await aFolder({
    'tracker.mjs': `export default globalThis[${JSON.stringify(key)}];`,
    'my.yaml': 'trackers:\n  app: { type: ./tracker.mjs }\n',
    ...files,
  });
}

/** What a command line led to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program with these arguments. */
export async function runs(args: readonly string[], parts: Partial<Io> = {}): Promise<Ran> {
  const io = anIo(parts);
  const code = await run(args, io);
  return { code, out: io.out.text(), err: io.err.text() };
}
