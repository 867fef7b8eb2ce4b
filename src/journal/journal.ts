import type { JournalLine, RunHeader } from './document.js';
import type { RunState } from './fold.js';

/** The journal of one run, open for writing. */
export interface Journal {
  readonly run: string;
  /** Adds lines, and resolves when they are on the disk. Throws {@link JournalError}: then nothing more may be written to a tracker. */
  append(...lines: readonly JournalLine[]): Promise<void>;
  close(): Promise<void>;
}

/** The folder that holds the journals of all runs: `.bugprune`. */
export interface StateFolder {
  /** As people would name it. */
  readonly path: string;
  /** All runs, oldest first; none where there is no folder. Throws `usage` for a journal that cannot be trusted, with file and line. */
  runs(): Promise<RunState[]>;
  /** One run. Throws `usage` when there is none of that id, and says which there are. */
  find(run: string): Promise<RunState>;
  /** Starts the journal of a new run with these lines. Throws {@link JournalError} when the folder cannot be written. */
  begin(header: RunHeader, ...lines: readonly JournalLine[]): Promise<Journal>;
  /** Opens the journal of a run that is to go on, without the half line that a crash may have left. */
  reopen(run: string): Promise<{ readonly state: RunState; readonly journal: Journal }>;
  /**
   * Does a task while nobody else may: one run at a time. Throws `refused` with the id of the run that is at work; the lock of a
   * process that no longer lives is taken over.
   */
  exclusively<Result>(run: string, task: () => Promise<Result>): Promise<Result>;
}
