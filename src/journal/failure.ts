import { BugpruneError } from '../errors.js';
import { causeInWords, systemCode } from '../system-error.js';

/** The disk does not do what a journal needs: it is full, read-only, not ours. */
export class JournalError extends BugpruneError {
  override readonly name = 'JournalError';

  constructor(doing: 'read' | 'written', path: string, cause: unknown) {
    const hint = 'Check it, or keep the journals of runs in another folder: --state-dir DIR';
    super('usage', `The journal cannot be ${doing}: ${path}: ${causeInWords(cause)}`, { hint, cause });
  }
}

/** Does something on the disk. What the file system answers becomes a {@link JournalError} that names the path. */
export async function onDisk<T>(doing: 'read' | 'written', path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw systemCode(error) === undefined ? error : new JournalError(doing, path, error);
  }
}

/** A line of a journal that is wrong, and what is wrong with it; lines count from 1. */
export class LineError extends Error {
  override readonly name: string = 'LineError';
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.line = line;
  }
}
