import { type FileHandle, open } from 'node:fs/promises';
import type { Bug } from '../../model/bug.js';
import { asTrackerError } from './failure.js';
import { formatLine, type SnapshotHeader } from './format.js';
import type { SnapshotFile } from './lines.js';
import { bugAt, type Place } from './places.js';

/** What is written at once. */
const CHUNK = 256 * 1024;

/**
 * A snapshot that grows at its end, so that whatever interrupts it takes no more than the last lines. A bug that comes again replaces what
 * was written of it before. Everything throws what the file system answers as a TrackerError.
 */
export interface Part {
  /** Adds a bug; it is on its way to the file, which {@link Part.flush} waits for. */
  append(bug: Bug): Promise<Place>;
  flush(): Promise<void>;
  read(place: Place): Promise<Bug>;
  close(): Promise<void>;
}

/** What a part begins with: an end of what there is, behind which all is cut off; or, with 0, a header for a new one. */
export interface Beginning {
  readonly end: number;
  readonly header: SnapshotHeader;
  /** The permissions of a new one; undefined for the usual ones. */
  readonly mode: number | undefined;
}

/** Opens a part to go on with it, or makes one. */
export async function openPart(file: SnapshotFile, { end: start, header, mode }: Beginning): Promise<Part> {
  const told = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw asTrackerError(error, file.shown);
    });
  const handle = await told(start === 0 ? open(file.path, 'w+', mode) : open(file.path, 'r+'));
  await told(handle.truncate(start));
  let pending = start === 0 ? `${formatLine(header)}\n` : '';
  let written = start;
  let end = start + Buffer.byteLength(pending);

  async function flush(): Promise<void> {
    const bytes = Buffer.from(pending);
    pending = '';
    const at = written;
    written = end;
    await told(writeAll(handle, bytes, at));
  }

  await flush();
  return {
    async append(bug) {
      const line = formatLine(bug);
      const place = { offset: end, length: Buffer.byteLength(line) };
      pending += `${line}\n`;
      end += place.length + 1;
      if (pending.length >= CHUNK) await flush();
      return place;
    },
    flush,
    async read(place) {
      if (place.offset >= written) await flush();
      return await told(bugAt(handle, file.shown, place));
    },
    close: () => told(handle.close()),
  };
}

async function writeAll(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}
