import { type FileHandle, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../system-error.js';
import type { Encode } from './encode.js';
import { onDisk } from './failure.js';
import type { Journal } from './journal.js';

/** Journals tell of bugs that not everybody may see. */
const FOLDER_MODE = 0o700;
export const FILE_MODE = 0o600;

/** Makes the folder that holds all journals, as far as it is not there. Everything in it may be committed but the lock. */
export async function makeStateFolder(path: string): Promise<void> {
  await onDisk('written', path, () => mkdir(path, { recursive: true, mode: FOLDER_MODE }));
  const ignore = join(path, '.gitignore');
  await onDisk('written', ignore, () =>
    unlessThere(writeFile(ignore, '/lock\n/lock.takeover\n', { flag: 'wx', mode: FILE_MODE })),
  );
}

async function unlessThere(writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/**
 * Makes a journal that is not there yet, with this text in it, and opens it. The text appears as a whole: half a plan, left by a crash,
 * would pass for a plan. A journal that cannot be begun leaves no file behind.
 */
export function createJournal(path: string, text: string): Promise<FileHandle> {
  const folder = dirname(path);
  return onDisk('written', path, async () => {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    // An empty journal counts for nothing, and keeps the name.
    await (await open(path, 'wx', FILE_MODE)).close();
    try {
      return await fill(join(folder, `.${basename(path)}`), path, text);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  });
}

/** Writes a draft and gives it its name, under which it stays open. */
async function fill(draft: string, path: string, text: string): Promise<FileHandle> {
  const file = await open(draft, 'ax', FILE_MODE);
  try {
    await file.appendFile(text);
    await file.sync();
    await rename(draft, path);
    const folder = dirname(path);
    for (const one of [folder, dirname(folder), dirname(dirname(folder))]) await syncFolder(one);
    return file;
  } catch (error) {
    await file.close();
    await rm(draft, { force: true });
    throw error;
  }
}

/** Opens a journal that is there, and cuts off what stands behind its good part. */
export function openJournal(path: string, length: number): Promise<FileHandle> {
  return onDisk('written', path, async () => {
    const file = await open(path, 'a');
    try {
      await file.truncate(length);
      await file.sync();
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  });
}

/** Without this, a file may be gone after a loss of power. Windows cannot do it, and some file systems do not know it. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  try {
    await folder?.sync();
  } catch (error) {
    if (systemCode(error) !== 'EINVAL') throw error;
  } finally {
    await folder?.close();
  }
}

/** A journal on an open file. Once a line could not be written, none can: nobody knows what the file looks like behind it. */
export function journalOn(file: FileHandle, path: string, run: string, encode: Encode): Journal {
  const write = (text: string) =>
    onDisk('written', path, async () => {
      await file.appendFile(text);
      await file.datasync();
    });
  let last: Promise<void> = Promise.resolve();
  return {
    run,
    append: (...lines) => {
      last = last.then(() => write(encode(lines)));
      return last;
    },
    close: async () => {
      await last.catch(() => {});
      await onDisk('written', path, () => file.close());
    },
  };
}
