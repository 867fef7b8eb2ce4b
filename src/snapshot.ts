import { collect, openTracker, type World } from './collect.js';
import type { Config, TrackerEntry } from './config/load.js';
import { BugpruneError } from './errors.js';
import type { Bug } from './model/bug.js';
import { type SnapshotHeader, snapshotHeader } from './trackers/file/format.js';
import { writeSnapshot } from './trackers/file/write.js';
import type { Call } from './trackers/tracker.js';

/** What a snapshot holds. */
export interface Snapshot extends SnapshotHeader {
  readonly bugs: number;
  readonly notes: readonly string[];
}

/**
 * Saves every open bug of one tracker with its whole history to a file. Throws when anything could not be read, and leaves the file
 * as it was: half a backlog must not look like a whole one.
 */
export async function snapshot(config: Config, path: string, world: World): Promise<Snapshot> {
  const [entry, ...others] = config.trackers;
  if (!entry || others.length > 0) {
    const names = config.trackers.map(({ name }) => name).join(', ');
    throw new BugpruneError('usage', `A snapshot is of one tracker; there are ${names}.`, {
      hint: 'Choose one with --tracker NAME.',
    });
  }
  const wholeBug = (bug: Bug) => ({ item: bug, needsHistory: bug.history === 'unread' });
  const open = (one: TrackerEntry, call: Call) => openTracker(one, config.folder, world, call);
  const { items, as, source, failures, notes } = await collect(entry, open, world, wholeBug);
  if (failures[0]) throw failures[0];
  const header = snapshotHeader({ source, takenAt: world.now, account: as });
  return { ...header, bugs: await writeSnapshot(path, header, items), notes };
}
