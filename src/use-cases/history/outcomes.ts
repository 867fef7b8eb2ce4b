import type { Config, TrackerEntry } from '../../config/load.js';
import { BugpruneError, TrackerError, type TrackerErrorKind } from '../../errors.js';
import type { RunHeader } from '../../journal/document.js';
import type { BugState, RunState } from '../../journal/fold.js';
import type { Bug } from '../../model/bug.js';
import { withBots } from '../../model/history.js';
import type { Tracker } from '../../trackers/tracker.js';
import type { World } from '../collect.js';
import { openRecorded, recordedEntry } from '../journal-trackers.js';
import { fateOf } from './fate.js';
import { statusOf } from './status.js';
import type { Closing } from './tally.js';

/** What became of what runs closed, and what could not be read. */
export interface Found {
  readonly closings: readonly Closing[];
  readonly failures: readonly BugpruneError[];
}

/** Nobody asked. */
export const NO_CLOSINGS: Found = { closings: [], failures: [] };

/**
 * Reads each bug that a prune closed, as far as no later run closed it again and no undo took it back, and sees what became of it. What
 * cannot be read is unknown.
 */
export async function closingsOf(runs: readonly RunState[], config: Config, world: World): Promise<Found> {
  const closings: Closing[] = [];
  const failures = new Set<BugpruneError>();
  const read = reading(config, world, failures);
  for (const { header, bug } of latestClosings(runs)) {
    const { tracker, ref, plan, outcome } = bug;
    const at = outcome?.at ?? header.startedAt;
    const found = await read(header, bug);
    const fate = found === null ? 'unknown' : fateOf(found, { run: header.run, at });
    if (fate === 'taken-back') continue;
    const policy = ('policy' in plan ? plan.policy : null) ?? '';
    closings.push({ run: header.run, tracker, ref, policy, at, fate: fate === 'unknown' ? null : fate });
  }
  return { closings, failures: [...failures] };
}

interface Closed {
  readonly header: RunHeader;
  readonly bug: BugState;
}

/** The latest closing of each bug, without what was taken back. */
function latestClosings(runs: readonly RunState[]): Iterable<Closed> {
  const latest = new Map<string, Closed>();
  for (const { header, bugs } of runs) {
    for (const bug of bugs) {
      const key = JSON.stringify([bug.tracker, bug.ref, bug.plan.url]);
      const status = statusOf(bug);
      if (status === 'closed') latest.set(key, { header, bug });
      if (status === 'taken-back' && latest.get(key)?.header.run === header.of) latest.delete(key);
    }
  }
  return latest.values();
}

/** A bug that was deleted or moved is unknown, and that is all. */
const GONE: ReadonlySet<TrackerErrorKind> = new Set<TrackerErrorKind>(['not-found', 'gone']);
/** Whoever answers this would answer it for every other bug as well. */
const SILENT: ReadonlySet<TrackerErrorKind> = new Set<TrackerErrorKind>(['auth', 'rate-limit', 'network']);

type Read = (header: RunHeader, bug: BugState) => Promise<Bug | null>;

/** Reads bugs from the trackers that runs recorded, each opened once; one that fails is not asked again. */
function reading(config: Config, world: World, failures: Set<BugpruneError>): Read {
  const open = opening(config, world);
  const silent = new Set<string>();
  const fail = (error: unknown, where: string | null) => {
    if (!(error instanceof BugpruneError) || world.signal.aborted) throw error;
    failures.add(error);
    if (where !== null) silent.add(where);
    return null;
  };
  return async (header, { tracker: name, ref, plan }) => {
    const where = placeOf(header, name);
    if (silent.has(where)) return null;
    const tracker = await open(header, name).catch((error: unknown) => fail(error, where));
    if (!tracker) return null;
    try {
      const bug = await tracker.read(ref, { signal: world.signal, on: (event) => world.on({ ...event, tracker: name }) });
      world.on({ type: 'read', tracker: name, count: 1 });
      // The bug of the same name on another site is another bug.
      if (bug.url !== plan.url) return null;
      return config.isBot ? withBots(bug, config.isBot) : bug;
    } catch (error) {
      if (error instanceof TrackerError && GONE.has(error.kind)) return null;
      return fail(error, error instanceof TrackerError && SILENT.has(error.kind) ? where : null);
    }
  };
}

const placeOf = ({ trackers }: RunHeader, tracker: string): string =>
  JSON.stringify([tracker, trackers.find(({ name }) => name === tracker)?.settings]);

/** Opens each recorded tracker once. None gets the credentials that another one has got already, if that is on another site. */
function opening(config: Config, world: World): (header: RunHeader, name: string) => Promise<Tracker> {
  const opened = new Map<string, Tracker>();
  const entries: TrackerEntry[] = [...config.trackers];
  return async (header, name) => {
    const where = placeOf(header, name);
    const tracker = opened.get(where) ?? (await openRecorded(header, name, { ...config, trackers: entries }, world));
    if (!opened.has(where)) entries.push(recordedEntry(header, name, config));
    opened.set(where, tracker);
    return tracker;
  };
}
