import { BugpruneError } from '../errors.js';

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
    throw errorCode(error) === undefined ? error : new JournalError(doing, path, error);
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

const CAUSES: Partial<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EEXIST: 'there is a file of that name already',
  ENOTDIR: 'something on the way to it is a file, not a folder',
  EISDIR: 'this is a folder; expected a file',
  ENOENT: 'no such file or folder',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk has failed',
};

function causeInWords(cause: unknown): string {
  const code = errorCode(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  return (code && CAUSES[code]) || code || message;
}

/** The system's name for what went wrong (`ENOENT`); undefined where it was not the system. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}
