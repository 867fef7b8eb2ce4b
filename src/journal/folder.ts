import { join } from 'node:path';
import { BugpruneError } from '../errors.js';
import { encoder } from './encode.js';
import { exclusively } from './exclusive.js';
import type { RunState } from './fold.js';
import type { StateFolder } from './journal.js';
import { journalPath, RUN_ID, readJournal, type Stored, storedIds } from './read.js';
import { createJournal, journalOn, makeStateFolder, openJournal } from './write.js';

/**
 * The folder that holds the journals of all runs, each in `runs/RUN.jsonl`, beside the lock. Touches nothing until it is asked to.
 * `clean` takes the secrets out of a text: none may reach the disk.
 */
export function openStateFolder(path: string, clean: (text: string) => string): StateFolder {
  const folder = join(path, 'runs');
  return {
    path,
    runs: () => allRuns(folder),
    find: async (run) => (await stored(folder, run)).state,
    begin: async (header, ...lines) => {
      const run = clean(header.run);
      if (!RUN_ID.test(run)) throw new BugpruneError('usage', `"${run}" is no id of a run.`);
      const encode = encoder(null, clean);
      const text = encode([header, ...lines]);
      await makeStateFolder(path);
      const file = journalPath(folder, run);
      return journalOn(await createJournal(file, text), file, run, encode);
    },
    reopen: async (run) => {
      const before = await stored(folder, run);
      const file = journalPath(folder, run);
      const handle = await openJournal(file, before.length);
      return { state: before.state, journal: journalOn(handle, file, run, encoder(before, clean)) };
    },
    exclusively: (run, task) => exclusively(path, run, task),
  };
}

async function allRuns(folder: string): Promise<RunState[]> {
  const all: RunState[] = [];
  for (const id of await storedIds(folder)) {
    const journal = await readJournal(folder, id);
    if (journal) all.push(journal.state);
  }
  return all.toSorted((a, b) => compare(a.header.startedAt, b.header.startedAt) || compare(a.header.run, b.header.run));
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Looks among the files that there are, so that nothing a person types becomes a path. */
async function stored(folder: string, run: string): Promise<Stored> {
  const ids = await storedIds(folder);
  const journal = ids.includes(run) ? await readJournal(folder, run) : null;
  if (journal) return journal;
  const latest = ids
    .filter((id) => id !== run)
    .slice(-MOST)
    .toReversed();
  throw new BugpruneError('usage', `There is no run "${run}" in ${folder}.`, {
    hint: latest.length > 0 ? `The latest ones: ${latest.join(', ')}` : 'There is no run at all.',
  });
}

/** So many ids are enough to see which one was meant. */
const MOST = 5;
