import { TrackerError, type TrackerErrorKind } from '../../errors.js';

const KINDS: Partial<Record<string, readonly [kind: TrackerErrorKind, what: string]>> = {
  ENOENT: ['not-found', 'no such file or folder'],
  ENOTDIR: ['not-found', 'no such file or folder'],
  EISDIR: ['validation', 'this is a folder; expected a snapshot file'],
  EACCES: ['permission', 'no permission'],
  EPERM: ['permission', 'no permission'],
  EROFS: ['permission', 'the disk is read-only'],
  ENOSPC: ['unexpected', 'the disk is full'],
};

/**
 * What the file system answered, in the vocabulary of trackers. Whatever does not come from the file system (the bugs that are being
 * written come from another tracker) is given back as it is.
 */
export function asTrackerError(error: unknown, shown: string): unknown {
  const code = errorCode(error);
  const known = code === undefined ? undefined : KINDS[code];
  if (!known && !(error instanceof Error && 'path' in error)) return error;
  const [kind, what] = known ?? ['unexpected', code ?? 'failed'];
  return new TrackerError(kind, `${shown}: ${what}`, { cause: error, hint: kind === 'not-found' ? MAKE_ONE : undefined });
}

/** The way to a good snapshot. */
export const MAKE_ONE = 'A snapshot is made with: bugprune snapshot <source> -o FILE';

/** A line that is not what it should be, named so that an editor can open it. */
export function damagedLine(shown: string, line: number, problem: string, hint: string): TrackerError {
  return new TrackerError('validation', `${shown}:${line}: ${problem}`, { hint });
}

/** The system's name for what went wrong (`ENOENT`); undefined where it was not the system. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
