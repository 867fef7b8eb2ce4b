import { type FileHandle, open } from 'node:fs/promises';
import { TrackerError } from '../../errors.js';
import type { Bug } from '../../model/bug.js';
import { asTrackerError } from './failure.js';
import { parseBug, type SnapshotHeader } from './format.js';
import { type LineBatch, readLines, type SnapshotFile } from './lines.js';
import { bugOf, headerOf, isEmpty } from './read.js';

/** Where a line stands in a file, in bytes. Whoever keeps places instead of bugs needs little memory for many. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** A bug, and where it stands. */
export interface Placed {
  readonly bug: Bug;
  readonly place: Place;
}

/** Some bugs of a file with their places. `end`: the byte behind the last of these lines. */
export interface PlacedBatch {
  readonly header: SnapshotHeader;
  readonly bugs: readonly Placed[];
  readonly end: number;
}

/**
 * All bugs of a file with their places; a ref may come again. `torn`: the file was being written when somebody was interrupted, so that a
 * last line without a line break is left out. Gives nothing for a file without a line. Throws what `readBugs` throws.
 */
export async function* readPlaces(
  file: SnapshotFile,
  { torn, signal }: { readonly torn: boolean; readonly signal: AbortSignal },
): AsyncGenerator<PlacedBatch, void, undefined> {
  let header: SnapshotHeader | null = null;
  let end = 0;
  try {
    for await (const batch of readLines(file)) {
      signal.throwIfAborted();
      if (torn && !batch.ended) return;
      const isFirst = header === null;
      header ??= headerOf(file, batch.lines[0]);
      const placed = placesIn(file, batch, end, isFirst);
      end = placed.end;
      yield { header, ...placed };
    }
  } catch (error) {
    throw asTrackerError(error, file.shown);
  }
}

function placesIn(file: SnapshotFile, batch: LineBatch, start: number, withHeader: boolean): Omit<PlacedBatch, 'header'> {
  const bugs: Placed[] = [];
  let offset = start;
  for (const [index, line] of batch.lines.entries()) {
    const length = Buffer.byteLength(line);
    const isBug = !isEmpty(line) && !(withHeader && index === 0);
    if (isBug) bugs.push({ bug: bugOf(file, batch.first + index, line, batch.ended), place: { offset, length } });
    offset += length + 1;
  }
  return { bugs, end: offset };
}

/** A file whose bugs can be read wherever they stand, even when another file takes its place meanwhile. */
export interface OpenPlaces {
  read(place: Place): Promise<Bug>;
  close(): Promise<void>;
}

/** Opens a file for {@link bugAt}. Throws what the file system answers as a TrackerError. */
export async function openPlaces({ path, shown }: SnapshotFile): Promise<OpenPlaces> {
  const handle = await open(path).catch((error: unknown) => {
    throw asTrackerError(error, shown);
  });
  return { read: (place) => bugAt(handle, shown, place), close: () => handle.close() };
}

/** The bug that stands at a place. Throws `validation` where none does: the file is not the one that the place was found in. */
export async function bugAt(handle: FileHandle, shown: string, { offset, length }: Place): Promise<Bug> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await handle.read(buffer, 0, length, offset);
  const bug = parseBug(buffer.toString('utf8', 0, bytesRead));
  if ('value' in bug) return bug.value;
  throw new TrackerError('validation', `${shown} has changed while it was read: at byte ${offset}: ${bug.problem}`);
}
