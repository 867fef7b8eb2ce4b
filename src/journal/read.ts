import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BugpruneError } from '../errors.js';
import { systemCode } from '../system-error.js';
import type { Position } from './encode.js';
import { LineError, onDisk } from './failure.js';
import { FoldError, type RunState, startFold } from './fold.js';
import { readLines } from './lines.js';

/** What an id looks like: `20261122T090000Z-3f9a2c`. It is the name of a file, too. */
export const RUN_ID = /^[0-9A-Za-z-]{1,100}$/;

/** A journal as it is on the disk. `length`: of its good part, in bytes. */
export interface Stored extends Position {
  readonly state: RunState;
  readonly length: number;
}

/** The ids of all journals in a folder, oldest first; none where there is no folder. */
export async function storedIds(folder: string): Promise<string[]> {
  const names = await onDisk('read', folder, () => namesIn(folder));
  return names
    .filter((name) => /^[^.].*\.jsonl$/.test(name))
    .map((name) => name.slice(0, -'.jsonl'.length))
    .toSorted();
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The journal of a run lies in a file that is named after it. */
export const journalPath = (folder: string, run: string): string => join(folder, `${run}.jsonl`);

/**
 * Reads one journal. Null where not even the first line is whole: that run crashed before it changed anything. Throws `usage` for a
 * journal that cannot be trusted.
 */
export async function readJournal(folder: string, run: string): Promise<Stored | null> {
  const path = journalPath(folder, run);
  const text = await onDisk('read', path, () => readFile(path, 'utf8'));
  try {
    return addUp(text, run);
  } catch (error) {
    throw error instanceof LineError ? distrusted(path, run, error) : error;
  }
}

function addUp(text: string, run: string): Stored | null {
  const { lines, sum, length } = readLines(text);
  const [header, ...others] = lines;
  if (!header) return null;
  const folding = startFold(header);
  for (const line of others) folding.add(line);
  const state = folding.state();
  if (state.header.run !== run)
    throw new FoldError(1, `this is the journal of ${state.header.run}; its file is named after another run`);
  return { state, folding, sum, length };
}

function distrusted(path: string, run: string, { line, message }: LineError): BugpruneError {
  const undo = RUN_ID.test(run) ? `The run can be taken back without it: bugprune undo ${run} --from-tracker. ` : '';
  return new BugpruneError('usage', `${path}:${line}: this journal cannot be trusted: ${message}`, {
    hint: `${undo}Moved to another folder, the file is in nobody's way.`,
  });
}
