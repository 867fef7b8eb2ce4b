import type { Config, TrackerEntry } from '../../config/load.js';
import type { BugpruneError } from '../../errors.js';
import type { Bug, Mark } from '../../model/bug.js';
import { groupsBy } from '../../model/groups.js';
import { isOurs, withBots } from '../../model/history.js';
import { type Instant, toInstant } from '../../model/instant.js';
import type { PastRun } from '../../report/history/document.js';
import type { Call } from '../../trackers/tracker.js';
import { type Collected, collect, type Examined, openTracker, type World } from '../collect.js';
import { type Fate, fateOf } from './fate.js';
import type { Closing } from './tally.js';

/**
 * Runs that were found on trackers with the closings of theirs that stand, what could not be read, and where trackers do not know the
 * whole past themselves.
 */
export interface FoundRuns {
  readonly runs: readonly PastRun[];
  readonly closings: readonly Closing[];
  readonly failures: readonly BugpruneError[];
  readonly doubts: readonly string[];
}

/** Nobody asked. */
export const NO_RUNS: FoundRuns = { runs: [], closings: [], failures: [], doubts: [] };

const YEAR = 365 * 86_400_000;

/**
 * The prunes of the past 365 days as the marks of our account on the bugs tell of them: for when journals are lost, or lie on another
 * machine. Bugs that were deleted since are missing.
 */
export async function runsOnTrackers(config: Config, world: World): Promise<FoundRuns> {
  const since = toInstant(Date.parse(world.now) - YEAR) ?? world.now;
  const open = (entry: TrackerEntry, call: Call) => openTracker(entry, config.folder, world, call);
  const examine = (bug: Bug) => examined(bug, since, config);
  const selections = [{ state: 'open' }, { state: 'closed', since }] as const;
  const all = await Promise.all(config.trackers.map((entry) => collect(entry, open, world, examine, { selections })));
  const traces = all.flatMap(tracesOf);
  const recent = [...groupsBy(traces, ({ run }) => run)]
    .map(([run, its]) => pastRun(run, its))
    .filter(({ startedAt }) => startedAt >= since);
  const ids = new Set(recent.map(({ run }) => run));
  return {
    runs: recent,
    closings: traces.filter(({ run }) => ids.has(run)).flatMap(closingOf),
    failures: all.flatMap((one) => one.failures),
    doubts: all.flatMap(doubt),
  };
}

/** What a run left on one bug. */
interface Trace {
  readonly tracker: string;
  readonly run: string;
  readonly at: Instant;
  readonly action: Mark['action'];
  /** Our account closed the bug at some time: else a closing comment only says what was to be done. */
  readonly closed: boolean;
  readonly ref: string;
  readonly policy: string;
  /** What became of the closing; null where that cannot be known, undefined where it does not stand, or a later run closed the bug again. */
  readonly fate: Fate | null | undefined;
}

/** The traces on a bug. `unsure`: there may be more of them. */
interface Traces {
  readonly traces: readonly Trace[];
  readonly unsure: boolean;
}

const tracesOf = ({ items }: Collected<Traces>): Trace[] => items.flatMap(({ traces }) => traces);

/** What nothing happened to within the year, and what has no comment, needs no look. */
function examined(read: Bug, since: Instant, { isBot }: Config): Examined<Traces> {
  const bug = isBot ? withBots(read, isBot) : read;
  const mayBeMarked = bug.comments !== 0 && bug.updatedAt >= since;
  const unsure = mayBeMarked && bug.history !== 'complete';
  return { item: { traces: tracesOn(bug), unsure }, needsHistory: mayBeMarked && bug.history === 'unread' };
}

function tracesOn(bug: Bug): Trace[] {
  const marked = new Map(bug.events.filter(isOurs).flatMap(({ mark, at }) => (mark ? [[mark.run, { mark, at }] as const] : [])));
  const closed = bug.events.some(({ kind, actor }) => kind === 'closed' && actor?.self === true);
  const latest = [...marked.values()].findLast(({ mark }) => mark.action === 'close')?.mark.run;
  return [...marked].map(([run, { mark, at }]) => {
    const fate = run === latest && closed ? fateOf(bug, { run, at }) : 'taken-back';
    return {
      tracker: bug.tracker,
      ref: bug.ref,
      run,
      at,
      policy: mark.policy,
      action: mark.action,
      closed,
      fate: fate === 'taken-back' ? undefined : fate === 'unknown' ? null : fate,
    };
  });
}

function closingOf({ run, tracker, ref, policy, at, fate }: Trace): Closing[] {
  return fate === undefined ? [] : [{ run, tracker, ref, policy, at, fate }];
}

/** A mark that says "taken back" no longer says of what: a bug that our account never closed had been warned. */
function pastRun(run: string, traces: readonly Trace[]): PastRun {
  const count = (which: (trace: Trace) => boolean) => traces.filter(which).length;
  const takenBack = count(({ action }) => action === 'undo');
  return {
    run,
    kind: 'prune',
    of: null,
    source: 'tracker',
    startedAt: startOf(run, traces),
    ended: null,
    trackers: [...new Set(traces.map(({ tracker }) => tracker))].sort(),
    planned: traces.length,
    closed: count(({ action, closed }) => (action === 'close' || action === 'undo') && closed),
    warned: count(({ action, closed }) => action === 'warn' || (action === 'undo' && !closed)),
    snoozed: count(({ action }) => action === 'snooze'),
    alreadyClosed: 0,
    skipped: 0,
    failed: count(({ action, closed }) => action === 'close' && !closed),
    takenBack,
    left: 0,
    undoneBy: null,
    open: null,
  };
}

/** A run's id begins with the instant; where it does not, the earliest trace is the best that is known. */
function startOf(run: string, traces: readonly Trace[]): Instant {
  const iso = run.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-.*$/s, '$1-$2-$3T$4:$5:$6Z');
  return (iso === run ? null : toInstant(iso)) ?? traces.map(({ at }) => at).sort()[0] ?? run;
}

function doubt({ entry, items }: Collected<Traces>): string[] {
  const unsure = items.filter((item) => item.unsure).length;
  if (unsure === 0) return [];
  const what = unsure === 1 ? 'the history of one bug' : `the histories of ${unsure} bugs`;
  return [`${entry.name}: ${what} could not be read completely; runs may have left more marks there.`];
}
