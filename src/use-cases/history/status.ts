import type { Outcome } from '../../journal/document.js';
import type { BugState } from '../../journal/fold.js';

/** What became of a bug. */
export type Status = Outcome['status'];

/** What became of a bug in a run, as far as its journal knows: a crash may have cut off the outcome of a closing that is known to be done. */
export function statusOf({ outcome, done }: BugState): Status | null {
  return outcome?.status ?? (done.includes('close') ? 'closed' : null);
}
