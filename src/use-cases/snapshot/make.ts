import { rm } from 'node:fs/promises';
import { BugpruneError, TrackerError } from '../../errors.js';
import type { Bug } from '../../model/bug.js';
import type { Instant } from '../../model/instant.js';
import type { SnapshotHeader } from '../../trackers/file/format.js';
import { openPart } from '../../trackers/file/part.js';
import { openPlaces } from '../../trackers/file/places.js';
import { modeOf, writeSnapshot } from '../../trackers/file/write.js';
import type { TrackerReader } from '../../trackers/tracker.js';
import type { World } from '../collect.js';
import { newDraft } from './draft.js';
import { type Earlier, EVER } from './earlier.js';
import { readInto, selectionsFor } from './read.js';
import type { Target } from './target.js';

/** A snapshot to be made. */
export interface Plan {
  readonly target: Target;
  readonly header: SnapshotHeader;
  readonly tracker: TrackerReader;
  /** The tracker's name. */
  readonly name: string;
  readonly all: boolean;
  readonly earlier: Earlier;
  /** Closed bugs that have not changed since then are taken over from the older snapshot. */
  readonly since: Instant;
}

/** What a snapshot holds, and what it took. */
export interface Made {
  readonly bugs: number;
  readonly open: number;
  readonly closed: number;
  /** Histories that were read now. */
  readonly histories: number;
  /** Bugs whose histories were read before, and that have not changed since. */
  readonly unchanged: number;
  /** What was left out on purpose. */
  readonly notes: readonly string[];
}

/**
 * Reads what has to be read into the part, and puts the file together from it. When that fails, the part stays if it holds anything
 * worth keeping, and the error says how to go on.
 */
export async function make({ target, header, tracker, name, all, earlier, since }: Plan, world: World): Promise<Made> {
  const part = await openPart(target.part, { end: earlier.part.end, header, mode: await modeOf(target.file.path) });
  const file = earlier.file.bugs.size > 0 ? await openPlaces(target.file) : null;
  const draft = newDraft(earlier, { part, file });
  const close = async () => {
    await part.close();
    await file?.close();
  };
  try {
    const selections = selectionsFor(all, since, world.now);
    const { histories, notes } = await readInto({ tracker, name, selections, draft, part }, world);
    const states = { open: 0, closed: 0 };
    async function* counted(): AsyncGenerator<Bug, void, undefined> {
      for await (const bug of draft.bugs(since === EVER ? null : 'closed')) {
        world.signal.throwIfAborted();
        states[bug.state]++;
        yield { ...bug, tracker: name };
      }
      // Not every system replaces a file that somebody has open.
      await close();
    }
    const bugs = await writeSnapshot(target.file.path, header, counted());
    await rm(target.part.path);
    const { bugs: listed, unchanged } = draft.counts();
    return { bugs, ...states, histories, unchanged: unchanged + bugs - listed, notes };
  } catch (error) {
    await close();
    const isKept = draft.counts().kept > 0;
    if (!isKept) await rm(target.part.path, { force: true });
    throw withWayOn(
      error,
      isKept ? `What was read is kept in ${target.part.shown}: the same command goes on from there.` : '',
      world,
    );
  }
}

function withWayOn(error: unknown, way: string, { signal }: World): unknown {
  const hint = way || undefined;
  if (signal.aborted) return new BugpruneError('interrupted', 'Interrupted.', { hint, cause: error });
  if (!(error instanceof TrackerError)) return error;
  return new TrackerError(error.kind, error.message, {
    hint: [error.hint, way].filter(Boolean).join('\n') || undefined,
    cause: error,
  });
}
