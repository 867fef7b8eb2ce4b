import type { Receipt } from '../trackers/tracker.js';
import type { Step } from './document.js';
import type { BugState, RunState } from './fold.js';

/** The undos of a run, oldest first, whatever became of them. */
export function undosOf(runs: readonly RunState[], run: string): RunState[] {
  return runs.filter(({ header }) => header.kind === 'undo' && header.of === run);
}

/** The id of the latest undo that was begun on a run, finished or not; null when there is none. */
export function undoneBy(runs: readonly RunState[], run: string): string | null {
  return undosOf(runs, run).at(-1)?.header.run ?? null;
}

/** Whether a run did anything to this bug, or may have. */
export function isTouched({ receipts, pending }: BugState): boolean {
  return receipts.length > 0 || pending !== null;
}

/** Whether nothing is left to take back of a prune: see {@link isSettled}. */
export function isTakenBack(runs: readonly RunState[], { header, bugs }: RunState): boolean {
  const undos = undosOf(runs, header.run);
  return bugs.filter(isTouched).every((bug) => isSettled(undos, bug));
}

/** Whether one of a run's undos, the latest that had to do with this bug, took it back or found why it never will be. */
export function isSettled(undos: readonly RunState[], bug: Pick<BugState, 'tracker' | 'ref'>): boolean {
  const status = statesOf(undos, bug).at(-1)?.outcome?.status;
  return status === 'taken-back' || status === 'left';
}

/** What the undos of a run did to one bug. */
export interface Earlier {
  readonly done: ReadonlySet<Step>;
  /** Announced, and nobody knows what became of it. */
  readonly pending: ReadonlySet<Step>;
  /** One of them took everything back. */
  readonly finished: boolean;
}

/** Adds up what the given undos did to a bug. */
export function earlierOn(undos: readonly RunState[], bug: Pick<BugState, 'tracker' | 'ref'>): Earlier {
  const states = statesOf(undos, bug);
  const done = new Set(states.flatMap((state) => state.done));
  const pending = states.flatMap((state) => state.pending ?? []);
  return {
    done,
    pending: new Set(pending.filter((step) => !done.has(step))),
    finished: states.some(({ outcome }) => outcome?.status === 'taken-back'),
  };
}

/** What the run had done to a bug, as the latest of its undos found out: nobody may find that out again once the bug is open. */
export function foundBefore(undos: readonly RunState[], bug: Pick<BugState, 'tracker' | 'ref'>): readonly Receipt[] {
  const plan = statesOf(undos, bug).at(-1)?.plan;
  return plan && 'receipts' in plan ? plan.receipts : [];
}

function statesOf(undos: readonly RunState[], { tracker, ref }: Pick<BugState, 'tracker' | 'ref'>): BugState[] {
  return undos.flatMap(({ bugs }) => bugs.filter((state) => state.tracker === tracker && state.ref === ref));
}
