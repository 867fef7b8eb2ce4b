import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { spyOnFiles } from '../../unit/journal/disk.js';
import { cutter } from './cut.js';
import type { Place } from './place.js';

/** A process that has ended. */
const { pid: DEAD } = spawnSync(process.execPath, ['--version']);

/**
 * Gives a command within this process that stops for ever at a line of its journal, as if it had been killed: it does nothing more, not
 * even tidy up, and what it held is held by a process that is no more. False when the command ended before it came there.
 */
export async function frozenAtLine(
  place: Place,
  line: number,
  how: 'torn' | 'after',
  words: readonly string[],
): Promise<boolean> {
  const cutOf = cutter(line, how);
  return await frozen(place, words, cutOf);
}

/** The same at a write to the tracker, before it takes effect or before its answer arrives. */
export async function frozenAtWrite(
  place: Place,
  nth: number,
  drop: 'before' | 'after',
  words: readonly string[],
): Promise<boolean> {
  let isDead = false;
  place.line.listen((count) => {
    if (count !== nth) return undefined;
    isDead = true;
    place.line.cut();
    return { drop };
  });
  // What the program makes of the silence is what a dead process would not have written.
  const isFrozen = await frozen(place, words, () => (isDead ? 0 : null));
  place.line.listen();
  return isFrozen;
}

async function frozen(place: Place, words: readonly string[], cutOf: (text: string) => number | null): Promise<boolean> {
  const { spy, original } = await spyOnFiles('appendFile');
  const atThatPoint = new Promise<'frozen'>((resolve) => {
    spy.mockImplementation(async function (this: FileHandle, data) {
      const text = String(data);
      const cut = cutOf(text);
      if (cut === null) return original.call(this, data);
      await original.call(this, text.slice(0, cut));
      await this.close();
      resolve('frozen');
      return new Promise<never>(() => undefined);
    });
  });
  const end = await Promise.race([atThatPoint, place.run(...words)]);
  spy.mockRestore();
  if (end !== 'frozen') return false;
  const lock = join(place.folder, '.bugprune', 'lock');
  writeFileSync(lock, JSON.stringify({ ...JSON.parse(readFileSync(lock, 'utf8')), pid: DEAD }));
  return true;
}
