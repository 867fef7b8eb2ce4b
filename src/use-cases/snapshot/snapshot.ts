import { createHash } from 'node:crypto';
import type { Config, TrackerEntry } from '../../config/load.js';
import { BugpruneError } from '../../errors.js';
import { asTrackerError } from '../../trackers/file/failure.js';
import { type SnapshotHeader, snapshotHeader } from '../../trackers/file/format.js';
import { withLock } from '../../trackers/file/lock.js';
import { realPathOf } from '../../trackers/file/write.js';
import { callFor, openTracker, type World } from '../collect.js';
import { closedSince, type Earlier, EVER, readEarlier } from './earlier.js';
import { type Made, make } from './make.js';
import { changeSince, refuseOthers, type Standing, standingAt, type Target, targetAt } from './target.js';

/** What a snapshot holds, and what it took. */
export interface Snapshot extends SnapshotHeader, Made {
  readonly scope: 'open' | 'all';
}

/** How a snapshot is to be taken. */
export interface SnapshotOptions {
  /** Closed bugs too. */
  readonly all?: boolean;
  /** What people call the file. */
  readonly shown?: string;
}

const PAUSE = 50;

/**
 * Saves the open bugs of one tracker, or all of them, with their histories to a file. What stands in the file already and has not changed
 * is taken over. Throws when anything could not be read, and leaves the file as it was: half a backlog must not look like a whole one.
 * What was read by then stays in `path.part`, and the same call goes on from there. Throws `usage` for a file that is something
 * else, and `interrupted` when it is stopped.
 */
export async function snapshot(config: Config, path: string, world: World, options: SnapshotOptions = {}): Promise<Snapshot> {
  const { all = false, shown = path } = options;
  const entry = onlyTracker(config);
  const order: Order = { entry, folder: config.folder, target: targetAt({ path, shown }), all };
  const real = await realPathOf(path).catch((error: unknown) => {
    throw asTrackerError(error, shown);
  });
  return await withLock(
    real,
    () => world.sleep(PAUSE, world.signal),
    () => take(order, world),
  );
}

function onlyTracker({ trackers }: Config): TrackerEntry {
  const [entry, ...others] = trackers;
  if (entry && others.length === 0) return entry;
  throw new BugpruneError('usage', `A snapshot is of one tracker; there are ${trackers.map(({ name }) => name).join(', ')}.`, {
    hint: 'Choose one with --tracker NAME.',
  });
}

/** What is to be taken, and where it goes. */
interface Order {
  readonly entry: TrackerEntry;
  readonly folder: string;
  readonly target: Target;
  readonly all: boolean;
}

async function take({ entry, folder, target, all }: Order, world: World): Promise<Snapshot> {
  const standing = await standingAt(target, all);
  const { tracker, as } = await openTracker(entry, folder, world, callFor(entry, world));
  const scope = all ? 'all' : 'open';
  const header = snapshotHeader({
    source: tracker.id,
    takenAt: world.now,
    account: world.clean(as),
    scope,
    settings: digest(entry),
  });
  refuseOthers(target, standing, header);
  const change = standing.file && changeSince(standing.file, header);
  const usable = change === null ? standing : { ...standing, file: null };
  const earlier = await readEarlier(target, usable, world.signal);
  for (const told of beginnings(target, standing, earlier, change)) world.on({ type: 'earlier', ...told });
  const since = usable.file?.scope === 'all' ? closedSince(usable.file, earlier.file) : EVER;
  const made = await make({ target, header, tracker, name: entry.name, all, earlier, since }, world);
  return { ...header, scope, ...made };
}

/** Whoever waits for hours wants to know beforehand what for. */
function beginnings({ file, part }: Target, standing: Standing, earlier: Earlier, change: string | null) {
  const day = standing.file?.takenAt.slice(0, 10);
  const taken = change
    ? `everything is read again, because ${change} since it was taken on ${day}`
    : `${earlier.file.bugs.size} bugs of ${day}; what has not changed since is taken over`;
  return [
    ...(standing.file ? [{ file: file.shown, message: taken }] : []),
    ...(standing.part ? [{ file: part.shown, message: `goes on; ${earlier.part.bugs.size} bugs are read already` }] : []),
  ];
}

/** Of the settings that say what is read and how it is understood: not of how often, or with whose credentials. */
function digest({ settings }: TrackerEntry): string {
  const text = JSON.stringify(settings, (key, value: unknown) => (key === 'token' || key === 'pace' ? undefined : sorted(value)));
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** The same settings give the same text, in whatever order they are written. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
