import type { Bug } from '../../model/bug.js';
import { type Instant, latest, toInstant } from '../../model/instant.js';
import type { SnapshotHeader } from '../../trackers/file/format.js';
import type { SnapshotFile } from '../../trackers/file/lines.js';
import { type Place, type Placed, readPlaces } from '../../trackers/file/places.js';
import { beginAnew, notOverwriting, type Standing, type Target } from './target.js';

/** A bug that was read before, and where it stands. */
export interface Known extends Pick<Bug, 'updatedAt' | 'createdAt' | 'state'> {
  readonly place: Place;
  /** Its history is whole, as long as the bug does not change. */
  readonly settled: boolean;
}

/** What was read before, by ref. */
export interface Index {
  readonly bugs: ReadonlyMap<string, Known>;
  /** The site that they are on: `https://github.com`; null where there is no bug. */
  readonly site: string | null;
  /** The byte behind the last line. */
  readonly end: number;
}

/** All that was read before. */
export interface Earlier {
  readonly file: Index;
  readonly part: Index;
}

const NOTHING: Index = { bugs: new Map(), site: null, end: 0 };

/** Goes through what stands there. Throws `usage` where it is damaged. */
export async function readEarlier({ file, part }: Target, standing: Standing, signal: AbortSignal): Promise<Earlier> {
  const hint = `Nothing can be taken over from it. To read everything again, delete ${file.shown}.`;
  return {
    file: standing.file ? await notOverwriting(index(file, false, signal), hint) : NOTHING,
    part: standing.part ? await notOverwriting(index(part, true, signal), beginAnew(part)) : NOTHING,
  };
}

async function index(file: SnapshotFile, torn: boolean, signal: AbortSignal): Promise<Index> {
  const bugs = new Map<string, Known>();
  let site: string | null = null;
  let end = 0;
  for await (const batch of readPlaces(file, { torn, signal })) {
    end = batch.end;
    site ??= batch.bugs[0] ? siteOf(batch.bugs[0].bug) : null;
    const sure = before(batch.header.takenAt, CARE);
    for (const placed of batch.bugs) {
      // What was only listed, when somebody stopped it, will be listed again.
      if (placed.bug.history !== 'unread' || !torn) bugs.set(placed.bug.ref, known(placed, sure));
    }
  }
  return { bugs, site, end };
}

/** Times are told in seconds: what changed in the very one in which it was read may have changed again. */
const CARE = 60_000;

function known({ bug, place }: Placed, sure: Instant): Known {
  const { updatedAt, createdAt, state, history } = bug;
  return { updatedAt, createdAt, state, place, settled: history === 'complete' && updatedAt < sure };
}

/** Where a bug is at home; empty where its address does not tell. */
export function siteOf({ url }: Bug): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}

/** Everything has happened since. */
export const EVER: Instant = '1970-01-01T00:00:00Z';
const DAY = 86_400_000;

/**
 * From when on closed bugs are to be listed, where all that were closed before stand in a snapshot already. Clocks differ, and one may
 * have been set by hand: so it is a day before the snapshot was taken, or before the last thing that it knows of.
 */
export function closedSince({ takenAt }: SnapshotHeader, { bugs }: Index): Instant {
  let last: Instant | null = null;
  for (const { updatedAt } of bugs.values()) last = latest(last, updatedAt);
  return before(last !== null && last < takenAt ? last : takenAt, DAY);
}

/** So many milliseconds earlier, but not before {@link EVER}. */
export function before(at: Instant, milliseconds: number): Instant {
  return toInstant(Math.max(0, Date.parse(at) - milliseconds)) ?? EVER;
}
