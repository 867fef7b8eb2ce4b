import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import { z } from 'zod';
import { TrackerError } from '../../errors.js';
import { asTrackerError, errorCode } from './failure.js';

const ATTEMPTS = 200;

const holderSchema = z.strictObject({ pid: z.number().int().positive(), host: z.string() });

/**
 * Does a task while holding `path.lock`, which says who holds it; others wait their turn with `pause`, 200 times at most, and then
 * throw `conflict`. A lock whose process no longer lives is taken over; one of another machine, or one that cannot be read, never is.
 */
export async function withLock<T>(path: string, pause: () => Promise<void>, task: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  await acquire(lock, pause);
  try {
    return await task();
  } finally {
    await rm(lock, { force: true });
  }
}

async function acquire(lock: string, pause: () => Promise<void>): Promise<void> {
  for (let attempt = 1; !(await create(lock)); attempt++) {
    const content = await contentOf(lock);
    if (attempt === ATTEMPTS) throw inUse(lock, content);
    if (content !== null && isAbandoned(content) && (await takeAway(lock, content))) continue;
    await pause();
  }
}

/** False when somebody else was first. */
async function create(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(JSON.stringify({ pid, host: hostname() }));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw asTrackerError(error, path);
  }
}

/** Null when there is no lock any more. */
async function contentOf(lock: string): Promise<string | null> {
  try {
    return await readFile(lock, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw asTrackerError(error, lock);
  }
}

function holderOf(content: string): z.output<typeof holderSchema> | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(content)).data;
  } catch {
    return undefined;
  }
}

function isAbandoned(content: string): boolean {
  const holder = holderOf(content);
  return holder !== undefined && holder.host === hostname() && !isAlive(holder.pid);
}

/** Signal 0 asks without touching; a process that we may not signal lives too. */
function isAlive(process: number): boolean {
  try {
    return kill(process, 0);
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/**
 * Removes a lock that nobody holds. Of several who saw it only one may, and only while it still is that lock: otherwise the second
 * would remove what the first has just created.
 */
export async function takeAway(lock: string, abandoned: string): Promise<boolean> {
  const guard = `${lock}.takeover`;
  if (!(await create(guard))) return false;
  try {
    if ((await contentOf(lock)) !== abandoned) return false;
    await rm(lock);
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

function inUse(lock: string, content: string | null): TrackerError {
  const holder = holderOf(content ?? '');
  const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
  const hint = `Wait until it has finished. If it is not running any more, delete ${lock} (and ${lock}.takeover, if there is one).`;
  return new TrackerError('conflict', `${lock}: ${who} is writing to this snapshot`, { hint });
}
