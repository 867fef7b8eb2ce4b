import { BugpruneError } from '../errors.js';
import type { RunState } from '../journal/fold.js';
import type { StateFolder } from '../journal/journal.js';
import type { Shell } from './io.js';
import { tellFailure } from './tell.js';

/** Past runs say what is usual. A dry run goes without them where they cannot be read; a prune refuses. */
export async function earlierRuns(state: StateFolder, io: Shell): Promise<readonly RunState[]> {
  try {
    return await state.runs();
  } catch (error) {
    if (!(error instanceof BugpruneError)) throw error;
    tellFailure(error, io);
    return [];
  }
}
