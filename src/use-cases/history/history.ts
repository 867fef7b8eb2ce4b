import type { Config } from '../../config/load.js';
import { BugpruneError } from '../../errors.js';
import type { BugState, RunState } from '../../journal/fold.js';
import type { StateFolder } from '../../journal/journal.js';
import { undoneBy, undosOf } from '../../journal/undone.js';
import type { Report } from '../../report/document.js';
import type { BacklogPoint } from '../../report/format.js';
import type { BacklogSize, History, PastRun } from '../../report/history/document.js';
import type { World } from '../collect.js';
import { NO_RUNS, runsOnTrackers } from './on-trackers.js';
import { closingsOf, NO_CLOSINGS } from './outcomes.js';
import { type Status, statusOf } from './status.js';
import { type Closing, hintsOn, outcomesOf, policiesOf } from './tally.js';

/** What is asked about the past. */
export interface Inquiry {
  /** Names of trackers; empty for all. */
  readonly only: readonly string[];
  /** Whether the trackers are asked what became of the closed bugs. */
  readonly outcomes: boolean;
  /** Whether the configured trackers are searched for runs of which no journal is here. */
  readonly fromTracker: boolean;
}

/** The past, and what could not be read of it. */
export interface Recalled {
  readonly history: History;
  readonly failures: readonly BugpruneError[];
}

/**
 * Past runs and the size of the backlog over time. From the journals alone, unless the inquiry wants more. Throws `usage` for a journal
 * that cannot be trusted, and for the name of a tracker that no run knows.
 */
export async function history(state: StateFolder, inquiry: Inquiry, config: Config, world: World): Promise<Recalled> {
  const journals = await state.runs();
  refuseUnknown(inquiry.only, journals, config);
  const wanted = journals.flatMap((run) => narrowed(run, inquiry.only));
  const asked = inquiry.outcomes ? await closingsOf(wanted, config, world) : NO_CLOSINGS;
  const found = inquiry.fromTracker ? await runsOnTrackers(config, world) : NO_RUNS;
  const known = new Set(journals.map(({ header }) => header.run));
  const failures = [...asked.failures, ...found.failures];
  const closings = [...asked.closings, ...found.closings.filter(({ run }) => !known.has(run))];
  const runs = [
    ...wanted.map((run) => pastRun(run, wanted)),
    // A run whose journal is lost may have been taken back from here.
    ...found.runs.filter(({ run }) => !known.has(run)).map((one) => ({ ...one, undoneBy: undoneBy(journals, one.run) })),
  ].toSorted(byStart);
  return {
    history: {
      version: 1,
      kind: 'history',
      generatedAt: world.now,
      runs: inquiry.outcomes ? runs.map((run) => withOutcomes(run, closings)) : runs,
      backlog: backlogOf(wanted),
      ...(inquiry.outcomes && aboutPolicies(closings)),
      problems: [...failures.map(({ message }) => message), ...found.doubts],
    },
    failures,
  };
}

function withOutcomes(run: PastRun, closings: readonly Closing[]): PastRun {
  if (run.kind === 'undo') return run;
  return { ...run, ...outcomesOf(closings.filter((closing) => closing.run === run.run)) };
}

function aboutPolicies(closings: readonly Closing[]): Pick<History, 'policies' | 'hints'> {
  const policies = policiesOf(closings);
  return { policies, hints: hintsOn(policies) };
}

/** How many bugs were open, each time that a prune looked at all of its trackers; oldest first. */
function backlogOf(runs: readonly RunState[]): BacklogSize[] {
  return runs.flatMap(({ header: { kind, startedAt, trackers } }) => {
    const open = kind === 'prune' ? sizeOf(trackers) : null;
    return open === null ? [] : [{ at: startedAt, open, trackers: trackers.map(({ name }) => name) }];
  });
}

/** The same for the trackers of a report, which adds the last point: sizes of other trackers do not compare. */
export function backlogBefore({ trackers, generatedAt, summary }: Report, runs: readonly RunState[]): BacklogPoint[] {
  const names = trackers.map(({ name }) => name).toSorted();
  const isSame = (size: BacklogSize) => JSON.stringify(size.trackers.toSorted()) === JSON.stringify(names);
  const before = backlogOf(runs).filter((size) => isSame(size) && size.at < generatedAt);
  return [...before, { at: generatedAt, open: summary.open }].map(({ at, open }) => ({ at, open }));
}

function sizeOf(trackers: RunState['header']['trackers']): number | null {
  return trackers.reduce<number | null>((sum, { open }) => (sum === null || open === null ? null : sum + open), 0);
}

function byStart(a: PastRun, b: PastRun): number {
  const [first, second] = a.startedAt === b.startedAt ? [a.run, b.run] : [a.startedAt, b.startedAt];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** What became of one run, in numbers. */
function pastRun({ header, bugs, end }: RunState, runs: readonly RunState[]): PastRun {
  const { run, kind, of, startedAt, trackers } = header;
  const undos = undosOf(runs, run);
  const takenBack = kind === 'undo' ? refsWith('taken-back', bugs) : undos.flatMap((undo) => refsWith('taken-back', undo.bugs));
  const count = (status: Status) => refsWith(status, bugs).length;
  return {
    run,
    kind,
    of,
    source: 'journal',
    startedAt,
    ended: end,
    trackers: trackers.map(({ name }) => name),
    planned: bugs.length,
    closed: count('closed'),
    warned: count('warned'),
    snoozed: count('snoozed'),
    alreadyClosed: count('already-closed'),
    skipped: count('skipped'),
    failed: count('failed'),
    takenBack: new Set(takenBack).size,
    left: count('left'),
    undoneBy: undoneBy(runs, run),
    open: kind === 'prune' ? sizeOf(trackers) : null,
  };
}

function refsWith(status: Status, bugs: readonly BugState[]): string[] {
  return bugs.filter((bug) => statusOf(bug) === status).map(({ tracker, ref }) => JSON.stringify([tracker, ref]));
}

/** A run as far as it was about the named trackers; nothing where it was not. */
function narrowed({ header, bugs, ...rest }: RunState, only: readonly string[]): RunState[] {
  if (only.length === 0) return [{ header, bugs, ...rest }];
  const trackers = header.trackers.filter(({ name }) => only.includes(name));
  const left = bugs.filter(({ tracker }) => only.includes(tracker));
  return trackers.length > 0 ? [{ header: { ...header, trackers }, bugs: left, ...rest }] : [];
}

function refuseUnknown(only: readonly string[], runs: readonly RunState[], config: Config): void {
  const known = new Set([...config.trackers, ...runs.flatMap(({ header }) => header.trackers)].map(({ name }) => name));
  const unknown = only.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new BugpruneError('usage', `No run was made on a tracker named ${unknown.join(', ')}.`, {
    hint: known.size > 0 ? `There are ${[...known].join(', ')}.` : undefined,
  });
}
