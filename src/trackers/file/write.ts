import { randomUUID } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TrackerError } from '../../errors.js';
import type { Bug } from '../../model/bug.js';
import { systemCode } from '../../system-error.js';
import { asTrackerError } from './failure.js';
import { formatLine, type SnapshotHeader } from './format.js';
import { refMemory } from './seen.js';

const CHUNK = 256 * 1024;

/**
 * Writes a snapshot and gives the number of bugs in it. Whole or not at all: the lines go to a temporary file beside `path`, which
 * takes its place, keeping its permissions, when everything is on the disk. Bugs are written as they come, and an error of theirs
 * is passed on. Throws `validation` for a ref that comes twice, since no snapshot may hold one, and what the file system answers
 * as a {@link TrackerError}. Takes no lock.
 */
export async function writeSnapshot(
  path: string,
  header: SnapshotHeader,
  bugs: AsyncIterable<Bug> | Iterable<Bug>,
): Promise<number> {
  try {
    const real = await realPathOf(path);
    return await replace(real, (file) => writeLines(file, header, bugs));
  } catch (error) {
    throw asTrackerError(error, path);
  }
}

/** Where a file really lies, whether or not it is there. A link stays a link: it is the file behind it that is replaced. */
export async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return path;
    throw error;
  }
}

async function replace<T>(path: string, write: (file: FileHandle) => Promise<T>): Promise<T> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const result = await fill(temporary, await modeOf(path), write);
    await rename(temporary, path);
    return result;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function fill<T>(path: string, mode: number | undefined, write: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'wx', mode);
  try {
    if (mode !== undefined) await file.chmod(mode);
    const result = await write(file);
    await file.sync();
    return result;
  } finally {
    await file.close();
  }
}

/** The permissions of a file; undefined where there is none. */
export async function modeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode & 0o777;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeLines(file: FileHandle, header: SnapshotHeader, bugs: AsyncIterable<Bug> | Iterable<Bug>): Promise<number> {
  const isNew = refMemory();
  let count = 0;
  let pending = `${formatLine(header)}\n`;
  for await (const bug of bugs) {
    if (!isNew(bug.ref)) throw new TrackerError('validation', `${bug.ref} came twice; a snapshot holds every bug once`);
    pending += `${formatLine(bug)}\n`;
    count++;
    if (pending.length < CHUNK) continue;
    await file.writeFile(pending);
    pending = '';
  }
  await file.writeFile(pending);
  return count;
}
