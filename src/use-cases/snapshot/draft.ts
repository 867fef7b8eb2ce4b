import { BugpruneError } from '../../errors.js';
import type { Bug } from '../../model/bug.js';
import type { Instant } from '../../model/instant.js';
import type { Part } from '../../trackers/file/part.js';
import type { OpenPlaces, Place } from '../../trackers/file/places.js';
import { type Earlier, type Known, siteOf } from './earlier.js';

/** A bug of the snapshot that is being made: where it stands as it was listed, and where with its history. */
interface Entry {
  readonly createdAt: Instant;
  readonly listed: Place;
  readonly history: History | null;
}

interface History {
  readonly of: 'file' | 'part';
  readonly place: Place;
  /** It was read by an earlier run. */
  readonly earlier: boolean;
}

/** Where the bugs are read from: the part that grows, and the older snapshot, if there is one. */
export interface Sources {
  readonly part: Part;
  readonly file: OpenPlaces | null;
}

/** How many bugs there are by now. */
export interface Counts {
  readonly bugs: number;
  /** Those whose histories are taken over from what was read before. */
  readonly unchanged: number;
  /** Those whose histories are missing. */
  readonly missing: number;
  /** Histories that are in the part, for this run or another one to take over. */
  readonly kept: number;
}

/** A snapshot that is being made. It keeps places instead of bugs, some hundred bytes for each. */
export interface Draft {
  /** Takes a bug as it was listed; one that comes again replaces itself. Throws `usage` for a bug of another site than before. */
  list(bug: Bug): Promise<void>;
  counts(): Counts;
  /** The bugs whose histories are missing, so many at a time, as they were listed. */
  missing(most: number): AsyncGenerator<Bug[], void, undefined>;
  /** Takes a bug with its history. */
  complete(bug: Bug): Promise<void>;
  /** All bugs, the oldest first; those of the older snapshot with the given state that were not listed are among them. */
  bugs(left: Bug['state'] | null): AsyncGenerator<Bug, void, undefined>;
}

/** Begins one, with what was read before at hand. */
export function newDraft(earlier: Earlier, { part, file }: Sources): Draft {
  const entries = new Map<string, Entry>();
  const read = ({ of, place }: Pick<History, 'of' | 'place'>) => (of === 'file' && file ? file.read(place) : part.read(place));
  let checked = false;
  let kept = earlier.part.bugs.size;

  /** What was read of a bug before, if nothing has happened to it since. */
  async function before(bug: Bug): Promise<History | null> {
    for (const of of ['part', 'file'] as const) {
      const known = earlier[of].bugs.get(bug.ref);
      if (!known?.settled || known.updatedAt !== bug.updatedAt) continue;
      const history = { of, place: known.place, earlier: true };
      const { id, url } = await read(history);
      if (id === bug.id && url === bug.url) return history;
    }
    return null;
  }

  return {
    async list(bug) {
      if (!checked) refuseOtherSite(bug, earlier);
      checked = true;
      const listed = await part.append(bug);
      const history = bug.history === 'unread' ? await before(bug) : { of: 'part' as const, place: listed, earlier: false };
      entries.set(bug.ref, { createdAt: bug.createdAt, listed, history });
    },
    counts() {
      const histories = [...entries.values()].map(({ history }) => history);
      const unchanged = histories.filter((history) => history?.earlier).length;
      const missing = histories.filter((history) => history === null).length;
      return { bugs: entries.size, unchanged, missing, kept };
    },
    async *missing(most) {
      const places = [...entries.values()].flatMap(({ history, listed }) => (history ? [] : [listed]));
      for (let start = 0; start < places.length; start += most) {
        const batch: Bug[] = [];
        for (const place of places.slice(start, start + most)) batch.push(await part.read(place));
        yield batch;
      }
    },
    async complete(bug) {
      const entry = entries.get(bug.ref);
      const place = await part.append(bug);
      kept++;
      if (entry) entries.set(bug.ref, { ...entry, history: { of: 'part', place, earlier: false } });
    },
    async *bugs(left) {
      const rest = [...earlier.file.bugs].filter(([ref, { state }]) => state === left && !entries.has(ref));
      for (const [, entry] of [...entries, ...rest].sort(byAge)) {
        if (!('listed' in entry)) yield await read({ of: 'file', place: entry.place });
        else if (!entry.history) yield await part.read(entry.listed);
        else yield withHistory(await part.read(entry.listed), await read(entry.history));
      }
    },
  };
}

type Aged = readonly [ref: string, entry: Entry | Known];

/** `#2` before `#10`. */
const byNumber = new Intl.Collator('en', { numeric: true });

function byAge([ref, { createdAt }]: Aged, [other, than]: Aged): number {
  if (createdAt !== than.createdAt) return createdAt < than.createdAt ? -1 : 1;
  return byNumber.compare(ref, other);
}

/**
 * A bug as it was listed just now, with what only comes with a history from when that was read: votes and the states of targets change
 * without the bug counting as changed.
 */
function withHistory(listed: Bug, { comments, linkedWork, obstacle, closing, events, history }: Bug): Bug {
  return {
    ...listed,
    comments,
    linkedWork: linkedNow(listed.linkedWork, linkedWork),
    obstacle: listed.obstacle ?? obstacle,
    closing: listed.closing ?? closing,
    events,
    history,
  };
}

/** Changes that will close a bug are known from its history; other work, where the list tells of it, is known better from there. */
function linkedNow(listed: Bug['linkedWork'], read: Bug['linkedWork']): Bug['linkedWork'] {
  if (listed === null || read === null) return read ?? listed;
  const isListed = (name: string) => listed.some((work) => work.name === name);
  return [...listed, ...read.filter(({ kind, name }) => kind === 'change' && !isListed(name))];
}

/** Names such as `acme/app` and `ERP` may be taken on another site as well. */
function refuseOtherSite(bug: Bug, { file, part }: Earlier): void {
  const site = file.site ?? part.site;
  if (site === null || site === siteOf(bug)) return;
  throw new BugpruneError('usage', `The snapshot that is there is of ${site}, and ${bug.ref} is on ${siteOf(bug)}.`, {
    hint: 'It is not overwritten. Choose another file, or delete that one and its .part first.',
  });
}
