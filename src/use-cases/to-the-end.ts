import { JournalError } from '../journal/failure.js';
import type { Journal } from '../journal/journal.js';
import type { Instant } from '../model/instant.js';
import type { World } from './collect.js';

/** Where and when a run is written down. */
interface Recorded {
  readonly journal: Journal;
  readonly world: World;
  /** The clock of the journal. */
  readonly clock: () => Instant;
}

/**
 * Does the work of a run and closes its journal with how it ended; `work` says whether it gave up on some bugs. Gives the failure of a
 * journal that could not be written any more, at which the work stopped; null when it came to its end.
 */
export async function toTheEnd({ journal, world, clock }: Recorded, work: () => Promise<boolean>): Promise<JournalError | null> {
  try {
    const gaveUp = await work();
    const reason = world.signal.aborted ? 'interrupted' : gaveUp ? 'failed' : 'finished';
    await journal.append({ line: 'end', at: clock(), reason });
  } catch (error) {
    if (error instanceof JournalError) return error;
    if (!isPauseCutShort(error, world)) throw error;
    await journal.append({ line: 'end', at: clock(), reason: 'interrupted' });
  }
  return null;
}

/** The first Ctrl-C ends a long pause, and leaves nothing of it to be finished. */
function isPauseCutShort(error: unknown, { signal, abort }: World): boolean {
  return signal.aborted && !abort.aborted && error instanceof Error && error.name === 'AbortError';
}
