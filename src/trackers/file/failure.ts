import { TrackerError, type TrackerErrorKind } from '../../errors.js';
import { causeInWords, systemCode } from '../../system-error.js';

const KINDS: Partial<Record<string, TrackerErrorKind>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  EISDIR: 'validation',
  EACCES: 'permission',
  EPERM: 'permission',
  EROFS: 'permission',
  ENOSPC: 'unexpected',
};

/**
 * What the file system answered, in the vocabulary of trackers. Whatever does not come from the file system (the bugs that are being
 * written come from another tracker) is given back as it is.
 */
export function asTrackerError(error: unknown, shown: string): unknown {
  const code = systemCode(error);
  const known = code === undefined ? undefined : KINDS[code];
  if (!known && !(error instanceof Error && 'path' in error)) return error;
  const kind = known ?? 'unexpected';
  return new TrackerError(kind, `${shown}: ${causeInWords(error)}`, {
    cause: error,
    hint: kind === 'not-found' ? MAKE_ONE : undefined,
  });
}

/** The way to a good snapshot. */
export const MAKE_ONE = 'A snapshot is made with: bugprune snapshot <source> -o FILE';

/** A line that is not what it should be, named so that an editor can open it. */
export function damagedLine(shown: string, line: number, problem: string, hint: string): TrackerError {
  return new TrackerError('validation', `${shown}:${line}: ${problem}`, { hint });
}
