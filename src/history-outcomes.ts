import type { World } from './collect.js';
import type { Config, TrackerEntry } from './config/load.js';
import { BugpruneError, TrackerError, type TrackerErrorKind } from './errors.js';
import { statusOf } from './history-status.js';
import type { RunHeader } from './journal/document.js';
import type { BugState, RunState } from './journal/fold.js';
import { openRecorded, recordedEntry } from './journal-trackers.js';
import type { Bug } from './model/bug.js';
import { chronological, reopenedByPeople, withBots } from './model/history.js';
import type { Tracker } from './trackers/tracker.js';

/** What became of the bugs that a run closed, as far as no later run closed them again. */
export interface Outcomes {
  readonly reopened: number;
  readonly openNow: number;
  readonly unknown: number;
}

/** The outcomes of runs by their ids, and what could not be read. */
export interface AllOutcomes {
  readonly outcomes: ReadonlyMap<string, Outcomes>;
  readonly failures: readonly BugpruneError[];
}

/** Nobody asked. */
export const NO_OUTCOMES: AllOutcomes = { outcomes: new Map(), failures: [] };

/** Reads each bug that a prune closed and no undo took back, and sees whether it stayed closed. What cannot be read is unknown. */
export async function outcomesOf(runs: readonly RunState[], config: Config, world: World): Promise<AllOutcomes> {
  const prunes = runs.filter(({ header }) => header.kind === 'prune');
  const outcomes = new Map(prunes.map(({ header }) => [header.run, { reopened: 0, openNow: 0, unknown: 0 }]));
  const failures = new Set<BugpruneError>();
  const read = reading(config, world, failures);
  for (const { header, bug } of closings(runs)) {
    const outcome = outcomes.get(header.run);
    const found = await read(header, bug);
    if (!outcome) continue;
    const reopened = found === null ? null : isReopened(found, header.run);
    if (reopened === null) outcome.unknown++;
    else if (reopened) outcome.reopened++;
    if (reopened && found?.state === 'open') outcome.openNow++;
  }
  return { outcomes, failures: [...failures] };
}

/**
 * Whether a person reopened a bug after a run had closed it, or it is open again whoever did that. When we took it back ourselves it is
 * not. null: its history cannot tell.
 */
export function isReopened(bug: Bug, run: string): boolean | null {
  const marked = chronological(bug.events).findLast(({ mark }) => mark?.run === run);
  if (marked?.mark?.action === 'undo') return false;
  if (bug.state === 'open') return true;
  if (bug.history !== 'complete') return null;
  return marked !== undefined && reopenedByPeople(bug).some((at) => at >= marked.at);
}

interface Closing {
  readonly header: RunHeader;
  readonly bug: BugState;
}

/** The latest closing of each bug, without what was taken back. */
function closings(runs: readonly RunState[]): Iterable<Closing> {
  const latest = new Map<string, Closing>();
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
