import type { TrackerError } from '../../errors.js';
import type { Instant } from '../../model/instant.js';
import type { Part } from '../../trackers/file/part.js';
import type { Call, Selection, TrackerReader } from '../../trackers/tracker.js';
import type { World } from '../collect.js';
import type { Draft } from './draft.js';
import { before } from './earlier.js';

/** Where the bugs come from, and where they go. */
export interface Reading {
  readonly tracker: TrackerReader;
  /** The tracker's name. */
  readonly name: string;
  readonly selections: readonly Selection[];
  readonly draft: Draft;
  readonly part: Part;
}

/** What came of it: how many histories were read, and what the tracker said was left out on purpose. */
export interface Read {
  readonly histories: number;
  readonly notes: readonly string[];
}

/** So many histories are asked for at a time, which bounds memory, and what an interruption costs. Adapters divide by it without a rest. */
const BATCH = 100;

/**
 * Lists all bugs, and then reads the histories that are missing. One after the other: lists shift while they are read, so they are to be
 * read quickly. Throws what could not be read; what could be is in the part by then.
 */
export async function readInto({ tracker, name, selections, draft, part }: Reading, world: World): Promise<Read> {
  const notes = new Set<string>();
  const problems: TrackerError[] = [];
  const call: Call = {
    signal: world.signal,
    on(event) {
      if (event.type === 'problem') problems.push(event.error);
      if (event.type === 'note') notes.add(event.message);
      world.on({ ...event, tracker: name });
    },
  };
  const check = () => {
    if (problems[0]) throw problems[0];
    world.signal.throwIfAborted();
  };

  for (const what of selections) for await (const bug of tracker.search(what, call)) await draft.list(bug);
  check();
  const total = draft.counts().missing;
  const tell = (done: number) => world.on({ type: 'histories', tracker: name, done, total });
  if (total > 0) tell(0);
  let histories = 0;
  for await (const bugs of draft.missing(BATCH)) {
    for (const bug of await tracker.loadHistory(bugs, call)) {
      // What is partial because something went wrong may be whole the next time.
      if (bug.history === 'complete' || problems.length === 0) await draft.complete(bug);
    }
    await part.flush();
    check();
    histories += bugs.length;
    tell(histories);
  }
  return { histories, notes: [...notes] };
}

const DAY = 86_400_000;

/**
 * What to list. A bug that is closed or reopened while lists are read could be missing in both: so those that were closed lately
 * are asked for once more, behind the open ones.
 */
export function selectionsFor(all: boolean, since: Instant, now: Instant): Selection[] {
  if (!all) return [{ state: 'open' }];
  return [{ state: 'closed', since }, { state: 'open' }, { state: 'closed', since: before(now, DAY) }];
}
