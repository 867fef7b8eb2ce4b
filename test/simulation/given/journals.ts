import type { RunState } from '../../../src/journal/fold.js';
import type { Year } from './year.js';

/** Looks into the journals: which runs have finished, and which were taken back. */
export async function readJournals({ observer, office }: Year): Promise<readonly RunState[]> {
  const journals = await office.drawer.folder.runs();
  for (const run of observer.runs.values()) {
    run.finished = journals.some(({ header, end }) => header.run === run.id && end === 'finished');
    run.undone = journals.some(({ header, end }) => header.of === run.id && end === 'finished');
  }
  return journals;
}

/** All runs that did not come to their end and that nobody has taken back. */
export async function unfinished(year: Year): Promise<string[]> {
  const journals = await readJournals(year);
  const undone = new Set(journals.map(({ header }) => header.of));
  return journals.flatMap(({ header, end }) =>
    header.kind === 'prune' && end !== 'finished' && !undone.has(header.run) ? [header.run] : [],
  );
}
