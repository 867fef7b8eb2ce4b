import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, readlink, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import { z } from 'zod';
import { systemCode } from './system-error.js';

/**
 * What tells a process from another one that has the same id: since which start of the machine, in which container, and from when on.
 * Only Linux says so (`/proc`); elsewhere the first two are empty and the last one is known of this process alone.
 */
const birthSchema = z.object({ boot: z.string(), space: z.string(), at: z.string() });
type Birth = z.output<typeof birthSchema>;

const holderSchema = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  note: z.string().default(''),
  birth: birthSchema.nullable().default(null),
});

/** Who holds a lock; `note` says what for. */
export type Holder = z.output<typeof holderSchema>;

/** How to ask for a lock: so many times, with a pause between. `mode` is that of the lock file. */
export interface LockRequest {
  readonly note: string;
  readonly mode: number;
  readonly attempts: number;
  pause(): Promise<void>;
}

/** A lock, or who has it; null where the lock does not tell. */
export type Locking =
  | { readonly held: true; release(): Promise<void> }
  | { readonly held: false; readonly holder: Holder | null };

/**
 * Asks for a lock: a file that says who holds it. The lock of a process that no longer lives is taken over; one of another machine or
 * of a container beside ours, whose processes cannot be seen, and one that cannot be read, never is. Where a process id was given away
 * again, the time of its start tells; without `/proc`, a lock stays while any process has that id, unless it is our own: then its
 * holder is gone, for we did not take it. Throws what the file system answers, and what `pause` throws.
 */
export async function acquireLock(lock: string, request: LockRequest): Promise<Locking> {
  const mine = JSON.stringify({ pid, host: hostname(), note: request.note, birth: await ownBirth() } satisfies Holder);
  for (let attempt = 1; !(await create(lock, mine, request.mode)); attempt++) {
    const content = await contentOf(lock);
    const holder = holderOf(content ?? '');
    if (attempt === request.attempts) return { held: false, holder };
    const abandoned = content !== null && holder !== null && (await isAbandoned(holder));
    if (abandoned && (await takeAway(lock, content))) continue;
    await request.pause();
  }
  return { held: true, release: () => release(lock, mine) };
}

/** A lock that somebody deleted by hand may be another one's by now. */
async function release(lock: string, mine: string): Promise<void> {
  if ((await contentOf(lock)) === mine) await rm(lock, { force: true });
}

/** False when somebody else was first. */
async function create(path: string, content: string, mode: number): Promise<boolean> {
  const file = await openNew(path, mode);
  if (!file) return false;
  try {
    await file.writeFile(content);
  } catch (error) {
    // The disk is full: a lock that nobody can read would stay for ever.
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return true;
}

async function openNew(path: string, mode: number): Promise<FileHandle | null> {
  try {
    return await open(path, 'wx', mode);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return null;
    throw error;
  }
}

/** Null when there is no lock any more. */
async function contentOf(lock: string): Promise<string | null> {
  try {
    return await readFile(lock, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function holderOf(content: string): Holder | null {
  try {
    return holderSchema.safeParse(JSON.parse(content)).data ?? null;
  } catch {
    return null;
  }
}

async function isAbandoned({ pid: process, host, birth }: Holder): Promise<boolean> {
  if (host !== hostname()) return false;
  const own = await ownBirth();
  if (birth?.boot && own.boot && birth.boot !== own.boot) return true;
  if (birth && birth.space !== own.space) return false;
  if (process === pid) return birth?.at !== own.at;
  if (!isAlive(process)) return true;
  const started = await startOf(String(process));
  return started !== null && birth !== null && started !== birth.at;
}

/** Signal 0 asks without touching; a process that we may not signal lives too. */
function isAlive(process: number): boolean {
  try {
    return kill(process, 0);
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

let born: Promise<Birth> | undefined;

function ownBirth(): Promise<Birth> {
  born ??= readBirth();
  return born;
}

async function readBirth(): Promise<Birth> {
  const [boot, space, at] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
    startOf('self'),
  ]);
  return { boot: boot.trim(), space, at: at ?? randomUUID() };
}

/**
 * When a process started: the 22nd field of proc_pid_stat(5), whose second one, a name in parentheses, may hold anything. Null where
 * that cannot be read; empty for a process that has ended and that its parent did not fetch yet.
 */
async function startOf(process: string): Promise<string | null> {
  const stat = await readFile(`/proc/${process}/stat`, 'utf8').catch(() => '');
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? '' : (fields[18] ?? null);
}

/**
 * Removes a lock that nobody holds. Of several who saw it only one may, and only while it still is that lock: otherwise the second
 * would remove what the first has just created.
 */
export async function takeAway(lock: string, abandoned: string): Promise<boolean> {
  const guard = `${lock}.takeover`;
  if (!(await create(guard, '', 0o600))) return false;
  try {
    if ((await contentOf(lock)) !== abandoned) return false;
    await rm(lock);
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}
