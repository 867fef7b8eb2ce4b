import { type FileHandle, open } from 'node:fs/promises';
import { execPath } from 'node:process';
import { onTestFinished, vi } from 'vitest';

/** What the file system says in code. */
export const systemError = (code: string) =>
  Object.assign(new Error(`${code}: it does not work, write`), { code, syscall: 'write' });

/** Puts a spy before a method of every open file. */
export async function spyOnFiles<Name extends 'appendFile' | 'datasync' | 'sync'>(name: Name) {
  const file = await open(execPath);
  const prototype: FileHandle = Object.getPrototypeOf(file);
  await file.close();
  const original = prototype[name];
  const spy = vi.spyOn(prototype, name);
  onTestFinished(() => spy.mockRestore());
  return { spy, original };
}

/** From now on so many characters fit on the disk, and not one more, until it is emptied. */
export async function fillDisk(room: number): Promise<{ empty(): void }> {
  let left = room;
  const { spy, original } = await spyOnFiles('appendFile');
  spy.mockImplementation(async function (this: FileHandle, data) {
    const text = String(data);
    await original.call(this, text.slice(0, left));
    if (text.length > left) throw systemError('ENOSPC');
    left -= text.length;
  });
  return { empty: () => spy.mockRestore() };
}
