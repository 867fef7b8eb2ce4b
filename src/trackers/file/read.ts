import { TrackerError } from '../../errors.js';
import type { Bug } from '../../model/bug.js';
import { systemCode } from '../../system-error.js';
import { asTrackerError, damagedLine, MAKE_ONE } from './failure.js';
import { parseBug, parseHeader, type SnapshotHeader } from './format.js';
import { type LineBatch, readLines, type SnapshotFile } from './lines.js';
import { refMemory } from './seen.js';

/** The header alone. Throws what {@link readBugs} throws. */
export async function readHeader(file: SnapshotFile): Promise<SnapshotHeader> {
  try {
    for await (const { lines } of readLines(file)) return headerOf(file, lines[0]);
  } catch (error) {
    throw asTrackerError(error, file.shown);
  }
  throw empty(file);
}

/**
 * The header of a file that may not be there; null where it is not, or where nothing stands in it. `torn`: half a line is nothing. Throws
 * what {@link readBugs} throws for anything else.
 */
export async function standingHeader(file: SnapshotFile, torn: boolean): Promise<SnapshotHeader | null> {
  try {
    for await (const { lines, ended } of readLines(file)) return torn && !ended ? null : headerOf(file, lines[0]);
    return null;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw asTrackerError(error, file.shown);
  }
}

/**
 * All bugs, in batches of some hundred. Throws a {@link TrackerError}: `validation` with file, line and a hint for anything that is
 * not a whole snapshot, `not-found` and `permission` for a file that cannot be opened; and the signal's reason.
 */
export async function* readBugs(file: SnapshotFile, signal: AbortSignal): AsyncGenerator<Bug[], void, undefined> {
  const isNew = refMemory();
  let headed = false;
  try {
    signal.throwIfAborted();
    for await (const batch of readLines(file)) {
      signal.throwIfAborted();
      if (!headed) headerOf(file, batch.lines[0]);
      const { first, lines } = batch;
      yield bugsOf(file, headed ? batch : { ...batch, first: first + 1, lines: lines.slice(1) }, isNew);
      headed = true;
    }
  } catch (error) {
    throw asTrackerError(error, file.shown);
  }
  if (!headed) throw empty(file);
}

/** The header in the first line. Some editors put a byte order mark at the beginning. Throws `validation`. */
export function headerOf(file: SnapshotFile, line = ''): SnapshotHeader {
  const header = parseHeader(line.replace(/^\ufeff/, ''));
  if ('value' in header) return header.value;
  throw damagedLine(file.shown, 1, header.problem, header.hint);
}

function bugsOf(file: SnapshotFile, batch: LineBatch, isNew: (ref: string) => boolean): Bug[] {
  const bugs: Bug[] = [];
  for (const [index, line] of batch.lines.entries()) {
    if (isEmpty(line)) continue;
    const bug = bugOf(file, batch.first + index, line, batch.ended);
    if (!isNew(bug.ref)) {
      const hint = `Keep the line that is right, delete the other. ${MAKE_ONE}`;
      throw damagedLine(file.shown, batch.first + index, `${bug.ref} was in an earlier line already`, hint);
    }
    bugs.push(bug);
  }
  return bugs;
}

/** Whether nothing stands in a line, as between bugs it may. */
export function isEmpty(line: string): boolean {
  return line === '' || line === '\r';
}

/** The bug in a line. `ended`: a line break follows. Throws `validation` with its number. */
export function bugOf(file: SnapshotFile, number: number, line: string, ended: boolean): Bug {
  const bug = parseBug(line);
  if ('value' in bug) return bug.value;
  const cutOff = bug.broken && !ended;
  throw damagedLine(file.shown, number, cutOff ? 'cut off: the file ends within this line' : bug.problem, bug.hint);
}

function empty(file: SnapshotFile): TrackerError {
  return new TrackerError('validation', `${file.shown}: the file is empty; expected a snapshot`, { hint: MAKE_ONE });
}
