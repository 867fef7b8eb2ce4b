import type { Receipt } from '../trackers/tracker.js';
import type { ReportBug } from '../report/document.js';
import type { JournalLine, Outcome, RunHeader, Step, TakeBack } from './document.js';

/** Where a run stands with one of its bugs. */
export interface BugState {
  readonly tracker: string;
  readonly ref: string;
  /** What was to be done: a proposal of a prune, or what an undo takes back. */
  readonly plan: ReportBug | TakeBack;
  /** Of what is known to have been written, in that order. */
  readonly receipts: readonly Receipt[];
  /** The steps known to be done. */
  readonly done: readonly Step[];
  /** The write that was announced and of which nobody knows what became. */
  readonly pending: Step | null;
  /** The latest; null where its turn has not come, or was cut short. */
  readonly outcome: Outcome | null;
}

/** Where a run stands: all that its journal says. */
export interface RunState {
  readonly header: RunHeader;
  /** In the order of the plan. */
  readonly bugs: readonly BugState[];
  /** null: it crashed, or is still at work. */
  readonly end: 'finished' | 'interrupted' | 'failed' | null;
  /** The latest instant in the journal. */
  readonly lastAt: string;
}

/** What a journal's lines add up to. Pure. Throws a {@link FoldError} with the line that cannot follow those before it. */
export declare function fold(lines: readonly JournalLine[]): RunState;
