import { BugpruneError, TrackerError } from '../../errors.js';
import type { SnapshotHeader } from '../../trackers/file/format.js';
import type { SnapshotFile } from '../../trackers/file/lines.js';
import { standingHeader } from '../../trackers/file/read.js';

/** The file that is to be written, and the one beside it that holds what was read when a run was cut short. */
export interface Target {
  readonly file: SnapshotFile;
  readonly part: SnapshotFile;
}

/** What stands there already; null where nothing does. */
export interface Standing {
  readonly file: SnapshotHeader | null;
  readonly part: SnapshotHeader | null;
}

/** The target for a path. */
export function targetAt(file: SnapshotFile): Target {
  return { file, part: { path: `${file.path}.part`, shown: `${file.shown}.part` } };
}

const ELSEWHERE = 'Choose another file, or delete this one first.';

/** Looks at what stands there. Throws `usage` for what is no snapshot, and where the closed bugs of one would be lost. */
export async function standingAt({ file, part }: Target, all: boolean): Promise<Standing> {
  const standing = {
    file: await notOverwriting(standingHeader(file, false), ELSEWHERE),
    part: await notOverwriting(standingHeader(part, true), beginAnew(part)),
  };
  for (const [{ shown }, header] of both({ file, part }, standing)) {
    if (all || header?.scope !== 'all') continue;
    throw new BugpruneError('usage', `${shown} holds closed bugs too, which a snapshot of the open ones would lose.`, {
      hint: 'To bring it up to date: the same command with --all. For the open bugs only: choose another file.',
    });
  }
  return standing;
}

/** Throws `usage` for a snapshot of another source than is to be read now, and for a half one that was read in another way. */
export function refuseOthers(target: Target, standing: Standing, now: SnapshotHeader): void {
  for (const [{ shown }, header] of both(target, standing)) {
    if (!header || header.source === now.source) continue;
    const hint = shown === target.part.shown ? beginAnew(target.part) : ELSEWHERE;
    throw new BugpruneError('usage', `${shown} is a snapshot of ${header.source}, not of ${now.source}. It is not overwritten.`, {
      hint,
    });
  }
  const change = standing.part && changeSince(standing.part, now);
  if (!change) return;
  throw new BugpruneError('usage', `${target.part.shown} holds what was read before somebody stopped it, and ${change} since.`, {
    hint: beginAnew(target.part),
  });
}

/** Why what was read under one header is not what would be read under another; null where it would. */
export function changeSince(before: SnapshotHeader, now: SnapshotHeader): string | null {
  if (before.settings !== now.settings) return 'the settings of the tracker have changed';
  return before.account === now.account ? null : `the account has changed from ${before.account} to ${now.account}`;
}

/** Something that is not what it should be stays what it is. Throws `usage` instead of `validation`. */
export async function notOverwriting<T>(reading: Promise<T>, hint: string): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof TrackerError) || error.kind !== 'validation') throw error;
    throw new BugpruneError('usage', `${error.message}. It is not overwritten.`, { hint, cause: error });
  }
}

/** How to get rid of a half snapshot that is in the way. */
export function beginAnew({ shown }: SnapshotFile): string {
  return `To begin anew, delete ${shown}.`;
}

function both(target: Target, standing: Standing): [SnapshotFile, SnapshotHeader | null][] {
  return [
    [target.file, standing.file],
    [target.part, standing.part],
  ];
}
