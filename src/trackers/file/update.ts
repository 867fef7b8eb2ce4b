import { realpath } from 'node:fs/promises';
import { TrackerError } from '../../errors.js';
import type { Bug } from '../../model/bug.js';
import { asTrackerError } from './failure.js';
import type { SnapshotFile } from './lines.js';
import { withLock } from './lock.js';
import { readBugs, readHeader } from './read.js';
import { writeSnapshot } from './write.js';

/** One bug, open or closed; its tracker is the one of the file. Throws `not-found`. */
export async function findBug(file: SnapshotFile, ref: string, signal: AbortSignal): Promise<Bug> {
  for await (const bugs of readBugs(file, signal)) {
    const bug = bugs.find((candidate) => candidate.ref === ref);
    if (bug) return bug;
  }
  throw new TrackerError('not-found', `${file.shown}: there is no bug ${ref} in this snapshot`);
}

/** How to wait for others who are writing, and how to be stopped. */
export interface Patience {
  readonly signal: AbortSignal;
  pause(): Promise<void>;
}

/**
 * Changes one bug as it is in the file at this moment, and gives it before and after. Nobody else writes meanwhile; a change
 * that gives back the same bug writes nothing. Throws `conflict` when others never finish.
 */
export async function updateBug(
  file: SnapshotFile,
  ref: string,
  { signal, pause }: Patience,
  change: (bug: Bug) => Bug,
): Promise<{ readonly before: Bug; readonly after: Bug }> {
  const real = { ...file, path: await realPath(file) };
  return withLock(real.path, pause, async () => {
    const before = await findBug(real, ref, signal);
    const after = change(before);
    if (after !== before) await writeSnapshot(real.path, await readHeader(real), replaced(real, after, signal));
    return { before, after };
  });
}

/** Two names of one file share one lock. */
async function realPath(file: SnapshotFile): Promise<string> {
  try {
    return await realpath(file.path);
  } catch (error) {
    throw asTrackerError(error, file.shown);
  }
}

async function* replaced(file: SnapshotFile, bug: Bug, signal: AbortSignal): AsyncGenerator<Bug, void, undefined> {
  for await (const bugs of readBugs(file, signal)) for (const other of bugs) yield other.ref === bug.ref ? bug : other;
}
